import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrainProgress, TrainResult } from '../../../src/ports/trainer.ts';
import { studyConfigSchema } from '../../../src/record/studyConfig.ts';
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
import { completed, last, RANDOM, train } from './trainingRun.ts';

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
        confidence: 0.99,
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
        /^Stopped at epoch 4 of 15: val_loss ([\d.]+), \+\1 against its parent there \(99 % interval /,
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
        {
          firstSeenSeedIndex: seen[0]?.seedIndex,
          seedCount: seen[0]?.seedCount,
          firstSeenEpoch: seen[0]?.epoch,
          seedIndex: seen[29]?.seedIndex,
          epoch: seen[29]?.epoch,
        },
        { firstSeenSeedIndex: 0, seedCount: 2, firstSeenEpoch: 1, seedIndex: 1, epoch: 15 },
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
