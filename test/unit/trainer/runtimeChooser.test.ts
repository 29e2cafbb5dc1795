import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Study } from '../../../src/study/study.ts';
import { studyConfigSchema } from '../../../src/record/studyConfig.ts';
import { RuntimeChooser, type ProbeResult } from '../../../src/execution/runtimeChoice.ts';
import { RUNTIMES } from '../../../src/execution/runtimes.ts';

const study: Study = {
  name: 's',
  modelPath: '/s/model.ts',
  folder: '/s',
  logPath: null,
  config: studyConfigSchema.parse({}),
};
const seconds = (value: number): ProbeResult => ({ kind: 'seconds', seconds: value });

/** Answers from a table and remembers what was asked. */
function prober(table: Readonly<Record<string, ProbeResult>>): {
  asked: string[];
  probe: (runtime: string) => Promise<ProbeResult>;
} {
  const asked: string[] = [];
  return {
    asked,
    probe: async (runtime) => (asked.push(runtime), table[runtime] ?? { kind: 'unavailable' }),
  };
}

test('the faster one, asked once a study', async () => {
  const chooser = new RuntimeChooser('auto', RUNTIMES);
  const { asked, probe } = prober({ wasm: seconds(0.02), 'tfjs-node': seconds(0.01) });
  assert.equal(chooser.known(study), null);
  assert.deepEqual(await chooser.choose(study, probe), {
    runtime: 'tfjs-node',
    probe: { wasm: 0.02, 'tfjs-node': 0.01 },
  });
  assert.equal((await chooser.choose(study, probe)).runtime, 'tfjs-node');
  assert.deepEqual(asked, ['wasm', 'tfjs-node']);
  assert.equal(
    (await chooser.choose({ ...study, name: 'other' }, prober({ wasm: seconds(1) }).probe)).runtime,
    'wasm',
  );
});

test('one that fails loses to one that trains; the cpu is asked last', async () => {
  assert.equal(
    (
      await new RuntimeChooser('auto', RUNTIMES).choose(
        study,
        prober({ wasm: { kind: 'failed' }, 'tfjs-node': seconds(1) }).probe,
      )
    ).runtime,
    'tfjs-node',
  );
  const last = prober({ wasm: { kind: 'failed' }, cpu: seconds(1) });
  assert.equal(
    (await new RuntimeChooser('auto', RUNTIMES).choose(study, last.probe)).runtime,
    'cpu',
  );
  assert.deepEqual(last.asked, ['wasm', 'tfjs-node', 'cpu']);
});

test('a variant that trains nowhere decides nothing', async () => {
  const chooser = new RuntimeChooser('auto', RUNTIMES);
  const failed: ProbeResult = { kind: 'failed' };
  assert.deepEqual(
    await chooser.choose(study, prober({ wasm: failed, 'tfjs-node': failed, cpu: failed }).probe),
    { runtime: 'wasm', probe: {} },
  );
  assert.equal(chooser.known(study), null);
});

test('a runtime that is set is not probed', async () => {
  const { asked, probe } = prober({});
  assert.deepEqual(await new RuntimeChooser('cpu', RUNTIMES).choose(study, probe), {
    runtime: 'cpu',
    probe: {},
  });
  assert.deepEqual(asked, []);
});
