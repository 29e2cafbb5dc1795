import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTrainingLog } from '../../../src/log/readTrainingLog.ts';
import type { TrainingLog } from '../../../src/log/trainingLog.ts';

function read(lines: readonly string[]): TrainingLog {
  const result = readTrainingLog(`${lines.join('\n')}\n`, 'a.log');
  if (!result.ok) throw result.error;
  return result.value;
}

test("YOLO's results.txt has no header", () => {
  const row = (epoch: number): string =>
    `  ${epoch}/9  11.8G  0.0${9 - epoch}  0.03  0  0.1  30  640  0.1  0.2  0.3  0.${epoch}  0.09  0.04  0`;
  const { epochs, series } = read([0, 1, 2, 3].map(row));
  assert.deepEqual(epochs, [0, 1, 2, 3]);
  assert.deepEqual(series['box'], [0.09, 0.08, 0.07, 0.06]);
  assert.equal(series['val_map@_5']?.[0], 0.3);
});

test('a column under a single name', () => {
  const { series } = read([
    '% mean class accuracy (train set)\t',
    ' 4.3e+01\t',
    ' 7.8e+01\t',
    '9e+01',
  ]);
  assert.deepEqual(series['class_accuracy'], [43, 78, 90]);
});

test('a table of progress in a notebook, not its code', () => {
  const cell = (text: string): string => `      "<td>${text}</td>\\n",`;
  const row = (cells: readonly string[]): readonly string[] => [
    '"<tr>\\n",',
    ...cells.map(cell),
    '"</tr>\\n",',
  ];
  const { epochs, series } = read([
    '{ "cells": [ {',
    '"source": [',
    '"loss = 0.5 # epoch 3\\n"',
    '],',
    '"text/html": [',
    '"<table>\\n", "<tr><th>Epoch</th><th>Training Loss</th><th>Validation Loss</th></tr>\\n",',
    ...row(['1', '0.9', '1.0']),
    ...row(['2', '0.8', '0.95']),
    ']',
    '} ], "nbformat": 4 }',
  ]);
  assert.deepEqual(epochs, [1, 2]);
  assert.deepEqual(
    [series['loss'], series['val_loss']],
    [
      [0.9, 0.8],
      [1, 0.95],
    ],
  );
});

test('what stands behind "Best iteration:" is told twice', () => {
  const line = (i: number): string => `[${i}] train-auc:0.${6 + i} eval-auc:0.${5 + i}`;
  const { epochs, run } = read([line(0), line(1), line(2), 'Stopping. Best iteration:', line(1)]);
  assert.deepEqual([epochs, run.count], [[0, 1, 2], 1]);
});

test('batches of an evaluation are of the epoch before; the line that sums them up counts', () => {
  const epoch = (i: number): readonly string[] => [
    ...[0, 10, 20].map((at) => `Epoch: [${i}][${at}/30]\tLoss 0.${9 - i} (0.${9 - i})`),
    ...[0, 10].map((at) => `Test: [${at}/12]\tLoss 2.5 (2.${i})\tAcc@1 50.0 (5${i}.0)`),
    ` * Acc@1 5${i}.5`,
  ];
  const { epochs, series } = read([0, 1, 2].flatMap(epoch));
  assert.deepEqual(epochs, [0, 1, 2]);
  assert.deepEqual(series['test_loss'], [2, 2.1, 2.2]);
  assert.deepEqual(series['test_acc@1'], [50.5, 51.5, 52.5]);
});

test('what is printed right behind a bar', () => {
  const line = (i: number): string =>
    ` ${i}0%|██▏   | ${i}/10 [00:0${i}<00:09, 1.2s/it]epoch: ${i}, loss: 0.${9 - i}`;
  assert.deepEqual(read([1, 2, 3].map(line)).series['loss'], [0.8, 0.7, 0.6]);
});

test('values that stand before the line of their step', () => {
  const step = (i: number): readonly string[] => [
    `cross_entropy = 0.${9 - i}, learning_rate = 0.1`,
    `loss = 1.${9 - i}, step = ${i}00`,
  ];
  const { series } = read([1, 2, 3].flatMap(step));
  assert.deepEqual(series['cross_entropy'], [0.8, 0.7, 0.6]);
});

test('a change in parentheses is no mean', () => {
  const values = ['2.9 (+0.0)', '2.8 (-0.1)', '2.9 (+0.1)', '2.6 (-0.3)'];
  const { series } = read(
    values.flatMap((value, i) => [`> EPOCH: ${i}/9`, ` | > avg_loss: ${value}`]),
  );
  assert.deepEqual(Object.values(series), [[2.9, 2.8, 2.9, 2.6]]);
});
