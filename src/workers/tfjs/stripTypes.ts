// Its own bundle, as only TypeScript files pay for it; a tenth of what the compiler takes to load.
import { extname } from 'node:path';
import { transform } from 'sucrase';

/** Where more is to be known than the text of a file: its project's options, or what Node loads. */
const OF_THE_COMPILER = [
  /\bclass\s*(?:[\w$]+\s*)?(?:<[^>{]*>\s*)?(?:extends\b|implements\b|\{)/,
  /\b(?:namespace|module)\s+[\w.$]+\s*\{/,
  /\bawait\b|\bimport\.meta\b/,
  // Named exports of others are found by Node only as the compiler writes them.
  /\bexport\s*(?:type\s*)?(?:\*|\{[^}]*\}\s*from\b)/,
];

/**
 * A TypeScript file as CommonJS, line for line; `null` where the compiler has to be asked: ES
 * modules, JSX, classes (their fields and decorators), namespaces, and what does not parse.
 */
export function stripTypes(text: string, path: string): string | null {
  const isPlain = ['.ts', '.cts'].includes(extname(path).toLowerCase());
  if (!isPlain || OF_THE_COMPILER.some((part) => part.test(text))) return null;
  try {
    return transform(text, {
      transforms: ['typescript', 'imports'],
      disableESTransforms: true,
      filePath: path,
    }).code;
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
}
