import { glob, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../../test/vscode/run.ts';
import { compiler } from './missingTools.ts';

const packages = ['@tensorflow/tfjs-node@4.22.0', 'node-api-headers@1.9.0'];

/**
 * Its libraries export TensorFlow's whole C interface; arm64 wheels of `tensorflow` are for the
 * processor alone anyway.
 */
const wheel =
  process.arch === 'arm64'
    ? { name: 'tensorflow==2.21.0', platform: 'manylinux_2_27_aarch64' }
    : { name: 'tensorflow-cpu==2.21.0', platform: 'manylinux_2_27_x86_64' };

/**
 * Any one Python: only the libraries are taken out of the wheel, so the machine's own Python need
 * not be this one.
 */
const python = ['--python-version', '3.12', '--implementation', 'cp', '--abi', 'cp312'];

const NODE_API = 8;

/**
 * Fills `folder` with `node_modules/@tensorflow/tfjs-node`, compiled against the TensorFlow of
 * Python's wheel.
 */
export async function buildTfjsNode(folder: string): Promise<void> {
  console.log(
    `Building tfjs-node, once: ${packages.join(', ')} from npm, ${wheel.name} from PyPI ` +
      '(about 300 MB) …',
  );
  await installPackages(folder);
  const target = join(folder, 'node_modules', '@tensorflow', 'tfjs-node');
  await unpackTensorFlow(folder, join(target, 'deps'));
  await compileBinding(target, join(folder, 'node_modules', 'node-api-headers', 'include'));
  await rm(join(target, 'deps', 'include'), { recursive: true });
}

async function installPackages(folder: string): Promise<void> {
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  await run(
    'npm',
    ['install', ...packages, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    { cwd: folder },
  );
}

async function unpackTensorFlow(folder: string, target: string): Promise<void> {
  const downloads = join(folder, 'wheel');
  const pip = [
    '-m',
    'pip',
    'download',
    wheel.name,
    '--no-deps',
    '--only-binary=:all:',
    '--no-cache-dir',
    '--quiet',
  ];
  await run('python3', [...pip, '--dest', downloads, '--platform', wheel.platform, ...python]);
  for await (const file of glob('*.whl', { cwd: downloads })) {
    await run('python3', [
      fileURLToPath(new URL('unpackTensorFlow.py', import.meta.url)),
      join(downloads, file),
      target,
    ]);
  }
  await rm(downloads, { recursive: true });
  await symlink('libtensorflow_cc.so.2', join(target, 'lib', 'libtensorflow.so'));
  await symlink('libtensorflow_framework.so.2', join(target, 'lib', 'libtensorflow_framework.so'));
}

/**
 * What the package's `binding.gyp` says, without node-gyp: the binding uses Node-API alone, so no
 * headers of a certain Node are needed.
 */
async function compileBinding(target: string, nodeApi: string): Promise<void> {
  const output = join('lib', `napi-v${NODE_API}`);
  await mkdir(join(target, output), { recursive: true });
  const flags = ['-std=c++17', '-O2', '-shared', '-fPIC', `-DNAPI_VERSION=${NODE_API}`, '-w'];
  const includes = ['-I..', '-Ideps/include', `-I${nodeApi}`];
  const sources = ['binding/tfjs_backend.cc', 'binding/tfjs_binding.cc'];
  const libraries = [
    '-Ldeps/lib',
    '-ltensorflow',
    '-ltensorflow_framework',
    '-Wl,-rpath,$ORIGIN/../../deps/lib',
  ];
  await run(
    compiler(),
    [...flags, ...includes, ...sources, '-o', join(output, 'tfjs_binding.node'), ...libraries],
    { cwd: target },
  );
}
