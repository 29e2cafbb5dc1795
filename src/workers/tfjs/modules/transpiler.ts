import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { transpile, Transpiled } from '../transpile.ts';

/** Turns TypeScript text into JavaScript. */
export type Transpile = typeof transpile;

const KEPT = 200;

/**
 * The TypeScript compiler from its own bundle in `assetFolder`, loaded on first use; equal texts
 * are transpiled once.
 */
export function lazyTranspiler(assetFolder: string): Transpile {
  const known = new Map<string, Transpiled>();
  let compile: Transpile | null = null;
  return (text, path) => {
    const key = `${path}\0${text}`;
    const before = known.get(key);
    if (before) return before;
    compile ??= loadCompiler(assetFolder);
    const result = compile(text, path);
    if (known.size >= KEPT) known.clear();
    known.set(key, result);
    return result;
  };
}

function loadCompiler(assetFolder: string): Transpile {
  const bundle = join(assetFolder, 'transpile.cjs');
  return (createRequire(bundle)(bundle) as { readonly transpile: Transpile }).transpile;
}
