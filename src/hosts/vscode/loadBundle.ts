import { once } from 'node:events';
import { readFile, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setImmediate as nextTask } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { compileBundle, runBundle } from './bundleScript.ts';

/**
 * Loads a CommonJS bundle in steps that each leave the extension host free: read, compile and run
 * are tasks of their own, and V8's code cache, kept in `cacheFolder`, spares most of both. The
 * first load has a thread make it. A cache that cannot be made or used only costs its time.
 */
export async function loadBundle<Exports extends object>(
  file: string,
  cacheFolder: string,
): Promise<Exports> {
  const { mtimeMs, size } = await stat(file);
  const cacheFile = join(
    cacheFolder,
    `${basename(file)}-${size}-${Math.round(mtimeMs)}-${process.versions.v8}`,
  );
  const source = await readFile(file, 'utf8');
  const cachedData =
    (await cached(cacheFile)) ?? (await makeCache(file, cacheFile).then(() => cached(cacheFile)));
  await nextTask();
  const script = compileBundle(file, source, cachedData);
  if (script.cachedDataRejected) await rm(cacheFile, { force: true });
  await nextTask();
  return runBundle(file, script) as Exports;
}

const cached = (file: string): Promise<Buffer | undefined> => readFile(file).catch(() => undefined);

/** Resolves when the thread has ended, whatever came of it. */
async function makeCache(file: string, cacheFile: string): Promise<void> {
  const thread = new Worker(join(dirname(file), 'bundleCache.cjs'), {
    workerData: { file, cacheFile },
    stdout: true,
    stderr: true,
  });
  await once(thread, 'exit').catch(() => undefined);
}
