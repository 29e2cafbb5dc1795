import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { stripTypes } from '../stripTypes.ts';
import type { transpile, Transpiled } from '../transpile.ts';
import { parsesAsCommonJs } from './parsesAsCommonJs.ts';

/** Turns TypeScript text into JavaScript. */
export type Transpile = typeof transpile;

const KEPT = 200;

/**
 * Turns TypeScript into JavaScript by the two bundles in `assetFolder`, each loaded on first use:
 * types are stripped where that is all there is to do, the compiler does the rest. Equal texts are
 * done once.
 */
export function lazyTranspiler(assetFolder: string): Transpile {
  const known = new Map<string, Transpiled>();
  const strip = lazily(() => load<{ stripTypes: typeof stripTypes }>(assetFolder, 'stripTypes'));
  const compile = lazily(() => load<{ transpile: Transpile }>(assetFolder, 'transpile'));
  return (text, path) => {
    const key = `${path}\0${text}`;
    const before = known.get(key);
    if (before) return before;
    const stripped = strip().stripTypes(text, path);
    const result: Transpiled =
      stripped !== null && parsesAsCommonJs(stripped)
        ? { kind: 'code', code: stripped, map: null, format: 'commonjs' }
        : compile().transpile(text, path);
    if (known.size >= KEPT) known.clear();
    known.set(key, result);
    return result;
  };
}

function lazily<T>(make: () => T): () => T {
  let made: T | null = null;
  return () => (made ??= make());
}

function load<T>(assetFolder: string, name: string): T {
  const bundle = join(assetFolder, `${name}.cjs`);
  return createRequire(bundle)(bundle) as T;
}
