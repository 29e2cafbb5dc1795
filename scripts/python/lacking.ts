import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The list of packages; a copy stands in the environment it was made from. */
export const RECIPE = 'requirements.txt';

/** Ray and what it needs: added to an environment that is there. */
export const RAY_RECIPE = 'ray.txt';

/** ONNX and its runtime: in a folder of their own, for the tests that ask for them. */
export const ONNX_RECIPE = 'onnx.txt';

/** `packages`: all of the environment, with whatever else is in it. */
type Part = 'packages' | 'ray' | 'onnx';

/**
 * What an environment in `folder` lacks, by the copies of the recipes in it; all of it where it was
 * made from another list.
 */
export async function lackingIn(folder: string): Promise<readonly Part[]> {
  if (!existsSync(folder) || (await isOutdated(folder, RECIPE))) return ['packages', 'ray', 'onnx'];
  return [
    ...((await isStamped(folder, RAY_RECIPE)) ? [] : (['ray'] as const)),
    ...((await isStamped(folder, ONNX_RECIPE)) ? [] : (['onnx'] as const)),
  ];
}

/** One that was made before there were copies is taken for what it is. */
async function isOutdated(folder: string, name: string): Promise<boolean> {
  const made = await stampIn(folder, name);
  return made !== null && made !== (await recipe(name));
}

const isStamped = async (folder: string, name: string): Promise<boolean> =>
  (await stampIn(folder, name)) === (await recipe(name));

const stampIn = (folder: string, name: string): Promise<string | null> =>
  readFile(join(folder, name), 'utf8').catch(() => null);

const recipe = (name: string): Promise<string> => readFile(new URL(name, import.meta.url), 'utf8');
