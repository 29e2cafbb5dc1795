import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { CortexError } from '../../../../src/util/errors.ts';
import { loadRuntime } from '../../../../src/workers/tfjs/runtime/loadRuntime.ts';
import { assetFolder } from './runtimes.ts';

const execute = promisify(execFile);
const program = fileURLToPath(new URL('programs/trainQuietly.ts', import.meta.url));
let empty: string;

before(async () => {
  empty = await mkdtemp(join(tmpdir(), 'cortex-runtime-'));
});

after(() => rm(empty, { recursive: true }));

const environmentError =
  (code: string, words: RegExp) =>
  (error: unknown): boolean => {
    assert.ok(error instanceof CortexError);
    assert.deepEqual({ code: error.code, kind: error.kind }, { code, kind: 'environment' });
    assert.match(error.happened, words);
    return true;
  };

describe('a runtime that cannot be had says why', () => {
  test('tfjs-node: every folder that was looked in', async () => {
    const folders = [empty, join(empty, 'nowhere')];
    const words = new RegExp(
      `${empty}: Cannot find module.*; ${join(empty, 'nowhere')}: Cannot find module`,
    );
    await assert.rejects(
      loadRuntime('tfjs-node', { assetFolder, tfjsNodeFolders: folders }),
      environmentError('runtime-tfjs-node-unavailable', words),
    );
    assert.equal(
      Object.hasOwn(globalThis, '_tfengine'),
      false,
      'half a TensorFlow.js was left behind',
    );
  });

  test('wasm: a folder without its files', async () => {
    await assert.rejects(
      loadRuntime('wasm', { assetFolder: empty, tfjsNodeFolders: [] }),
      environmentError('runtime-wasm-unavailable', /ENOENT/),
    );
  });

  test('wasm: damaged files', async () => {
    for (const name of ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'])
      await writeFile(join(empty, name), 'no WebAssembly');
    await assert.rejects(
      loadRuntime('wasm', { assetFolder: empty, tfjsNodeFolders: [] }),
      environmentError('runtime-wasm-unavailable', /refused to start/),
    );
  });
});

describe('the runtimes that Cortex carries', () => {
  for (const name of ['wasm', 'cpu']) {
    test(`${name} trains where it may only read, and prints nothing`, async () => {
      const rights = ['--permission', '--allow-fs-read=*', '--disable-warning=SecurityWarning'];
      const { stdout, stderr } = await execute(process.execPath, [
        ...rights,
        program,
        name,
        assetFolder,
      ]);
      assert.equal(stdout, '');
      assert.equal(stderr, '');
    });
  }

  test('hand a model file what @tensorflow/tfjs exports', async () => {
    const { tf, versions } = await loadRuntime('cpu', { assetFolder, tfjsNodeFolders: [] });
    const used = [
      'layers',
      'losses',
      'initializers',
      'regularizers',
      'constraints',
      'metrics',
      'train',
      'data',
      'callbacks',
      'sequential',
      'model',
      'input',
      'Sequential',
      'LayersModel',
      'tidy',
      'matMul',
      'serialization',
      'variable',
    ];
    assert.deepEqual(
      used.filter((key) => !(key in tf)),
      [],
    );
    assert.deepEqual(versions, { tfjs: '4.22.0' });
  });
});

test('npm run tfjs-node says in one line what is missing, and how to get it', async () => {
  const script = fileURLToPath(new URL('../../../../scripts/tfjsNode.ts', import.meta.url));
  const env = {
    ...process.env,
    CORTEX_CACHE: join(empty, 'cache'),
    CXX: join(empty, 'no-compiler'),
  };
  await assert.rejects(
    execute(process.execPath, [script], { cwd: empty, env }),
    (error: unknown) => {
      const { code, stderr } = error as { code: number; stderr: string };
      assert.equal(code, 1);
      assert.match(
        stderr,
        /^tfjs-node cannot be had here: .*A C\+\+ compiler is missing \(Debian, Ubuntu: apt install g\+\+/m,
      );
      return true;
    },
  );
});
