import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { cortex, git, root } from '../cli/cortex.ts';

const CONFIG = { data: 'data.ts', epochs: 15, seeds: 1 };

test('several inputs and outputs and a layer of its own: a program with its source predicts', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cortex-several-'));
  try {
    await cp(join(root, 'test', 'projects', 'several'), folder, { recursive: true });
    await writeFile(join(folder, 'cortex.json'), JSON.stringify(CONFIG));
    await git(folder, 'init');
    for (const args of [
      ['train', 'model.ts', '--runtime', 'wasm'],
      ['export', '0', '--to', 'plain', '--runtime', 'wasm'],
      ['export', '0', '--to', 'byte', '--quantize', '8', '--runtime', 'wasm'],
    ]) {
      const { code, stderr } = await cortex(folder, ...args);
      assert.equal(code, 0, stderr);
    }
    const foreign = await cortex(folder, 'export', '0', '--format', 'onnx', '--to', 'no');
    assert.match(foreign.stderr, /layers of its own \(Keep\) cannot be written as onnx/);
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
    for (const name of ['plain', 'byte']) {
      const [ratings, kinds] = predicted(folder, name);
      assert.ok((ratings?.[0]?.[0] ?? 0) > (ratings?.[1]?.[0] ?? 0), name);
      for (const shares of kinds ?? [])
        assert.ok(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1) < 1e-4, name);
      // `down` stands before `up`.
      assert.ok((kinds?.[0]?.[1] ?? 0) > (kinds?.[1]?.[1] ?? 0), name);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

/** What each output says to a row with much of everything, and to one with little. */
function predicted(folder: string, name: string): readonly (readonly (readonly number[])[])[] {
  const text = execFileSync(
    process.execPath,
    [join(root, 'examples', 'load', 'predict_several.mjs'), name, 'model.ts'],
    {
      cwd: folder,
      input: JSON.stringify([
        [1, 1, 0.5, 0.5, 1],
        [-1, -1, 0.5, 0.5, -1],
      ]),
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'ignore'],
    },
  );
  return JSON.parse(text) as readonly (readonly (readonly number[])[])[];
}
