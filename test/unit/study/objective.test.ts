import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { charged, objectiveOf, objectivesOf, SIMPLER } from '../../../src/record/objectives.ts';
import { studyConfigSchema } from '../../../src/record/studyConfig.ts';
import type { Trial } from '../../../src/record/trial.ts';
import { brokenLimits, compare, shareGained } from '../../../src/study/objective.ts';

const loss = { metric: 'val_loss', direction: 'minimize' } as const;
const accuracy = { metric: 'val_accuracy', direction: 'maximize' } as const;
const small = { metric: 'parameters', direction: 'minimize', limit: 100 } as const;

/** `<`: the first is better. */
const sign = (value: number): string => (value < 0 ? '<' : value > 0 ? '>' : '=');

describe('two attempts are compared by what the study asks', () => {
  test('in the direction of the first objective', () => {
    const [low, high] = [
      { val_loss: 0.1, val_accuracy: 0.1 },
      { val_loss: 0.2, val_accuracy: 0.2 },
    ];
    assert.equal(sign(compare(low, high, [loss])), '<');
    assert.equal(sign(compare(low, high, [accuracy])), '>');
    assert.equal(sign(compare(low, low, [loss, accuracy])), '=');
  });

  test('by the next one where the first is equal, beyond its tolerance', () => {
    const of = (parameters: number) => ({ val_loss: 0.1, parameters });
    assert.equal(sign(compare(of(79), of(100), [loss, SIMPLER])), '<');
    assert.equal(sign(compare(of(81), of(100), [loss, SIMPLER])), '=');
    assert.equal(sign(compare({ ...of(9), val_loss: 0.2 }, of(100), [loss, SIMPLER])), '>');
  });

  test('what keeps its limits comes first, then what breaks them by less', () => {
    const of = (val_loss: number, parameters: number) => ({ val_loss, parameters });
    assert.equal(sign(compare(of(0.9, 100), of(0.1, 101), [loss, small])), '<');
    assert.equal(sign(compare(of(0.9, 150), of(0.1, 200), [loss, small])), '<');
    assert.equal(sign(compare(of(0.9, 50), of(0.1, 100), [loss, small])), '>');
    assert.deepEqual(brokenLimits(of(0, 101), [loss, small]), [small]);
  });

  test('a lower limit is kept from above', () => {
    const precise = { ...accuracy, limit: 0.9 };
    assert.deepEqual(brokenLimits({ val_accuracy: 0.9 }, [loss, precise]), []);
    assert.deepEqual(brokenLimits({ val_accuracy: 0.89 }, [loss, precise]), [precise]);
  });

  test('what was not measured stands behind what was', () => {
    assert.equal(sign(compare({}, { val_loss: 9 }, [loss])), '>');
    assert.equal(sign(compare({}, {}, [loss])), '=');
    assert.equal(shareGained({}, { parameters: 1 }, SIMPLER), 0);
  });
});

test('one objective, alone or as a list of one, has fewer parameters behind it; a list is all of it', () => {
  assert.deepEqual(objectivesOf({ objective: loss }), [loss, SIMPLER]);
  assert.deepEqual(objectivesOf({ objective: [loss] }), [loss, SIMPLER]);
  assert.deepEqual(objectivesOf({ objective: [loss, small] }), [loss, small]);
  assert.deepEqual(objectiveOf({ objective: [accuracy, small] }), accuracy);
});

describe('a metric that is charged for what a model takes', () => {
  const objective = { metric: 'val_accuracy', direction: 'maximize', minus: { modelKB: 0.01 } };
  const config = studyConfigSchema.parse({ objective });
  const trial = (measures: Readonly<Record<string, number>>): Trial => ({
    outcome: 'completed',
    seed: 1,
    curves: {},
    epochs: 1,
    seconds: { fit: 1, total: 1 },
    measures,
  });
  const measuresOf = (each: Trial): unknown => each.outcome === 'completed' && each.measures;

  test('its trials have it beside the metric, on the sealed part, too', () => {
    const { metric } = objectiveOf(config);
    assert.equal(metric, 'val_accuracy-0.01*modelKB');
    const measures = { val_accuracy: 0.9, test_accuracy: 0.8, modelKB: 5 };
    assert.deepEqual(measuresOf(charged(trial(measures), config)), {
      ...measures,
      [metric]: 0.9 - 0.05,
      'test_accuracy-0.01*modelKB': 0.8 - 0.05,
    });
  });

  test('what was not measured charges nothing and is ranked last', () => {
    const measures = { val_accuracy: 0.9 };
    assert.deepEqual(measuresOf(charged(trial(measures), config)), measures);
  });

  test('a loss grows by it', () => {
    const loss = { metric: 'val_loss', direction: 'minimize', minus: { latencyMs: 0.5 } };
    const own = studyConfigSchema.parse({ objective: loss });
    const told = measuresOf(charged(trial({ val_loss: 1, latencyMs: 2 }), own));
    assert.deepEqual(told, { val_loss: 1, latencyMs: 2, 'val_loss+0.5*latencyMs': 2 });
  });
});
