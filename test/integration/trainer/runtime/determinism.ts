import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import type { RuntimeName } from '../../../../src/workers/tfjs/runtime/runtime.ts';
import type { Tf } from '../../../../src/workers/tfjs/tf.ts';
import { randomRun } from './randomRun.ts';
import { runtimeForTests } from './runtimes.ts';

/** Declares the tests that a seed settles everything a runtime draws. */
export function testDeterminism(name: RuntimeName, skip: string | false = false): void {
  describe(`on ${name}, a seed settles every draw and every curve, bit for bit`, { skip }, () => {
    let tf: Tf;
    let first: Record<string, readonly number[]>;

    before(async () => {
      ({ tf } = await runtimeForTests(name));
      first = await randomRun(tf, 5);
    });

    test('twice in one process', async () => {
      Math.random();
      assert.deepEqual(await randomRun(tf, 5), first);
    });

    test('in two processes', async () => {
      const program = fileURLToPath(new URL('randomRun.ts', import.meta.url));
      const { stdout } = await promisify(execFile)(process.execPath, [program, name, '5']);
      assert.deepEqual(
        JSON.parse(stdout.trim().split('\n').at(-1) ?? ''),
        JSON.parse(JSON.stringify(first)),
      );
    });

    test('another seed draws otherwise, everywhere', async () => {
      const second = await randomRun(tf, 6);
      const settled = ['zeros', 'ones', 'identity'];
      for (const [key, numbers] of Object.entries(first)) {
        if (settled.includes(key) || key.endsWith('acc')) continue;
        assert.notDeepEqual(second[key], numbers, key);
      }
    });
  });
}
