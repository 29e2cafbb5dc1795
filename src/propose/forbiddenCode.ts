import { diffLines } from 'diff';

/** A change that a proposal may not make, and the 1-based line of the changed text it stands in. */
export interface ForbiddenChange {
  readonly message: string;
  readonly line: number;
}

/**
 * Names that reach outside the model: files, processes, the network, code from text. A builder
 * needs none of them.
 */
const NAMES = [
  'require',
  'eval',
  'Function',
  'process',
  'globalThis',
  'global',
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'EventSource',
  'child_process',
  'Worker',
  'SharedWorker',
  'importScripts',
  'WebAssembly',
  'Deno',
  'Bun',
  'module',
  'exports',
  '__dirname',
  '__filename',
  '__proto__',
  'constructor',
  'prototype',
  'Reflect',
  'Proxy',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'Date',
  'performance',
  'crypto',
  'Atomics',
  'SharedArrayBuffer',
  'Temporal',
  'defineProperty',
  'defineProperties',
  'setPrototypeOf',
  'getPrototypeOf',
  '__defineGetter__',
];

const FORBIDDEN: readonly { readonly name: string; readonly pattern: RegExp }[] = [
  ...NAMES.map((name) => ({ name, pattern: new RegExp(`(?<![\\w$])${name}(?![\\w$])`, 'g') })),
  { name: 'the random source', pattern: /\bMath\s*(?:\.\s*random|\[)/g },
  {
    name: 'the runtime’s own files, clock or backend',
    pattern:
      /\btf\s*(?:\[|\.\s*(?:io|data|env|engine|backend|ready|node|setBackend|setPlatform|registerKernel|registerGradient|registerBackend|unregisterKernel|unregisterGradient|util\s*\.\s*now|time|profile)\b)/g,
  },
  {
    name: 'a method of its own for the model',
    pattern:
      /\.\s*(?:fit|fitDataset|fitLoop|predict|predictOnBatch|evaluate|evaluateDataset|trainOnBatch|stopTraining|calculateLosses)\s*=(?!=)/g,
  },
  { name: 'import()', pattern: /\bimport\s*\(/g },
  { name: 'import.meta', pattern: /\bimport\s*\.\s*meta\b/g },
  { name: 'a node: module', pattern: /['"`]node:/g },
  { name: 'an escaped name', pattern: /\\u\{?[0-9a-fA-F]/g },
];

/**
 * The first name that reaches outside the model and was not there as often before; `null` when
 * there is none. It guards against accidents and planted instructions; what holds a hostile builder
 * is the training process it runs in.
 */
export function forbiddenCode(base: string, changed: string): ForbiddenChange | null {
  const [before, after] = [withoutComments(base), withoutComments(changed)];
  for (const { name, pattern } of [...FORBIDDEN, ...dataNames(base)]) {
    if (count(after, pattern) > count(before, pattern)) {
      return {
        message:
          `The change brings in ${name}, which reaches outside the model; a builder may use ` +
          'TensorFlow.js and plain arithmetic only.',
        line: lineOf(base, changed, pattern),
      };
    }
  }
  return null;
}

const DATA_IMPORT =
  /\bimport\s+([^'"();]*?)\s*\bfrom\s*['"]\.{1,2}\/(?:[^'"]*\/)?data(?:\.[cm]?[jt]s)?['"]/g;

/**
 * `loadData`, and whatever the file has from a data module under names of its own: a builder that
 * has the rows knows the answers.
 */
function dataNames(base: string): typeof FORBIDDEN {
  const clauses = [...base.matchAll(DATA_IMPORT)].flatMap(([, clause = '']) =>
    clause.split(/[{},]/),
  );
  const names = clauses.flatMap((part) => /([\w$]+)\s*$/.exec(part)?.[1] ?? []);
  return [...new Set(['loadData', ...names])].map((name) => ({
    name: `${name} of the data module`,
    pattern: new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`, 'g'),
  }));
}

const count = (text: string, pattern: RegExp): number => [...text.matchAll(pattern)].length;

/**
 * Comments on lines of their own, blanked. With template literals in the file nothing is: a
 * comment's signs may then be text around code.
 */
function withoutComments(text: string): string {
  if (text.includes('`')) return text;
  return text
    .replaceAll(/^[\t ]*\/\*[\s\S]*?\*\//gm, blanked)
    .replaceAll(/^[\t ]*\/\/.*$/gm, '')
    .replaceAll(/^([^'"/\n]*)\/\/.*$/gm, '$1');
}

const blanked = (comment: string): string => comment.replaceAll(/[^\n]/g, '');

function lineOf(base: string, changed: string, pattern: RegExp): number {
  let line = 1;
  for (const { added, removed, count: lines, value } of diffLines(base, changed)) {
    const at = added ? value.search(new RegExp(pattern.source)) : -1;
    if (at >= 0) return line + value.slice(0, at).split('\n').length - 1;
    if (!removed) line += lines;
  }
  return 1;
}
