import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTrainingLog } from '../../../src/log/readTrainingLog.ts';
import { read } from './readLines.ts';

const FOUR = [1, 2, 3, 4];

const codeOf = (lines: readonly string[], name = 'a.log'): string => {
  const result = readTrainingLog(`${lines.join('\n')}\n`, name);
  return result.ok ? '' : result.error.code;
};

test('the batches of an evaluation are no training', () => {
  const lines = [10, 20, 30, 40].map((i) => `Test: [${i}/240]  loss: 43.${i} (41.${i})`);
  assert.equal(codeOf(lines), 'log-unclear');
});

test('a counter that goes to and fro counts more than one thing', () => {
  const lines = Array.from(
    { length: 24 },
    (_, i) => `step ${i % 2 === 0 ? 100 + i : 50 + i}: loss 0.${i + 10}`,
  );
  assert.equal(codeOf(['step 1: loss 0.9', ...lines]), 'log-unclear');
});

test('a few steps of text are no course', () => {
  assert.equal(codeOf(['Episode 1/3', '  Reward: 17.00, Length: 17']), 'log-no-epochs');
});

test('a word for a part of the data beside the loss is a score of the same part', () => {
  const { series } = read(
    FOUR.map((i) => `Epoch ${i}  learning_rate = 0.01 loss = 2.${9 - i} * 1  eval = 0.${i}2`),
  );
  assert.deepEqual(Object.keys(series).toSorted(), ['loss', 'lr', 'score']);
});

test('two kinds of lines of one step that differ are two series, and no mean of both', () => {
  const { series } = read(
    FOUR.flatMap((epoch) =>
      [100, 200, 300].flatMap((step) => [
        `Epoch ${epoch}  Iteration ${step} loss = 9.5`,
        `Epoch ${epoch}  Iteration ${step}  learning_rate = 0.01 loss = 2.5`,
      ]),
    ),
  );
  assert.deepEqual(new Set(series['loss']), new Set([2.5]));
});

test('more values than epochs were to be trained are of steps', () => {
  const loss = Array.from({ length: 40 }, (_, i) => 4 - i / 20);
  const { counter } = read([JSON.stringify({ config: { epochs: 4 }, loss })]);
  assert.equal(counter, 'row');
  assert.equal(read([JSON.stringify({ config: { epochs: 100 }, loss })]).counter, undefined);
});

test('what stands before the lines of its epoch is of that epoch, and not of the test before', () => {
  const { epochs, series } = read(
    FOUR.flatMap((epoch) => [
      `cutout loss: 0.${epoch}5`,
      ...[0, 10, 20].map((i) => `Epoch: [${epoch}]  [${i}/21]  loss: 0.9 (0.${9 - epoch})`),
      ...[0, 5, 6].map((i) => `Test:  [${i}/7]  loss: 1.5 (1.${epoch})  Rv: 0.1 (0.${epoch})`),
    ]),
  );
  assert.deepEqual([epochs, series['cutout_loss']], [FOUR, [0.15, 0.25, 0.35, 0.45]]);
  assert.deepEqual(series['test_rv'], [0.1, 0.2, 0.3, 0.4]);
});

test('the state of a bar before it adds the validation is no second series', () => {
  const { series } = read(
    FOUR.flatMap((i) => [
      `Epoch ${i}/4`,
      `163/163 ━━━━━━━━━━━━━━━━━━━━ 0s 223ms/step - loss: 0.7${i}`,
      `163/163 ━━━━━━━━━━━━━━━━━━━━ 48s 254ms/step - loss: 0.6${i} - val_loss: 0.5${i}`,
    ]),
  );
  assert.deepEqual(series, { loss: [0.61, 0.62, 0.63, 0.64], val_loss: [0.51, 0.52, 0.53, 0.54] });
});

test('an index of batches counts, and a place in a program is no score', () => {
  const { epochs, series } = read(
    [64, 128, 192, 256].map((i) => `| train:58 - [0.06%] batch_index=${i} loss=1${i / 64}.5`),
  );
  assert.deepEqual([epochs, Object.keys(series)], [[64, 128, 192, 256], ['loss']]);
});

test('what a mean goes over is no counter', () => {
  const { series } = read(
    FOUR.map((i) => `Episode ${i}00 Average reward over the last 100 episodes: ${i}.5`),
  );
  assert.deepEqual(series, { reward: [1.5, 2.5, 3.5, 4.5] });
});

test('numbers in a row behind a name are a list, and lines of whole numbers a listing', () => {
  const { series } = read(
    FOUR.flatMap((i) => [
      `Epoch ${i}`,
      `Player[1] : Skip  cards: 8 6 ${i}`,
      `Player[2] : Skip  cards: ${i}`,
      `policy_loss=0.8${i} value_loss=1.${i}`,
    ]),
  );
  assert.deepEqual(Object.keys(series), ['policy_loss', 'value_loss']);
});
