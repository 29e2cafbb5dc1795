import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { overheadOf } from '../../../src/execution/overhead.ts';
import { builderText, makeTrainer, projectStudy } from './harness.ts';
import { measured } from '../../records.ts';
import { completed, last, train } from './trainingRun.ts';

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
