import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** A call of `fit`, or a step of a loop of the script's own. */
const TRAINS = /\.fit\s*\(|\.backward\s*\(/;

/** Statements at the left edge that do something: a file that only defines trains nothing. */
const RUNS = /^(?:if __name__|for |while |[\w.]+\()|^\w+(?:, ?\w+)* ?= ?[\w.]*(?:fit|train)\w*\(/m;

/** How far above a model file its script may lie. */
const LEVELS_UP = 2;

/**
 * The script that trains a Python model file: itself where it runs its training, else one that
 * imports it, beside it or above; `null` where there is none.
 */
export async function findScript(modelPath: string): Promise<string | null> {
  const own = await textOf(modelPath);
  if (TRAINS.test(own) && RUNS.test(own)) return modelPath;
  let module = basename(modelPath).replace(/\.py$/, '');
  let folder = dirname(modelPath);
  for (let level = 0; level <= LEVELS_UP; level += 1) {
    const found = await importerIn(folder, { module, modelPath, trains: TRAINS.test(own) });
    if (found !== null) return found;
    module = `${basename(folder)}.${module}`;
    if (dirname(folder) === folder) break;
    folder = dirname(folder);
  }
  return TRAINS.test(own) ? modelPath : null;
}

interface Wanted {
  /** As a script in the folder would import it. */
  readonly module: string;
  readonly modelPath: string;
  /** The model file itself has the training: whoever imports it runs that. */
  readonly trains: boolean;
}

async function importerIn(
  folder: string,
  { module, modelPath, trains }: Wanted,
): Promise<string | null> {
  const dotted = module.replaceAll('.', '\\.');
  const imports = new RegExp(
    `^\\s*(?:from\\s+\\.?${dotted}\\s+import|import\\s+.*\\b${dotted}\\b)`,
    'm',
  );
  const names = await readdir(folder).catch(() => []);
  for (const name of names.sort()) {
    const path = join(folder, name);
    if (!name.endsWith('.py') || path === modelPath) continue;
    const text = await textOf(path);
    if (imports.test(text) && (trains || TRAINS.test(text))) return path;
  }
  return null;
}

const textOf = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');
