import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The list of packages; a copy stands in the environment it was made from. */
export const RECIPE = 'requirements.txt';

/** Ray and what it needs: added to an environment that is there. */
export const RAY_RECIPE = 'ray.txt';

/**
 * What an environment in `folder` lacks, by the copies of the recipes in it: all of it, also where
 * it was made from another list; Ray alone; or nothing.
 */
export async function lackingIn(folder: string): Promise<'everything' | 'ray' | 'nothing'> {
  if (!existsSync(folder) || (await isOutdated(folder, RECIPE))) return 'everything';
  const ray = await stampIn(folder, RAY_RECIPE);
  return ray === (await recipe(RAY_RECIPE)) ? 'nothing' : 'ray';
}

/** One that was made before there were copies is taken for what it is. */
async function isOutdated(folder: string, name: string): Promise<boolean> {
  const made = await stampIn(folder, name);
  return made !== null && made !== (await recipe(name));
}

const stampIn = (folder: string, name: string): Promise<string | null> =>
  readFile(join(folder, name), 'utf8').catch(() => null);

const recipe = (name: string): Promise<string> => readFile(new URL(name, import.meta.url), 'utf8');
