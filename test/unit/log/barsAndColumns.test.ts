import assert from 'node:assert/strict';
import { test } from 'node:test';
import { read } from './readLines.ts';

const THREE = [0, 1, 2];

test('a bar that names the part of the data before it is of that part', () => {
  const { series } = read(
    THREE.flatMap((epoch) => [
      `Epoch ${epoch}: 100%|████| 79/79 [00:20<00:00, 3.9batch/s, loss=0.${8 - epoch}]`,
      'Test:  50%|██  | 4/7 [00:00<00:01, 4.2batch/s, loss=9.5]',
      `Test: 100%|████| 7/7 [00:01<00:00, 4.2batch/s, loss=1.${epoch}]`,
    ]),
  );
  assert.deepEqual(series, { loss: [0.8, 0.7, 0.6], test_loss: [1, 1.1, 1.2] });
});

test('bars of a notebook count though a terminal moves behind them', () => {
  const { epochs, series } = read([
    '{',
    ' "cells": [',
    '  {',
    '   "outputs": [',
    '    {',
    '     "text": [',
    ...THREE.map(
      (epoch) =>
        `   "Epoch ${epoch}: 100%|███| 2/2 [00:04<00:00, 0.4it/s, v_num=0, loss=0.${8 - epoch}]\\u001b[A\\n",`,
    ),
    '     ]',
  ]);
  assert.deepEqual([epochs, series], [[0, 1, 2], { loss: [0.8, 0.7, 0.6] }]);
});

test('what stands in parentheses with a sign is of the name, and not its value', () => {
  const { series } = read(
    THREE.map((epoch) => `Epoch ${epoch} loss: 0.${8 - epoch}, accuracy (IoU=0.7): 0.${epoch}1`),
  );
  assert.deepEqual(series['accuracy'], [0.01, 0.11, 0.21]);
});

test('the name stands last where what it is the result of stands before', () => {
  const { series } = read(
    THREE.flatMap((epoch) => [
      `epoch ${epoch}: train acc: 7${epoch}.5%, loss: 1.${9 - epoch}`,
      `The result of Net with Adam is test acc: 6${epoch}.5%, loss: 2.${9 - epoch}`,
    ]),
  );
  assert.deepEqual(series['test_accuracy'], [0.605, 0.615, 0.625]);
  assert.deepEqual(series['test_loss'], [2.9, 2.8, 2.7]);
});

test('a part of the data with a whole number counts its epochs where values follow', () => {
  const { epochs, series } = read(
    THREE.flatMap((epoch) => [
      `Train ${epoch}, loss: 2.${9 - epoch}, train acc: 0.4${epoch}, train avg acc: 0.2${epoch}`,
      `Test ${epoch}, loss: 3.${9 - epoch}, test acc: 0.3${epoch}, test avg acc: 0.1${epoch}`,
    ]),
  );
  assert.deepEqual(epochs, THREE);
  assert.deepEqual(series['test_loss'], [3.9, 3.8, 3.7]);
  assert.deepEqual(series['avg_accuracy'], [0.2, 0.21, 0.22]);
  assert.deepEqual(series['test_avg_accuracy'], [0.1, 0.11, 0.12]);
});

test('batches of an evaluation before the line of their epoch are none of the epoch before', () => {
  const { series } = read(
    [1, 2].flatMap((epoch) => [
      ...[10, 20].map((step) => `[train] step ${step}/20 loss=${9 - epoch}.5 mse=${step}.5`),
      ...[1, 2].map((step) => `[val] step ${step}/2 loss=99${step}.5`),
      `Epoch ${epoch}/5 train_loss=${7 - epoch}.5 val_loss=${8 - epoch}.5`,
    ]),
  );
  assert.deepEqual(series['val_loss'], [7.5, 6.5]);
});

test('how many steps an epoch has opens none', () => {
  const { counter, series } = read([
    'Steps/epoch: 8000',
    ...[1, 2, 3, 4, 5, 6, 7].map(
      (i) => `Epoch 01/1 | Step ${50 * i} | Loss 0.${9 - i} (det=0.${i})`,
    ),
  ]);
  assert.equal(counter, 'step');
  assert.equal(series['loss']?.length, 7);
});

test('columns of two parts of the data below a name', () => {
  const stamp = '2019-04-19 22:30:59,798 - INFO - allennlp.training.tensorboard_writer - ';
  const { series } = read(
    THREE.flatMap((epoch) => [
      `${stamp}Epoch ${epoch}/19`,
      `${stamp}                    Training |  Validation`,
      `${stamp}loss            |     1.${9 - epoch}00  |     2.${9 - epoch}00`,
      `${stamp}cpu_memory_MB   |  2578.38${epoch}  |       N/A`,
      `${stamp}accuracy        |     0.5${epoch}0  |     0.4${epoch}0`,
    ]),
  );
  assert.deepEqual(series, {
    loss: [1.9, 1.8, 1.7],
    val_loss: [2.9, 2.8, 2.7],
    accuracy: [0.5, 0.51, 0.52],
    val_accuracy: [0.4, 0.41, 0.42],
  });
});

test('lines that cannot be placed for sure stand beside none of their name', () => {
  const steps = [500, 1000, 1500, 2000, 2500, 3000];
  const { series } = read(
    steps.flatMap((step, i) => [
      `Iteration: ${step} Loss: 0.${9 - i}`,
      `loss: 1.${i}5`,
      ...(i % 3 === 0 ? [`loss: 7.${i}5`] : []),
    ]),
  );
  assert.deepEqual(Object.keys(series), ['loss']);
  assert.deepEqual(series['loss'], [0.9, 0.8, 0.7, 0.6, 0.5, 0.4]);
});

test('a share without a name is no loss', () => {
  const { series } = read(
    THREE.flatMap((epoch) => [`Epoch: ${epoch}`, `Train: 3${epoch}.5%`, `Loss:  1.${9 - epoch}`]),
  );
  assert.deepEqual(series, { accuracy: [0.305, 0.315, 0.325], loss: [1.9, 1.8, 1.7] });
});

test('a letter that counts may touch its number', () => {
  const { epochs, series } = read(
    [8, 9, 10, 11].map((i) => `E${String(i).padStart(3)}/500 | Loss:0.${20 - i} | VAcc:4${i}.5%`),
  );
  assert.deepEqual([epochs, series['loss']?.length], [[8, 9, 10, 11], 4]);
});

test('numbers in a row are of classes, and the first of them is none of the whole', () => {
  const { series } = read(
    THREE.flatMap((epoch) => [
      `**** EPOCH 00${epoch} ****`,
      `mean loss: 1.${9 - epoch}`,
      `mean IoU:1${epoch}.4`,
      `IoU:37.8${epoch}  0.00  0.03  0.1${epoch}  0.04 `,
    ]),
  );
  assert.deepEqual(series['IoU'], [10.4, 11.4, 12.4]);
});
