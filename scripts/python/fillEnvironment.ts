import { copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onnxFolder, pythonIn } from '../../test/python/environment.ts';
import { run } from '../../test/vscode/run.ts';
import { ONNX_RECIPE, RAY_RECIPE, RECIPE } from './lacking.ts';

/** On x64 Linux PyTorch's wheel asks for 2.5 GB of CUDA packages that no test needs. */
const comesWithCuda = process.platform === 'linux' && process.arch === 'x64';

const CANDIDATES = ['python3.12', 'python3.11', 'python3.13', 'python3', 'python'];

const FITS =
  'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))';

/** Makes a virtual environment in `folder` and installs everything from the package registry. */
export async function fillEnvironment(folder: string): Promise<void> {
  const python = await findPython();
  console.log(
    `Installing Keras, JAX, TensorFlow and PyTorch with ${python}, once: about 1.8 GB from ` +
      `PyPI, ${comesWithCuda ? '4.7' : '3.2'} GB on disk (${folder}) …`,
  );
  await run(python, ['-m', 'venv', folder]);
  const own = pythonIn(folder);
  await run(own, [...PIP, '-r', here(RECIPE)]);
  await installTorch(own);
  await copyFile(here(RECIPE), join(folder, RECIPE));
}

/** Adds Ray to an environment that is there, without its Java and its reinforcement learning. */
export async function addRay(folder: string): Promise<void> {
  const python = pythonIn(folder);
  await run(python, [...PIP, '-r', here(RAY_RECIPE)]);
  const installed = await folderOf(python, 'ray');
  for (const part of ['jars', 'rllib'])
    await rm(join(installed, part), { recursive: true, force: true });
  await copyFile(here(RAY_RECIPE), join(folder, RAY_RECIPE));
}

/** Puts ONNX into a folder of its own within an environment that is there. */
export async function addOnnx(folder: string): Promise<void> {
  const own = onnxFolder(folder);
  await rm(own, { recursive: true, force: true });
  const asked = ['--no-deps', '--target', own, '-r', here(ONNX_RECIPE)];
  await run(pythonIn(folder), [...PIP, ...asked]);
  await copyFile(here(ONNX_RECIPE), join(folder, ONNX_RECIPE));
}

const PIP = ['-m', 'pip', 'install', '--quiet', '--no-cache-dir', '--disable-pip-version-check'];

async function installTorch(python: string): Promise<void> {
  if (!comesWithCuda) {
    await run(python, [...PIP, '-r', here('torch.txt')]);
    return;
  }
  await run(python, [...PIP, ...NEEDED_BY_TORCH]);
  await run(python, [...PIP, '--no-deps', '-r', here('torch.txt')]);
  await run(python, [here('withoutCuda.py'), await folderOf(python, 'torch')]);
}

/** Where a package is installed; it is not imported. */
async function folderOf(python: string, name: string): Promise<string> {
  const where =
    'import importlib.util as u; ' + `print(u.find_spec("${name}").submodule_search_locations[0])`;
  return (await run(python, ['-c', where])).trim();
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
