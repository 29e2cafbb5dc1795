import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { weighTasks } from '../../../src/loop/autopilot/chooseTask.ts';
import type { StudyFacts } from '../../../src/loop/autopilot/facts.ts';
import type { PastCycle } from '../../../src/loop/autopilot/pastCycle.ts';
import { raiseTasks } from '../../../src/loop/autopilot/triggers.ts';
import { beginCycle, endCycle } from '../../../src/loop/autopilot/stateChanges.ts';
import type { AttemptSummary } from '../../../src/record/attemptSummary.ts';
import { autopilotSchema, TRIGGERS } from '../../../src/record/autopilotSettings.ts';
import { noAutopilot } from '../../../src/record/autopilotState.ts';
import { attempt } from '../operators/architectures.ts';

const DAY = 24 * 3_600_000;
const measured = (change: Partial<AttemptSummary> = {}): AttemptSummary =>
  attempt({
    id: 'best',
    number: 2,
    verdict: 'better',
    dataHash: 'data',
    metric: { mean: 0.3, sd: 0.01, values: [0.3, 0.3] },
    measures: { latencyMs: 3, modelKB: 90 },
    ...change,
  });
const sweep = measured({ id: 'sweep', kind: 'sweep', parents: ['best'], metric: null });
const quiet = Object.fromEntries(TRIGGERS.map((name) => [name, false]));

/** A study in which nothing calls for anything but what goes on by itself. */
function facts(change: Partial<StudyFacts> = {}, own: object = {}): StudyFacts {
  const best = measured();
  return {
    objective: { metric: 'val_loss', direction: 'minimize' },
    settings: autopilotSchema.parse(own),
    state: noAutopilot('digits'),
    cycles: [],
    history: [best, sweep],
    best,
    own: best,
    hunks: 1,
    dataHash: 'data',
    environments: { best: 'wasm', newest: 'wasm' },
    log: null,
    elsewhere: [],
    maxSeeds: 6,
    now: 0,
    ...change,
  };
}

const raised = (change: Partial<StudyFacts>, own: object = {}): readonly string[] =>
  raiseTasks(facts(change, own)).map(({ trigger, kind }) => `${trigger}: ${kind}`);

describe('triggers', () => {
  test('of a study at rest are those that go on by themselves', () => {
    assert.deepEqual(raised({}), ['going-well: training']);
    assert.deepEqual(raised({ history: [measured()] }), [
      'unsearched: architecture',
      'going-well: training',
    ]);
  });

  test('can each be switched off', () => {
    const everything: Partial<StudyFacts> = {
      own: null,
      dataHash: 'other',
      history: [measured()],
      hunks: 3,
      now: 30 * DAY,
    };
    assert.ok(raised(everything).length >= 5);
    assert.deepEqual(raised(everything, { triggers: quiet }), []);
    for (const trigger of ['unmeasured', 'data-changed', 'unablated', 'idle'] as const) {
      const off = raised(everything, { triggers: { [trigger]: false } });
      assert.equal(off.length, raised(everything).length - 1, trigger);
    }
  });

  test('nothing was trained: it is measured', () => {
    assert.deepEqual(raised({ own: null, best: null, history: [] }), ['unmeasured: measure']);
  });

  test('the data changed: the best is measured again before anything else', () => {
    const [first] = weighTasks(facts({ dataHash: 'other' }), Infinity);
    assert.equal(first?.task.trigger, 'data-changed');
    assert.equal(first.task.attempt, 'best');
    assert.equal(first.task.turn, 'first');
    assert.deepEqual(raised({ dataHash: null }), ['going-well: training'], 'nobody can tell');
  });

  test('what trains changed: the best is measured again', () => {
    const environments = { best: 'wasm (tfjs 4.21.0)', newest: 'wasm (tfjs 4.22.0)' };
    assert.ok(raised({ environments }).includes('environment-changed: measure'));
  });

  test('a finding of a log raises training with it, once for the same findings', () => {
    const log = { findings: [{ kind: 'overfitting', text: 'It overfits.' }], key: 'k' } as const;
    const [task] = raiseTasks(facts({ log }));
    assert.deepEqual([task?.trigger, task?.focus], ['log-finding', 'overfitting']);
    const state = endCycle(beginCycle(noAutopilot('digits'), task ?? assert.fail(), '2026'), {
      end: 'done',
      text: '',
      seconds: 1,
      at: '2026',
    });
    assert.deepEqual(raised({ log, state }), ['going-well: training']);
    assert.ok(
      raised({ log: { ...log, key: 'new' }, state }).includes('log-finding: training'),
      'a newly written log',
    );
  });

  test('a target and bounds are of the metric in its direction', () => {
    assert.ok(raised({}, { target: 0.2 }).includes('target-missed: architecture'));
    assert.ok(!raised({}, { target: 0.35 }).includes('target-missed: architecture'));
    assert.ok(raised({}, { between: [0.25, 0.4] }).includes('between-bounds: training'));
    assert.ok(!raised({}, { between: [0.1, 0.2] }).includes('between-bounds: training'));
    const objective = { metric: 'val_accuracy', direction: 'maximize' } as const;
    assert.ok(raised({ objective }, { target: 0.75 }).includes('target-missed: architecture'));
  });

  test('an inconclusive gain gets more seeds, up to twice what a race may take', () => {
    const open = measured({
      id: 'open',
      number: 5,
      verdict: 'inconclusive',
      parents: ['best'],
      sourceHash: 'open',
      effect: { observed: -0.02, predicted: null },
    });
    const withOpen = (change: Partial<AttemptSummary>): readonly string[] =>
      raised({ history: [measured(), sweep, { ...open, ...change }] });
    assert.ok(withOpen({}).includes('inconclusive: more-seeds'));
    assert.ok(
      !withOpen({ effect: { observed: 0.02, predicted: null } })
        .join()
        .includes('inc'),
    );
    assert.ok(
      !withOpen({ parents: ['other'] })
        .join()
        .includes('inc'),
    );
    assert.ok(!withOpen({ dataHash: 'old' }).join().includes('inc'));
    const values = Array.from({ length: 12 }, () => 0.3);
    assert.ok(
      !withOpen({ metric: { mean: 0.3, sd: 0.1, values } })
        .join()
        .includes('inc'),
    );
    const history = [measured(), sweep, open, { ...open, id: 'again', verdict: 'worse' as const }];
    assert.deepEqual(raised({ history }), ['going-well: training'], 'judged since');
  });

  test('a winner of several hunks that nobody ablated is', () => {
    assert.ok(raised({ hunks: 2 }).includes('unablated: ablation'));
    const ablated = measured({ id: 'a', kind: 'ablation', parents: ['best'] });
    assert.ok(
      !raised({ hunks: 2, history: [measured(), sweep, ablated] })
        .join()
        .includes('unablated'),
    );
  });

  test('latency and size over a limit call for a smaller model, once for an attempt', () => {
    assert.deepEqual(raised({}, { latencyMs: 2, modelKB: 50 }), [
      'too-slow: optimisation',
      'too-large: optimisation',
      'going-well: training',
    ]);
    assert.deepEqual(raised({}, { latencyMs: 4, modelKB: 100 }), ['going-well: training']);
    const [task] = raiseTasks(facts({}, { modelKB: 50 }));
    const failed = endCycle(beginCycle(noAutopilot('digits'), task ?? assert.fail(), '2026'), {
      end: 'failed',
      text: 'It cannot be made smaller.',
      seconds: 1,
      at: '2026',
    });
    assert.deepEqual(raised({ state: failed }, { modelKB: 50 }), ['going-well: training']);
  });

  test('a clearly better model elsewhere is learned from', () => {
    const elsewhere = (mean: number) => [
      {
        study: 'other',
        attempt: measured({ id: 'o', metric: { mean, sd: null, values: [mean] } }),
      },
    ];
    assert.ok(raised({ elsewhere: elsewhere(0.2) }).includes('better-elsewhere: transfer'));
    assert.deepEqual(raised({ elsewhere: elsewhere(0.29) }), ['going-well: training']);
  });

  test('a tired study rests until days have gone by', () => {
    const dry: PastCycle = {
      kind: 'training',
      gain: 0,
      failed: false,
      seconds: 1,
      finishedAt: 0,
    };
    const cycles = [dry, dry, dry, dry];
    assert.deepEqual(raised({ cycles }), []);
    assert.deepEqual(raised({ cycles, now: DAY }), ['going-well: training']);
    assert.ok(raised({ cycles, now: 8 * DAY }).includes('idle: training'));
  });
});
