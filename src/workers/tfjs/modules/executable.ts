import { extname } from 'node:path';
import { VariantFault } from '../variantFault.ts';
import type { Transpiled } from '../transpile.ts';
import { parsesAsCommonJs } from './parsesAsCommonJs.ts';
import type { Transpile } from './transpiler.ts';

/**
 * JavaScript ready for Node's loader; `map` leads back to the lines of the original, `null` where
 * they are the same.
 */
interface Executable {
  readonly source: string;
  readonly format: 'commonjs' | 'module';
  readonly map: string | null;
}

const COMPILED = new Set(['.ts', '.tsx', '.mts', '.cts', '.jsx']);

/**
 * Makes a user's file executable, whatever `package.json` says or does not say. Throws a `syntax`
 * fault with its line.
 */
export function toExecutable(path: string, text: string, transpile: Transpile): Executable {
  const extension = extname(path).toLowerCase();
  if (!COMPILED.has(extension) && !hasMarkup(text))
    return { source: text, format: formatOfJavaScript(extension, text), map: null };
  const result = requireSyntax(path, text, transpile);
  return { source: result.code, format: result.format, map: result.map };
}

/** JSX, which a bundler compiles in a file that is called `.js`, too. */
const hasMarkup = (text: string): boolean =>
  /<\/[\w.$]*>|\/>/.test(text) && !parsesAsCommonJs(text);

/** The compiled text; throws a `syntax` fault with its line where it does not parse. */
export function requireSyntax(
  path: string,
  text: string,
  transpile: Transpile,
): Extract<Transpiled, { kind: 'code' }> {
  const result = transpile(text, path);
  if (result.kind === 'syntax-error')
    throw new VariantFault('syntax', `Syntax error: ${result.message}`, {
      line: result.line,
      path,
    });
  return result;
}

function formatOfJavaScript(extension: string, text: string): Executable['format'] {
  if (extension === '.mjs') return 'module';
  return extension === '.cjs' || parsesAsCommonJs(text) ? 'commonjs' : 'module';
}
