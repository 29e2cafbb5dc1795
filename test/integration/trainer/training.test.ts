import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CompletedTrial } from '../../../src/record/trial.ts';
import type { TrainProgress, TrainResult } from '../../../src/ports/trainer.ts';
import type { Study } from '../../../src/study/study.ts';
import { studyConfigSchema } from '../../../src/record/studyConfig.ts';
import { overheadOf } from '../../../src/execution/overhead.ts';
import type { WorkerTrainer } from '../../../src/execution/workerTrainer.ts';
import {
  availableRuntimes,
  builderText,
  exampleFolder,
  makeTrainer,
  NEVER,
  projectStudy,
  studyOn,
  variantOf,
} from './harness.ts';
import { measured } from '../../records.ts';

interface Run {
  readonly study: Study;
  readonly text: string;
  readonly seeds?: readonly number[];
  readonly evaluateOn?: 'validation' | 'test';
  readonly onProgress?: (progress: TrainProgress) => void;
}

const train = (
  trainer: WorkerTrainer,
  { study, text, seeds = [1], evaluateOn = 'validation', onProgress = () => undefined }: Run,
): Promise<TrainResult> =>
  trainer.train({
    study,
    variant: variantOf(study, text),
    seeds,
    evaluateOn,
    signal: NEVER,
    onProgress,
  });

function completed({ trials }: TrainResult, index = 0): CompletedTrial {
  const trial = trials[index];
  if (trial?.outcome !== 'completed')
    assert.fail(`The trial did not complete: ${JSON.stringify(trial)}`);
  return trial;
}

const last = (trial: CompletedTrial, key: string): number => trial.curves[key]?.at(-1) ?? NaN;

/**
 * Everything random at once: initialisers, dropout, noise, shuffling, `Math.random` in the builder
 * and at the top of the file.
 */
const RANDOM = builderText({
  before: 'const luck = Math.random();',
  layers:
    `tf.layers.dense({ units: 8, inputShape, activation: 'relu', kernelInitializer: 'heNormal' ` +
    '}), tf.layers.gaussianNoise({ stddev: 0.1 }), tf.layers.dropout({ rate: luck * 0.2 + ' +
    `Math.random() * 0.2 }), tf.layers.dense({ units: outputUnits, activation: 'softmax' })`,
});

for (const runtime of availableRuntimes()) {
  describe(`training on ${runtime}`, () => {
    const trainer = makeTrainer({ runtime });
    after(() => trainer.dispose());

    test('a seed that falls behind its bound is stopped there, the next goes on', async () => {
      const study = projectStudy('blobs', { epochs: 15, batchSize: 8 });
      const text = await readFile(study.modelPath, 'utf8');
      const bound = {
        metric: 'val_loss',
        direction: 'minimize' as const,
        expected: Array<number>(15).fill(0),
        margin: Array<number>(15).fill(0.01),
      };
      const { trials } = await trainer.train({
        study,
        variant: variantOf(study, text.replace(/adam\([\d.]+\)/, 'adam(1e-9)')),
        seeds: [2, 1],
        evaluateOn: 'validation',
        bounds: [{ ...bound, seed: 1 }],
        signal: NEVER,
        onProgress: () => undefined,
      });
      assert.deepEqual(
        trials.map(({ seed, outcome, epochs }) => [seed, outcome, epochs]),
        [
          [2, 'completed', 15],
          [1, 'failed', 4],
        ],
      );
      const [, stopped] = trials;
      assert.ok(stopped?.outcome === 'failed' && stopped.failure.kind === 'stopped');
      assert.match(
        stopped.failure.message,
        /^Stopped at epoch 4 of 15: val_loss [\d.]+ against 0 ± 0\.01\.$/,
      );
      assert.equal(stopped.curves['val_loss']?.length, 4);
    });

    test('classification learns, and says so in its own keys', async () => {
      const study = projectStudy('blobs', { epochs: 15, batchSize: 8 });
      const seen: TrainProgress[] = [];
      const result = await train(trainer, {
        study,
        text: await readFile(study.modelPath, 'utf8'),
        seeds: [1, 2],
        onProgress: (progress) => seen.push(progress),
      });
      const trial = completed(result);
      assert.deepEqual(Object.keys(trial.curves).sort(), [
        'accuracy',
        'loss',
        'val_accuracy',
        'val_loss',
      ]);
      assert.equal(measured(trial), last(trial, 'val_loss'));
      assert.ok(measured(trial) < (trial.curves['val_loss']?.[0] ?? 0) * 0.7);
      assert.ok(last(trial, 'val_accuracy') > 0.75);
      assert.equal(trial.epochs, 15);
      assert.notEqual(measured(trial), measured(completed(result, 1)));
      assert.equal(result.parameters, 67);
      assert.match(result.dataHash ?? '', /^[0-9a-f]{64}$/);
      assert.equal(result.environment.runtime, runtime);
      assert.equal(result.environment.cortex, '0.1.0');
      assert.equal(seen.length, 30);
      assert.deepEqual(
        [
          seen[0]?.seedIndex,
          seen[0]?.seedCount,
          seen[0]?.epoch,
          seen[29]?.seedIndex,
          seen[29]?.epoch,
        ],
        [0, 2, 1, 1, 15],
      );
      assert.equal(seen[29]?.secondsLeft, 0);
    });

    test(
      'the same source, data and seed give the same curves: warm, cold, and after another ' +
        'variant',
      async () => {
        const study = projectStudy('blobs', { epochs: 4 });
        const curves = (result: TrainResult): unknown => result.trials.map((trial) => trial.curves);
        const first = curves(await train(trainer, { study, text: RANDOM, seeds: [5, 6] }));
        await train(trainer, { study, text: builderText(), seeds: [1] });
        assert.deepEqual(
          curves(await train(trainer, { study, text: RANDOM, seeds: [5, 6] })),
          first,
        );
        const cold = makeTrainer({ runtime });
        assert.deepEqual(curves(await train(cold, { study, text: RANDOM, seeds: [5, 6] })), first);
        assert.deepEqual(curves(await train(cold, { study, text: RANDOM, seeds: [6] })), [
          (first as unknown[])[1],
        ]);
        await cold.dispose();
      },
    );

    test('an image model with convolutions on the digits', async () => {
      const folder = exampleFolder('digits');
      const config = {
        ...(JSON.parse(await readFile(join(folder, 'cortex.json'), 'utf8')) as object),
        epochs: 2,
        batchSize: 64,
        objective: { metric: 'val_accuracy', direction: 'maximize' },
      };
      const study = studyOn(folder, config);
      const layers =
        `tf.layers.conv2d({ filters: 8, kernelSize: 3, activation: 'relu', inputShape }), ` +
        'tf.layers.batchNormalization(), tf.layers.maxPooling2d({ poolSize: 2 }), ' +
        `tf.layers.flatten(), tf.layers.dense({ units: outputUnits, activation: 'softmax' })`;
      const trial = completed(await train(trainer, { study, text: builderText({ layers }) }));
      const accuracy = measured(trial, 'val_accuracy');
      assert.ok(accuracy > 0.7, String(accuracy));
      assert.equal(accuracy, last(trial, 'val_accuracy'));
    });

    test('regression on the diabetes data: r2 is there, and targets scale', async () => {
      const folder = exampleFolder('diabetes');
      const example = studyConfigSchema.parse(
        JSON.parse(await readFile(join(folder, 'cortex.json'), 'utf8')),
      );
      const preprocessing = { standardizeInputs: true, scaleTargets: true };
      const study = studyOn(folder, {
        ...example,
        epochs: 30,
        preprocessing,
        objective: { metric: 'val_r2', direction: 'maximize' },
      });
      const layers = `tf.layers.dense({ units: outputUnits, inputShape })`;
      const trial = completed(
        await train(trainer, {
          study,
          text: builderText({
            layers,
            compile: `model.compile({ optimizer: tf.train.adam(0.01), loss: 'meanSquaredError' });`,
          }),
        }),
      );
      assert.deepEqual(Object.keys(trial.curves).sort(), [
        'loss',
        'mae',
        'r2',
        'val_loss',
        'val_mae',
        'val_r2',
      ]);
      const r2 = measured(trial, 'val_r2');
      assert.ok(r2 > 0.3 && r2 < 0.7, String(r2));
      assert.ok(last(trial, 'r2') > 0.3 && last(trial, 'loss') < 0.8);
    });

    test('twenty trials leave no tensor behind', async () => {
      const study = projectStudy('blobs', { epochs: 2 });
      const text = builderText({ inside: `throw new Error(String(tf.memory().numTensors));` });
      const count = async (): Promise<number> => {
        const result = await trainer.build(study, variantOf(study, text), NEVER);
        return result.ok ? NaN : Number(result.error.message);
      };
      const leaky = builderText({
        before: 'const kept = tf.keep(tf.ones([3]));\ntf.variable(tf.zeros([2]));',
        inside: 'tf.tensor([kept.size, 2, 3]);',
      });
      await train(trainer, { study, text: leaky });
      const before = await count();
      await train(trainer, {
        study,
        text: builderText(),
        seeds: Array.from({ length: 20 }, (_, seed) => seed),
      });
      await train(trainer, {
        study,
        text: builderText({ inside: `if (inputShape) throw new Error('no');` }),
      });
      assert.equal(await count(), before);
    });

    test("a model's own kernels: recurrent, embedding, normalisation, depthwise", async () => {
      const folder = exampleFolder('digits');
      const study = studyOn(folder, {
        data: { csv: 'digits.csv', target: 'label', task: 'classification', inputShape: [8, 8, 1] },
        epochs: 1,
        batchSize: 256,
      });
      for (const middle of [
        `tf.layers.reshape({ targetShape: [8, 8], inputShape }), tf.layers.lstm({ units: 4 })`,
        'tf.layers.depthwiseConv2d({ kernelSize: 3, inputShape }), ' +
          'tf.layers.globalAveragePooling2d({})',
        'tf.layers.flatten({ inputShape }), tf.layers.embedding({ inputDim: 17, outputDim: 3 ' +
          '}), tf.layers.flatten(), tf.layers.layerNormalization()',
      ]) {
        completed(
          await train(trainer, {
            study,
            text: builderText({
              layers: `${middle}, tf.layers.dense({ units: outputUnits, activation: 'softmax' })`,
            }),
          }),
        );
      }
    });
  });
}

describe('one measure for every variant', () => {
  const trainer = makeTrainer();
  after(() => trainer.dispose());
  const study = projectStudy('blobs', { epochs: 3 });
  const layers = (activation: string): string =>
    `tf.layers.dense({ units: outputUnits, inputShape, activation: '${activation}', ` +
    'kernelInitializer: tf.initializers.glorotUniform({ seed: 3 }) })';
  const frozen = (loss: string, activation = 'softmax'): string =>
    builderText({
      layers: layers(activation),
      compile: `model.compile({ optimizer: tf.train.sgd(0), loss: ${loss} });`,
    });

  test('the loss a variant trains with does not change how it is measured', async () => {
    const reference = completed(
      await train(trainer, { study, text: frozen(`'categoricalCrossentropy'`) }),
    );
    assert.deepEqual(Object.keys(reference.curves).sort(), [
      'accuracy',
      'loss',
      'val_accuracy',
      'val_loss',
    ]);
    const variants: readonly (readonly [string, string])[] = [
      [`'sparseCategoricalCrossentropy'`, 'softmax'],
      [`'meanSquaredError'`, 'softmax'],
      [`(t: tf.Tensor, p: tf.Tensor) => tf.losses.huberLoss(t, p)`, 'softmax'],
      [`(t: tf.Tensor, p: tf.Tensor) => tf.losses.softmaxCrossEntropy(t, p)`, 'linear'],
    ];
    for (const [loss, activation] of variants) {
      const trial = completed(await train(trainer, { study, text: frozen(loss, activation) }));
      for (const key of ['loss', 'val_loss', 'val_accuracy', 'accuracy']) {
        assert.ok(
          Math.abs(last(trial, key) - last(reference, key)) < 1e-4,
          `${loss} ${key}: ${last(trial, key)} against ${last(reference, key)}`,
        );
      }
    }
  });

  test('weight penalties and other losses stand beside it as fit_loss', async () => {
    const penalised = builderText({
      layers:
        `tf.layers.dense({ units: outputUnits, inputShape, activation: 'softmax', ` +
        'kernelRegularizer: tf.regularizers.l2({ l2: 1 }) })',
    });
    const trial = completed(await train(trainer, { study, text: penalised }));
    assert.ok(last(trial, 'fit_loss') > last(trial, 'loss'));
    const other = completed(await train(trainer, { study, text: frozen(`'meanSquaredError'`) }));
    assert.ok(last(other, 'fit_loss') < last(other, 'loss'));
  });

  test('frozen weights: the training loss equals the one computed by hand', async () => {
    const text = builderText({
      layers:
        `tf.layers.dense({ units: outputUnits, inputShape, activation: 'softmax', ` +
        `kernelInitializer: 'zeros' })`,
      compile: `model.compile({ optimizer: tf.train.sgd(0), loss: 'meanSquaredError' });`,
    });
    const trial = completed(await train(trainer, { study, text }));
    assert.ok(Math.abs(last(trial, 'loss') - Math.log(3)) < 1e-6);
    assert.ok(Math.abs(last(trial, 'val_loss') - Math.log(3)) < 1e-6);
  });

  test(
    "a builder that does not compile gets Adam 1e-3 and the study's loss, with one-hot targets " +
      'or without',
    async () => {
      const compiled = builderText({
        compile: `model.compile({ optimizer: tf.train.adam(1e-3), loss: 'categoricalCrossentropy' });`,
      });
      const wanted = completed(await train(trainer, { study, text: compiled })).curves;
      assert.deepEqual(
        completed(await train(trainer, { study, text: builderText({ compile: '' }) })).curves,
        wanted,
      );
      const integers = projectStudy('blobs', { epochs: 3, preprocessing: { oneHot: false } });
      const sparse = completed(
        await train(trainer, { study: integers, text: builderText({ compile: '' }) }),
      );
      assert.ok(Math.abs(last(sparse, 'val_loss') - (wanted['val_loss']?.at(-1) ?? 0)) < 1e-4);
    },
  );

  test('layers made at the top of the file start afresh with every seed', async () => {
    const text = builderText({
      before: `const shared = tf.layers.dense({ units: 6, activation: 'relu' });`,
      layers:
        'tf.layers.inputLayer({ inputShape }), shared, tf.layers.dense({ units: outputUnits, ' +
        `activation: 'softmax' })`,
    });
    const both = await train(trainer, { study, text, seeds: [1, 1] });
    assert.deepEqual(completed(both, 1).curves, completed(both, 0).curves);
  });

  test('the sealed part gives another value of the same measure', async () => {
    const validation = completed(await train(trainer, { study, text: builderText() }));
    const sealed = completed(
      await train(trainer, { study, text: builderText(), evaluateOn: 'test' }),
    );
    assert.deepEqual(sealed.curves, validation.curves);
    assert.notEqual(measured(sealed, 'test_loss'), measured(validation));
    assert.ok(Math.abs(measured(sealed, 'test_loss') - measured(validation)) < 0.5);
  });

  test('time spent beside fit is told', async () => {
    const started = performance.now();
    const result = await train(trainer, {
      study: projectStudy('blobs', { epochs: 60 }),
      text: builderText(),
      seeds: [1, 2],
    });
    const overhead = overheadOf(result, (performance.now() - started) / 1000);
    assert.ok(overhead.fitSeconds > 0 && overhead.beside > 0);
    assert.ok(Math.abs(overhead.fitSeconds + overhead.beside - overhead.wallSeconds) < 1e-9);
    assert.ok(overhead.share > 0 && overhead.share < 1);
  });
});
