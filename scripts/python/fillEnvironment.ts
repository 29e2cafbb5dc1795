import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pythonIn } from '../../test/python/environment.ts';
import { run } from '../../test/vscode/run.ts';

/** The list of packages; a copy stands in the environment it was made from. */
export const RECIPE = 'requirements.txt';

/** On x64 Linux PyTorch's wheel asks for 2.5 GB of CUDA packages that no test needs. */
const comesWithCuda = process.platform === 'linux' && process.arch === 'x64';

const CANDIDATES = ['python3.12', 'python3.11', 'python3.13', 'python3', 'python'];

const FITS =
  'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))';

/** Makes a virtual environment in `folder` and installs everything from the package registry. */
export async function fillEnvironment(folder: string): Promise<void> {
  const python = await findPython();
  console.log(
    `Installing Keras, JAX, TensorFlow and PyTorch with ${python}, once: about 1.7 GB from ` +
      `PyPI, ${comesWithCuda ? '4.5' : '3'} GB on disk (${folder}) …`,
  );
  await run(python, ['-m', 'venv', folder]);
  const own = pythonIn(folder);
  const pip = ['-m', 'pip', 'install', '--quiet', '--no-cache-dir', '--disable-pip-version-check'];
  await run(own, [...pip, '-r', here(RECIPE)]);
  await installTorch(own, pip);
  await copyFile(here(RECIPE), join(folder, RECIPE));
}

async function installTorch(python: string, pip: readonly string[]): Promise<void> {
  if (!comesWithCuda) {
    await run(python, [...pip, '-r', here('torch.txt')]);
    return;
  }
  await run(python, [...pip, ...NEEDED_BY_TORCH]);
  await run(python, [...pip, '--no-deps', '-r', here('torch.txt')]);
  const where =
    'import importlib.util as u; print(u.find_spec("torch").submodule_search_locations[0])';
  const folder = (await run(python, ['-c', where])).trim();
  await run(python, [here('withoutCuda.py'), folder]);
}

const NEEDED_BY_TORCH = [
  'filelock==3.20.0',
  'fsspec==2025.10.0',
  'jinja2==3.1.6',
  'networkx==3.5',
  'sympy==1.14.0',
  'typing-extensions==4.16.0',
  'nvidia-cuda-runtime-cu12==12.8.90',
];

async function findPython(): Promise<string> {
  for (const candidate of CANDIDATES) {
    const fits = await run(candidate, ['-c', FITS]).then(
      () => true,
      () => false,
    );
    if (fits) return candidate;
  }
  throw new Error(
    'No Python 3.11 to 3.13 with venv was found (Debian, Ubuntu: apt install python3-venv).',
  );
}

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
