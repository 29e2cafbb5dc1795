import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const FIT = /\.fit\s*\(/;

/**
 * The script that trains a Python model file: itself where it calls `fit`, else the one beside it
 * that imports it and does; `null` where there is none.
 */
export async function findScript(modelPath: string): Promise<string | null> {
  if (FIT.test(await textOf(modelPath))) return modelPath;
  const folder = dirname(modelPath);
  const module = basename(modelPath).replace(/\.py$/, '');
  const imports = new RegExp(
    `^\\s*(?:from\\s+\\.?${module}\\s+import|import\\s+.*\\b${module}\\b)`,
    'm',
  );
  for (const name of (await readdir(folder)).sort()) {
    const path = join(folder, name);
    if (!name.endsWith('.py') || path === modelPath) continue;
    const text = await textOf(path);
    if (imports.test(text) && FIT.test(text)) return path;
  }
  return null;
}

const textOf = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');
