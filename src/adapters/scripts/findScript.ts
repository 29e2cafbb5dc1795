import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, sep } from 'node:path';
import { languageOf } from '../../model/modelFile.ts';
import { codeOf } from '../../model/notebook.ts';
import { noScript } from './errors.ts';

/** What a training script looks like in a language. */
interface Signs {
  readonly extensions: readonly string[];
  /** A call of `fit`, or a step of a loop of the script's own. */
  readonly trains: RegExp;
  /** Statements at the left edge that do something: a file that only defines trains nothing. */
  readonly runs: RegExp;
  /** An import, in a file of this folder, of the module at this path. */
  readonly importOf: (modelPath: string, folder: string) => RegExp;
}

const PYTHON: Signs = {
  extensions: ['.py', '.ipynb'],
  trains: /\.fit\s*\(|\.backward\s*\(/,
  runs: /^(?:if __name__|for |while |[\w.]+\()|^\w+(?:, ?\w+)* ?= ?[\w.]*(?:fit|train)\w*\(/m,
  importOf: (modelPath, folder) => {
    const parts = relative(folder, modelPath)
      .replace(/\.(?:py|ipynb)$/, '')
      .split(sep);
    const dotted = parts.join('\\.');
    return new RegExp(`^\\s*(?:from\\s+\\.?${dotted}\\s+import|import\\s+.*\\b${dotted}\\b)`, 'm');
  },
};

const JAVASCRIPT: Signs = {
  extensions: ['.js', '.mjs', '.cjs', '.ts', '.mts', '.cts'],
  trains: /\.fit(?:Dataset)?\s*\(/,
  runs: /^(?:await |void |if \(|\(?\(?async |[\w.]+\()/m,
  importOf: (modelPath, folder) => {
    const { length } = extname(modelPath);
    const path = relative(folder, modelPath).slice(0, -length).split(sep).join('/');
    const escaped = path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return new RegExp(`(?:from|require\\(|import)\\s*['"]\\./${escaped}(?:\\.[cm]?[jt]s)?['"]`);
  },
};

/** How far above a model file its script may lie. */
const LEVELS_UP = 2;

/**
 * The script that trains a model file: itself where it runs its training, else one that imports it,
 * beside it or above; `null` where there is none.
 */
export async function findScript(modelPath: string): Promise<string | null> {
  const signs = languageOf(modelPath) === 'python' ? PYTHON : JAVASCRIPT;
  const own = await textOf(modelPath);
  const trains = signs.trains.test(own);
  if (trains && signs.runs.test(own)) return modelPath;
  for (const folder of foldersAbove(modelPath)) {
    const found = await importerIn(folder, { signs, modelPath, trains });
    if (found !== null) return found;
  }
  return trains ? modelPath : null;
}

/** The same; throws where there is none. */
export async function requireScript(modelPath: string): Promise<string> {
  const script = await findScript(modelPath);
  if (script === null) throw noScript(modelPath);
  return script;
}

/** The file's own folder, and those it may be imported from. */
function foldersAbove(modelPath: string): readonly string[] {
  const folders = [dirname(modelPath)];
  for (let level = 0; level < LEVELS_UP; level += 1) folders.push(dirname(folders.at(-1) ?? ''));
  return [...new Set(folders)];
}

interface Wanted {
  readonly signs: Signs;
  readonly modelPath: string;
  /** The model file itself has the training: whoever imports it runs that. */
  readonly trains: boolean;
}

async function importerIn(
  folder: string,
  { signs, modelPath, trains }: Wanted,
): Promise<string | null> {
  const imports = signs.importOf(modelPath, folder);
  const names = await readdir(folder).catch(() => []);
  for (const name of names.sort()) {
    const path = join(folder, name);
    if (!signs.extensions.includes(extname(basename(path))) || path === modelPath) continue;
    const text = await textOf(path);
    if (imports.test(text) && (trains || signs.trains.test(text))) return path;
  }
  return null;
}

/** A notebook's code; nothing where it cannot be read. */
const textOf = (path: string): Promise<string> =>
  readFile(path, 'utf8').then(
    (text) => codeOf(path, text),
    () => '',
  );
