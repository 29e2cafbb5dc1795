/**
 * `npm run python`: a virtual environment with Keras (JAX, TensorFlow) and PyTorch in the cache
 * folder, for the tests of the Python workers. Exit code 1 with one line where it cannot be had.
 */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { installOnce } from '../test/vscode/installOnce.ts';
import { run } from '../test/vscode/run.ts';
import { fillEnvironment, RECIPE } from './python/fillEnvironment.ts';
import { pythonFolder, pythonIn } from '../test/python/environment.ts';

const NAMES =
  "import sys, importlib.metadata as m; print('Python ' + sys.version.split()[0] + ''.join(" +
  "f', {name} {m.version(name)}' for name in ['keras', 'jax', 'tensorflow-cpu', 'torch'])); " +
  'import torch, jax';

try {
  await setUp(pythonFolder());
  console.log(`Python for the tests: ${await versions(pythonFolder())}.`);
} catch (error) {
  console.error(
    'Keras and PyTorch cannot be had here: ' +
      (error instanceof Error ? error.message : String(error)),
  );
  process.exitCode = 1;
}

async function setUp(folder: string): Promise<void> {
  const made = await readFile(join(folder, RECIPE), 'utf8').catch(() => null);
  if (
    made !== null &&
    made !== (await readFile(new URL(`python/${RECIPE}`, import.meta.url), 'utf8'))
  )
    await rm(folder, { recursive: true });
  await installOnce(folder, fillEnvironment);
}

async function versions(folder: string): Promise<string> {
  return (await run(pythonIn(folder), ['-B', '-c', NAMES])).trim();
}
