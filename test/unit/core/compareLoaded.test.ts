import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { requireSame } from '../../../src/loop/export/compareLoaded.ts';
import type { TrainedModel } from '../../../src/model/trainedModel.ts';
import type { Predictions } from '../../../src/ports/trainer.ts';

const model: TrainedModel = {
  facts: {
    framework: 'tfjs',
    versions: {},
    topology: '{}',
    seed: 1,
    task: 'classification',
    inputShape: [2],
    outputUnits: 2,
    reading: 'probabilities',
    preparation: { inputs: null, targets: null, classes: [] },
  },
  weights: [
    { name: 'a/kernel', shape: [2, 2], dtype: 'float32', values: Float32Array.of(1, 0.3, -0.2, 5) },
  ],
};
const objective = { metric: 'val_accuracy', direction: 'maximize' } as const;
const answered = (accuracy: number, ...outputs: readonly number[]): Predictions => ({
  measures: { val_accuracy: accuracy },
  outputs: Float32Array.from(outputs),
  files: [],
});

describe('an export, loaded again', () => {
  test('with the same answers it is the same; the greatest difference is told', () => {
    const terms = { model, objective, choice: { format: 'keras', quantize: null } } as const;
    const [before, after] = [answered(0.9, 0.2, 0.8), answered(0.9, 0.20001, 0.79999)];
    const { rows, difference } = requireSame(before, after, terms);
    assert.equal(rows, 1);
    assert.ok(difference > 0 && difference < 2e-5, String(difference));
  });

  test('with answers that its weights do not explain it is refused, with the number', () => {
    const terms = { model, objective, choice: { format: 'keras', quantize: null } } as const;
    assert.throws(() => requireSame(answered(0.9, 0.2, 0.8), answered(0.9, 0.5, 0.5), terms), {
      code: 'export-differs',
      happened: /by up to 0\.3/,
    });
    assert.throws(() => requireSame(answered(0.9, 0.2, 0.8), answered(0.9, NaN, 0.8), terms), {
      code: 'export-differs',
    });
  });

  test('whose rounded weights ruin it is refused, with what becomes of the metric', () => {
    const terms = { model, objective, choice: { format: 'tfjs', quantize: '8' } } as const;
    const before = answered(0.9, 0.2, 0.8);
    assert.throws(() => requireSame(before, answered(0.6, 0.201, 0.799), terms), {
      code: 'export-ruined',
      happened: /val_accuracy goes from 0\.9.* to 0\.6/,
      remedy: /more bits \(--quantize 16\).*Nothing was written/,
    });
    assert.equal(requireSame(before, answered(0.88, 0.201, 0.799), terms).rows, 1);
  });
});
