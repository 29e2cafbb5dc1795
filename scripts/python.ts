/**
 * `npm run python`: a virtual environment with Keras (JAX, TensorFlow), PyTorch, Ray and ONNX
 * in the cache folder, for the tests of the Python workers, of exports and of clusters. Exit code 1
 * with one line where it cannot be had.
 */
import { rm } from 'node:fs/promises';
import { installOnce } from '../test/vscode/installOnce.ts';
import { run } from '../test/vscode/run.ts';
import { addOnnx, addRay, fillEnvironment } from './python/fillEnvironment.ts';
import { lackingIn } from './python/lacking.ts';
import { pythonFolder, pythonIn } from '../test/python/environment.ts';

const NAMES =
  "import sys, importlib.metadata as m; print('Python ' + sys.version.split()[0] + ''.join(" +
  "f', {name} {m.version(name)}' for name in " +
  "['keras', 'jax', 'tensorflow-cpu', 'torch', 'ray'])); " +
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
  const lacking = await lackingIn(folder);
  if (lacking.includes('packages')) await rm(folder, { recursive: true, force: true });
  await installOnce(folder, fillEnvironment);
  if (lacking.includes('ray')) await addRay(folder);
  if (lacking.includes('onnx')) await addOnnx(folder);
}

async function versions(folder: string): Promise<string> {
  return (await run(pythonIn(folder), ['-B', '-c', NAMES])).trim();
}
