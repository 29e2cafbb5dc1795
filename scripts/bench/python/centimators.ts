/** `centimators` itself, from the package registry, in an environment of the cache folder. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { cacheFolder } from '../../../src/adapters/files/cacheFolder.ts';
import { testPython } from '../../../test/integration/python/pythonStudies.ts';
import { pythonFolder, pythonIn } from '../../../test/python/environment.ts';
import { installOnce } from '../../../test/vscode/installOnce.ts';
import { run } from '../../../test/vscode/run.ts';

const PACKAGES = ['centimators==0.3.4', 'dspy==3.4.1'];
const SCRIPT = join(import.meta.dirname, 'kerasCortex.py');

const ranSchema = z.object({ seconds: z.number(), r2: z.array(z.number()).min(2) });

/** What its own loop took and reached: R² of the start, then of each round. */
export type KerasCortexRun = z.infer<typeof ranSchema>;

/** Runs its tutorial; the reason where it cannot be had or does not run. */
export async function runKerasCortex(): Promise<KerasCortexRun | string> {
  const folder = join(cacheFolder(), 'centimators');
  try {
    await installOnce(folder, install);
    const printed = await run(pythonIn(folder), ['-B', SCRIPT]);
    const answer = printed.split('\n').find((line) => line.startsWith('{"seconds"'));
    return ranSchema.parse(JSON.parse(answer ?? printed.slice(-400)));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Beside the packages of the tests, which its own environment sees: the same Keras and JAX. */
async function install(folder: string): Promise<void> {
  await run(testPython(), ['-m', 'venv', folder]);
  const [own, tests] = await Promise.all([sitePackages(folder), sitePackages(pythonFolder())]);
  await mkdir(own, { recursive: true });
  await writeFile(join(own, 'tests.pth'), `${tests}\n`);
  await run(pythonIn(folder), ['-m', 'pip', 'install', '--quiet', '--no-cache-dir', ...PACKAGES]);
}

async function sitePackages(folder: string): Promise<string> {
  const lib = join(folder, 'lib');
  const names = await readdir(lib);
  return join(lib, names.find((name) => name.startsWith('python')) ?? '', 'site-packages');
}
