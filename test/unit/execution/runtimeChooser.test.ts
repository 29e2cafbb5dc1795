import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { RuntimeChooser, type ProbeResult } from '../../../src/execution/runtimeChoice.ts';
import { RUNTIMES } from '../../../src/execution/runtimes.ts';
import { projectStudy } from '../../integration/trainer/harness.ts';

const study = projectStudy('blobs');

/** What is chosen where a step takes so many seconds on each runtime. */
async function chosen(
  seconds: Readonly<Record<string, number>>,
  lastRuntime?: string,
): Promise<string> {
  const probe = (runtime: string): Promise<ProbeResult> => {
    const own = seconds[runtime];
    return Promise.resolve(
      own === undefined ? { kind: 'unavailable' } : { kind: 'seconds', seconds: own },
    );
  };
  const own = { ...study, ...(lastRuntime !== undefined && { lastRuntime }) };
  return (await new RuntimeChooser('auto', RUNTIMES).choose(own, probe)).runtime;
}

describe('the runtime of a study that has attempts', () => {
  const close = { wasm: 0.014, 'tfjs-node': 0.01 };

  test('the fastest, where none trained before', async () => {
    assert.equal(await chosen(close), 'tfjs-node');
  });

  test('the one of before, where it is not much slower', async () => {
    assert.equal(await chosen(close, 'wasm'), 'wasm');
    assert.equal(await chosen(close, 'tfjs-node'), 'tfjs-node');
  });

  test('the fastest, where the one of before takes more than twice as long', async () => {
    assert.equal(await chosen({ ...close, wasm: 0.021 }, 'wasm'), 'tfjs-node');
  });

  test('another, where the one of before is not to be had here', async () => {
    assert.equal(await chosen({ wasm: 0.03 }, 'tfjs-node'), 'wasm');
    assert.equal(await chosen(close, 'keras'), 'tfjs-node');
  });
});
