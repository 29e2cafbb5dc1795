import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const LOADS = /\bload(?:Layers|Graph)Model\s*\(/;

/** Folders of a project in which no saved model is looked for. */
const FOREIGN = /^(?:node_modules|\..*)$/;

const DEEPEST = 4;
const MOST_FILES = 500;

/**
 * Where the sources load a saved TensorFlow.js model: every `model.json` in the folder with the
 * weights it names. What it names counts as weights whatever it is called.
 */
export async function savedModels(
  folder: string,
  sources: readonly string[],
): Promise<readonly string[]> {
  const texts = await Promise.all(sources.map((path) => readFile(path, 'utf8').catch(() => '')));
  if (!texts.some((text) => LOADS.test(text))) return [];
  const files = (await jsonFilesIn(folder, DEEPEST)).slice(0, MOST_FILES);
  return (await Promise.all(files.map(modelAt))).flat();
}

async function jsonFilesIn(folder: string, depth: number): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const found = entries.map(async (entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && depth > 0 && !FOREIGN.test(entry.name))
      return jsonFilesIn(path, depth - 1);
    return entry.isFile() && entry.name.endsWith('.json') ? [path] : [];
  });
  return (await Promise.all(found)).flat();
}

/** The file and its weights; none where it is no model. */
async function modelAt(path: string): Promise<readonly string[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  if (!text.includes('"weightsManifest"')) return [];
  try {
    const { weightsManifest } = JSON.parse(text) as {
      weightsManifest: readonly { readonly paths: readonly string[] }[];
    };
    const weights = weightsManifest.flatMap(({ paths }) => paths);
    return [path, ...weights.map((name) => join(dirname(path), name))];
  } catch {
    return [];
  }
}
