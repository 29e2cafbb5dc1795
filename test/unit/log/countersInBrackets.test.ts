import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTrainingLog } from '../../../src/log/readTrainingLog.ts';
import { read } from './readLines.ts';

const FOUR = [1, 2, 3, 4];

test('two numbers in brackets are an epoch and its step', () => {
  const { epochs, series } = read(
    [1, 2].flatMap((epoch) =>
      [2000, 4000, 6000].map((step) => `[${epoch}, ${step}] loss: ${3 - epoch}.25`),
    ),
  );
  assert.deepEqual(
    [epochs, series['loss']],
    [
      [1, 2],
      [2.25, 1.25],
    ],
  );
});

test('a number in brackets before a named epoch is the name of something', () => {
  const { epochs, series } = read(FOUR.map((i) => `[000660][Epoch 0${i}/10] Loss:1${i}.5`));
  assert.deepEqual([epochs, series['loss']], [FOUR, [11.5, 12.5, 13.5, 14.5]]);
});

test('several that are trained in turn are told apart by nobody', () => {
  const lines = Array.from({ length: 30 }, (_, i) =>
    ['000660', '035420'].map((code, j) => `[${code}][Epoch ${i + 20 * j}/90] Loss:1${i}.5`),
  ).flat();
  const result = readTrainingLog(`${lines.join('\n')}\n`, 'a.log');
  assert.equal(result.ok ? '' : result.error.code, 'log-unclear');
});

test('a heading that counts the batches of an evaluation, or phases, opens no epoch', () => {
  const { epochs, series } = read(
    FOUR.flatMap((i) => [
      '[2/3] Training',
      `  epoch ${i}/4  loss=1.${i}`,
      '[3/3] Evaluation',
      'Evaluation [453/453]',
    ]),
  );
  assert.deepEqual([epochs, series['loss']], [FOUR, [1.1, 1.2, 1.3, 1.4]]);
});

test('a step between the first two of a run is of another run', () => {
  const { epochs, run } = read([
    ...[100, 200, 300, 400].map((step) => `steps: ${step}, reward: 5.${step}`),
    ...[150, 250, 350].map((step) => `steps: ${step}, reward: 9.${step}`),
  ]);
  assert.deepEqual([epochs, run.count], [[150, 250, 350], 2]);
});

test('the first step of a run is of the training, whatever its program said of the data', () => {
  const { series } = read(
    [1, 2].flatMap(() => [
      'train dataset has 6034 samples, 288 in loader, validate dataset has 2000 samples in loader',
      ...[...FOUR, 5, 6, 7, 8].map(
        (i) => `[1/200], [${i}/288], global_step: ${i}, acc: 0.${i}, loss: 1${i}.5`,
      ),
    ]),
  );
  assert.deepEqual(Object.keys(series).toSorted(), ['accuracy', 'loss']);
});

test('a precision at one threshold of many, and what changed from what, are left out', () => {
  const { series } = read(
    FOUR.flatMap((i) => [
      `Epoch ${i} [  0/188] loss=0.${i}5 lr=1e-4`,
      ' Average Precision  (AP) @[ IoU=0.75      | area=   all | maxDets=100 ] = 0.382',
      `[${i}00/900] mean test loss : 6.3470 -> 5.7082 by 1 grad steps`,
      `  >> val AP=0.31${i}`,
    ]),
  );
  assert.deepEqual(Object.keys(series).toSorted(), ['loss', 'lr', 'val_ap']);
});

test('a dash and a rank belong to the name', () => {
  const { series } = read(
    FOUR.flatMap((i) => [
      `Epoch [${i}][200/5005]  lr: 1.000e-01, loss: 6.${i}`,
      `Epoch(val) [${i}][196]  accuracy_top-1: 7${i}.5`,
    ]),
  );
  assert.deepEqual(series['val_accuracy_top_1'], [71.5, 72.5, 73.5, 74.5]);
});
