import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { WorkerTrainer } from '../../../src/execution/workerTrainer.ts';
import { factored } from '../../../src/model/lowRank.ts';
import { roundedTo } from '../../../src/model/quantize.ts';
import { readModel, writeModel, type TrainedModel } from '../../../src/model/trainedModel.ts';
import type { Footing } from '../../../src/record/training.ts';
import { NEVER, studyOn, variantOf } from '../trainer/harness.ts';
import { BLOBS_PY, kerasText, pythonTrainer, TORCH_TEXT } from './pythonStudies.ts';

const SPARSE = kerasText().replace('categorical_crossentropy', 'sparse_categorical_crossentropy');
const OWN_FIT = `${SPARSE.replace('keras.Sequential', 'Own').replace(
  '\ndef build',
  `
class Own(keras.Sequential):
    def fit(self, *args, **options):
        return super().fit(*args, **options)


def build`,
)}`;

/** The last bias pulls every answer to the first class. */
const sayingFirst = (model: TrainedModel): TrainedModel => ({
  ...model,
  weights: model.weights.map((weight, index) =>
    index < model.weights.length - 1 ? weight : { ...weight, values: Float32Array.of(50, 0, 0) },
  ),
});

describe('a Python model on what another has learned', () => {
  let folder = '';
  const kept: Uint8Array[] = [];
  let trainer: WorkerTrainer;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cortex-footing-'));
    await writeFile(join(folder, 'data.py'), BLOBS_PY);
    trainer = pythonTrainer((_, file) => Promise.resolve(void kept.push(file.slice())));
  });
  after(async () => {
    await trainer.dispose();
    await rm(folder, { recursive: true });
  });

  /** What a seed of a text comes to. */
  const trained = async (text: string, footing: Footing = {}) => {
    const epochs = text.includes('torch') ? 40 : 8;
    const study = studyOn(folder, { epochs, batchSize: 8 }, 'model.py');
    await writeFile(study.modelPath, text);
    const { trials } = await trainer.train({
      study,
      variant: variantOf(study, text),
      seeds: [1],
      evaluateOn: 'validation',
      keepWeights: true,
      ...footing,
      signal: NEVER,
      onProgress: () => undefined,
    });
    const [trial] = trials;
    assert.equal(trial?.outcome, 'completed', JSON.stringify(trial));
    const file = kept.at(-1) ?? new Uint8Array();
    return { accuracy: trial.measures['val_accuracy'] ?? NaN, model: readModel(file), trial };
  };
  const written = async (name: string, model: TrainedModel): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, writeModel(model));
    return path;
  };

  for (const [name, text, way] of [
    ['Keras, by compiled epochs', SPARSE, /^compiled/],
    ['Keras, by a fit of its own', OWN_FIT, /^fit: the model has a fit of its own/],
    ['PyTorch', TORCH_TEXT, null],
  ] as const)
    test(`${name}: goes on from weights, held to zeros and to bytes, and is taught`, async () => {
      const first = await trained(text);
      if (way) assert.match(first.trial.way ?? '', way);
      const start = [{ seed: 1, path: await written('start', first.model) }];
      const sparse = await trained(text, { start, hold: { kind: 'zeros', share: 0.75 } });
      for (const { shape, values } of sparse.model.weights) {
        const zeros = values.filter((value) => value === 0).length;
        if (shape.length > 1) assert.equal(zeros, Math.floor(0.75 * values.length));
      }
      assert.ok(sparse.accuracy > 0.7, String(sparse.accuracy));
      const { model, accuracy } = await trained(text, { start, hold: { kind: 'bytes' } });
      for (const [index, { values }] of roundedTo(model, 'uint8').weights.entries())
        for (const [place, value] of values.entries()) {
          const own = model.weights[index]?.values[place] ?? NaN;
          assert.ok(Math.abs(own - value) < 1e-5, `${own} ${value}`);
        }
      assert.ok(accuracy >= first.accuracy - 0.1, String(accuracy));
      const teachers = {
        paths: [await written('teacher', sayingFirst(first.model))],
        share: 1,
        temperature: 1,
        source: { path: join(folder, 'model.py'), text },
      };
      const taught = await trained(text, { teachers });
      assert.ok(taught.accuracy < 0.6 && first.accuracy > 0.8, String(taught.accuracy));
    });

  test('PyTorch: a layer as two of low rank begins with its factors, by name and by shape', async () => {
    const hidden = 'self.hidden = nn.Linear(4, 8)';
    const twice = ['self.hidden = nn.Linear(2, 8)', 'self.between = nn.Linear(4, 2, bias=False)'];
    const named = TORCH_TEXT.replace(hidden, twice.join('\n        ')).replace(
      'self.hidden(x)',
      'self.hidden(self.between(x))',
    );
    const [plain, numbered] = [
      'nn.Linear(4, 8)',
      'nn.Linear(4, 2, bias=False), nn.Linear(2, 8)',
    ].map(
      (first) =>
        'from torch import nn\n\n\ndef build_model():\n' +
        `    return nn.Sequential(${first}, nn.ReLU(), nn.Linear(8, 3))\n`,
    );
    for (const [text, factors] of [
      [TORCH_TEXT, named],
      [plain ?? '', numbered ?? ''],
    ] as const) {
      const { model, accuracy } = await trained(text);
      const start = [{ seed: 1, path: await written('factors', factored(model, 0, 2)) }];
      const low = await trained(factors, { start });
      const parameters = low.model.weights.reduce((sum, { values }) => sum + values.length, 0);
      assert.equal(parameters, 4 * 2 + 2 * 8 + 8 + 8 * 3 + 3);
      assert.ok(low.accuracy >= accuracy - 0.2, `${accuracy} ${low.accuracy}`);
    }
  });
});
