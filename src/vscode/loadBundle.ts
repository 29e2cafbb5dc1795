import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { setImmediate as nextTask, setTimeout as wait } from 'node:timers/promises';
import { constants, Script } from 'node:vm';

/** What Node wraps around a CommonJS module. */
type Wrapped = (...scope: [exports: object, require: NodeJS.Require, module: { exports: object }, filename: string, dirname: string]) => void;

/**
 * Loads a CommonJS bundle in steps that each leave the extension host free: read, compile and run are tasks of their own, and
 * V8's code cache, kept in `cacheFolder`, spares later windows most of both. A cache that cannot be used only costs its time.
 */
export async function loadBundle<Exports extends object>(file: string, cacheFolder: string): Promise<Exports> {
  const { mtimeMs, size } = await stat(file);
  const cacheFile = join(cacheFolder, `${basename(file)}-${size}-${Math.round(mtimeMs)}-${process.versions.v8}`);
  const [source, cachedData] = await Promise.all([readFile(file, 'utf8'), readFile(cacheFile).catch(() => undefined)]);
  await nextTask();
  const script = new Script(`(function (exports, require, module, __filename, __dirname) {${source}\n})`, {
    filename: file,
    // web-tree-sitter imports Node's own modules at run time; without this a script may import nothing.
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    ...(cachedData && { cachedData }),
  });
  await nextTask();
  const module = { exports: {} };
  (script.runInThisContext() as Wrapped)(module.exports, createRequire(file), module, file, dirname(file));
  if (!cachedData || script.cachedDataRejected) void keepCache(script, cacheFile);
  return module.exports as Exports;
}

/** Later, when the functions that are used have been compiled and nobody waits. A cache is a convenience: failing to write it is no failure. */
async function keepCache(script: Script, cacheFile: string): Promise<void> {
  await wait(10_000, undefined, { ref: false });
  const data = script.createCachedData();
  await mkdir(dirname(cacheFile), { recursive: true }).then(() => writeFile(cacheFile, data)).catch(() => undefined);
}
