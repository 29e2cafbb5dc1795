import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { constants, Script } from 'node:vm';

/** What Node wraps around a CommonJS module. */
type Wrapped = (
  ...scope: [
    exports: object,
    require: NodeJS.Require,
    module: { exports: object },
    filename: string,
    dirname: string,
  ]
) => void;

/** Compiles the source of a CommonJS bundle; V8's code cache spares most of it. */
export const compileBundle = (file: string, source: string, cachedData?: Buffer): Script =>
  new Script(`(function (exports, require, module, __filename, __dirname) {${source}\n})`, {
    filename: file,
    // web-tree-sitter imports Node's own modules at run time; without this a script may import
    // nothing.
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    ...(cachedData && { cachedData }),
  });

/** Runs a compiled bundle and returns what it exports. */
export function runBundle(file: string, script: Script): object {
  const module = { exports: {} };
  (script.runInThisContext() as Wrapped)(
    module.exports,
    createRequire(file),
    module,
    file,
    dirname(file),
  );
  return module.exports;
}
