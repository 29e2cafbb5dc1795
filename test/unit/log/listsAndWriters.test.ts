import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTrainingLog } from '../../../src/log/readTrainingLog.ts';
import { read } from './readLines.ts';

const FOUR = [0, 1, 2, 3];

test('each name of a list is of the number in its place', () => {
  const { series } = read(
    FOUR.map((i) => `10-03 16:0${i}: utils.py[151]: Epoch ${i + 1}  IS, FID: ${i}.5, 34${i}.25`),
  );
  assert.deepEqual(series, { IS: [0.5, 1.5, 2.5, 3.5], FID: [340.25, 341.25, 342.25, 343.25] });
});

test('names of a list with another number of values name none', () => {
  const { series } = read(
    FOUR.map((i) => `Epoch ${i + 1} loss: 0.${9 - i} - acc, f1: 0.1, 0.2, 0.${i}`),
  );
  assert.deepEqual(Object.keys(series), ['loss']);
});

test('the first of many numbers in brackets is of a class, and no value of the whole', () => {
  const { series } = read(
    FOUR.flatMap((i) => [
      `Epoch ${i + 1} loss: 0.${9 - i} kept: [0.${i}]`,
      `Precision: [0.8${i}, 0.7, 0.6, 0.5]`,
      `Accuracy: [0.3${i} , 0.4, 0.5]`,
    ]),
  );
  assert.deepEqual(Object.keys(series).toSorted(), ['kept', 'loss']);
});

test('the mean over so many batches is a value, and counts none of them', () => {
  const { epochs, series } = read(
    FOUR.flatMap((i) => [
      `[ Fri Oct 18 02:0${i}:31 2024 ] Training epoch: ${i + 1}`,
      `[ Fri Oct 18 02:0${i}:41 2024 ] \tMean training loss: ${4 - i}.65.`,
      `[ Fri Oct 18 02:0${i}:51 2024 ] \tMean test loss of 63 batches: ${4 - i}.4010956.`,
    ]),
  );
  assert.deepEqual(epochs, [1, 2, 3, 4]);
  assert.deepEqual(series['loss'], [4.65, 3.65, 2.65, 1.65]);
  assert.deepEqual(series['test_loss'], [4.4010956, 3.4010956, 2.4010956, 1.4010956]);
});

test('objects whose epochs are no whole ones are of steps inside them', () => {
  const { counter, epochs, series } = read(
    Array.from({ length: 60 }, (_, i) => i + 1).map(
      (i) => `{"current_steps": ${10 * i}, "total_steps": 600, "loss": ${i}, "epoch": ${i / 10}}`,
    ),
  );
  assert.equal(counter, undefined);
  assert.deepEqual(epochs, [1, 2, 3, 4, 5, 6]);
  assert.deepEqual(series['loss'], [5.5, 15.5, 25.5, 35.5, 45.5, 55.5]);
});

test('processes that write in turn cannot be told apart; the number of one is no measure', () => {
  const lines = (pids: readonly number[]): string =>
    Array.from({ length: 12 }, (_, i) => i)
      .map((i) => `(train pid=${pids[i % pids.length] ?? 0}) Epoch ${i + 1} loss: ${20 - i}.5\n`)
      .join('');
  const mixed = readTrainingLog(lines([4711, 4712]), 'a.log');
  assert.equal(mixed.ok ? '' : mixed.error.code, 'log-interleaved');
  const alone = readTrainingLog(lines([4711]), 'a.log');
  assert.deepEqual(alone.ok && Object.keys(alone.value.series), ['loss']);
});

test('a training that went far is not taken up at one of its first epochs', () => {
  const epochs = [1, 2, ...Array.from({ length: 30 }, (_, i) => 3 * i + 3)];
  const lines = [epochs, epochs.slice(2)].flatMap((run, n) => [
    `======== Training Loss (Sat Jun  ${n + 1} 16:47:21 2020) ========`,
    ...run.map((epoch) => `(epoch: ${epoch}, iters: 200, time: 0.3) D_A: ${n}.${epoch}1 G_A: 0.9`),
  ]);
  const log = read(lines);
  assert.deepEqual(log.run, { index: 2, count: 2 });
  assert.equal(log.epochs[0], 3);
});

test('fits of one epoch under headings that count are the epochs of one training', () => {
  const { epochs, series } = read(
    FOUR.flatMap((i) => [
      `Iteration ${i}`,
      'Epoch 1/1',
      `100/100 [==============================] - 142s 1s/step - loss: ${8 - i}.5 - val_loss: ${9 - i}.5`,
      'A sentence that the model wrote',
    ]),
  );
  assert.deepEqual(epochs, FOUR);
  assert.deepEqual(series['val_loss'], [9.5, 8.5, 7.5, 6.5]);
});

test('an answer of a model with numbers in it counts nothing', () => {
  const talk =
    'an alternative perspective is the linear form for figurate numbers where 2/4 of the roots ' +
    'must be integer and every other divisor of the problem is found by hand again';
  const log = read(
    [1, 3, 5, 7, 9, 11].flatMap((step) => [
      `2025-09-16 21:2${step} - train - INFO - Step ${step} loss: ${20 - step}.5`,
      ...(step === 5 ? [talk] : []),
    ]),
  );
  assert.deepEqual(log.run, { index: 1, count: 1 });
  assert.deepEqual(log.epochs, [1, 3, 5, 7, 9, 11]);
});

test('scores of an evaluation without any training are no curve', () => {
  const result = readTrainingLog("{'rouge1': 0.16, 'rouge2': 0.05, 'rougeL': 0.16}\n", 'a.log');
  assert.equal(result.ok, false);
});

test('a sentence ends a number that has a point already', () => {
  const lines = FOUR.map((i) => `Epoch ${i}, test mse is 0.01234567890${i}.`);
  const result = readTrainingLog(lines.join('\n'), 'a.log');
  assert.equal(result.ok && result.value.epochs.length, 4);
});

test('the mean total loss of a line is that of the epoch, and not what a bar showed last', () => {
  const { series } = read(
    FOUR.flatMap((i) => [
      `Epoch ${i + 1}/4: 100%|██████████| 9/9 [09:45<00:00,  3.03it/s, loss=0.2${i}60]`,
      `[EPOCH ${i + 1}] 平均总损失：0.9${i} | 扩散损失：0.1${i}`,
    ]),
  );
  assert.deepEqual(series, {
    loss: [0.9, 0.91, 0.92, 0.93],
    diffusion_loss: [0.1, 0.11, 0.12, 0.13],
  });
});

test('a row of whole numbers among others of a table without a header is kept', () => {
  const { epochs, series } = read(['0,-2.5,93', '1,-1,26', '2,4.25,24', '3,0,17', '4,1.5,30']);
  assert.deepEqual(epochs, [0, 1, 2, 3, 4]);
  assert.deepEqual(series['column_2'], [-2.5, -1, 4.25, 0, 1.5]);
});

test('a name behind a number is no unit of it', () => {
  const { series } = read(
    FOUR.map((i) => `(epoch: ${i + 1}, time: 0.053) G_GAN: 7.02${i} D: 2.48${i} kl: 0.001`),
  );
  assert.deepEqual(series['D'], [2.48, 2.481, 2.482, 2.483]);
  assert.deepEqual(series['G_GAN'], [7.02, 7.021, 7.022, 7.023]);
});

const ofSteps = (epoch: number, steps: readonly number[], loss: number): string[] =>
  steps.map((step) => `(epoch: ${epoch}, iters: ${step}, time: 0.1) loss: ${loss}.${epoch}${step}`);

test('a training that begins anew inside its first epoch is another run', () => {
  const log = read([
    ...ofSteps(1, [500, 1000], 9),
    ...ofSteps(1, [500, 1000, 1500], 8),
    ...[1, 2, 3, 4].flatMap((epoch) => ofSteps(epoch, [500, 1000], 3)),
  ]);
  assert.equal(log.run.count, 3);
  assert.ok((log.series['loss'] ?? []).every((mean) => mean !== null && mean < 4));
});

test('steps that go back in every epoch are of one run', () => {
  const log = read([1, 2, 3, 4].flatMap((epoch) => ofSteps(epoch, [500, 1000, 500, 1000], 3)));
  assert.deepEqual([log.run.count, log.epochs], [1, [1, 2, 3, 4]]);
});

test('the accuracy of a report of classes is of no epoch', () => {
  const { series } = read(
    FOUR.flatMap((i) => [
      `Epoch ${i + 1}:`,
      `Average Loss: 0.${9 - i}540`,
      `Test Accuracy: 0.93${i}`,
      '              precision    recall  f1-score   support',
      '    accuracy                           0.93     10000',
    ]),
  );
  assert.deepEqual(Object.keys(series).toSorted(), ['loss', 'test_accuracy']);
});
