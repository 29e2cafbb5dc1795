import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLogReader, readTrainingLog } from '../../../src/log/readTrainingLog.ts';
import { read } from './readLines.ts';

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

test('digits inside a name tell series apart, whatever the lines look like', () => {
  const epoch = (i: number): readonly string[] => [
    `epoch:${i} || Loss:2.${i}`,
    `->> pal1 conf loss:1.${i} || l2_norm: 0.${i}5`,
    `->> pal2 conf loss:7.${i} || l1_norm: 9.${i}5`,
    `epoch: ${i}/9, top 1 acc: 0.${i}1`,
    `epoch: ${i}/9, top 5 acc: 0.${i}9`,
    `INFO Valid HITS@1 at epoch ${i}: 0.${i}2`,
    `INFO Valid HITS@3 at epoch ${i}: 0.${i}3`,
  ];
  const { series } = read([1, 2, 3].flatMap(epoch));
  assert.deepEqual(series['pal1_conf_loss'], [1.1, 1.2, 1.3]);
  assert.deepEqual(series['pal2_conf_loss'], [7.1, 7.2, 7.3]);
  assert.deepEqual(
    [series['l1_norm'], series['l2_norm']],
    [
      [9.15, 9.25, 9.35],
      [0.15, 0.25, 0.35],
    ],
  );
  assert.deepEqual(series['top_1_acc'], [0.11, 0.21, 0.31]);
  assert.deepEqual(series['top_5_acc'], [0.19, 0.29, 0.39]);
  assert.deepEqual(series['val_hits@1'], [0.12, 0.22, 0.32]);
  assert.deepEqual(series['val_hits@3'], [0.13, 0.23, 0.33]);
});

test('what a log says once behind its last epoch is no value of that epoch', () => {
  const epochs = [1, 2, 3, 4, 5].flatMap((i) => [
    `Epoch ${i}/5`,
    `10/10 - 3s - loss: 0.${9 - i} - val_loss: 1.${9 - i}`,
  ]);
  const { series } = read([...epochs, 'Loss: 0.9999', 'Accuracy: 0.85', 'MACRO_AVG: f1 0.6']);
  assert.deepEqual(Object.keys(series), ['loss', 'val_loss']);
  assert.deepEqual(series['loss'], [0.8, 0.7, 0.6, 0.5, 0.4]);
});

test('numbers of places in a program, and other settings, are no series', () => {
  const line = (i: number): string =>
    `12:00:0${i} INFO  core.trainer:after_iter:246 - epoch: ${i}/9, total_loss: ${9 - i}.5`;
  assert.deepEqual(Object.keys(read([1, 2, 3, 4].map(line)).series), ['total_loss']);
});

test('the value stands behind the step', () => {
  const lines = (i: number): readonly string[] => [
    `INFO Training average loss at step ${i}00: 0.${9 - i}`,
    'INFO Evaluating the model... (1000/6250)',
    `INFO Valid MRR at step ${i}00: 0.${i}`,
  ];
  const { counter, series } = read([1, 2, 3].flatMap(lines));
  assert.equal(counter, 'step');
  assert.deepEqual(series, { loss: [0.8, 0.7, 0.6], val_mrr: [0.1, 0.2, 0.3] });
});

test('names that stand behind their numbers', () => {
  const lines = (i: number): readonly string[] => [
    'Region 82 Avg IOU: -nan, Class: -nan, .5R: -nan,  count: 0',
    ` ${i}: 0.121626, 0.${9 - i} avg loss, 0.001 rate, 0.19 seconds, ${i}64 images`,
  ];
  const { counter, epochs, series } = read([1, 2, 3].flatMap(lines));
  assert.deepEqual([counter, epochs], ['step', [1, 2, 3]]);
  assert.deepEqual(series['loss'], [0.8, 0.7, 0.6]);
});

test('a log in Chinese, with its own signs', () => {
  const line = (i: number): string =>
    `Epoch ${i} 完成 | 训练损失：0.${9 - i} | 验证损失：1.${9 - i}，验证准确率：0.${i}`;
  const { series } = read([1, 2, 3].map(line));
  assert.deepEqual(series, {
    loss: [0.8, 0.7, 0.6],
    val_loss: [1.8, 1.7, 1.6],
    val_accuracy: [0.1, 0.2, 0.3],
  });
});

test('rows that nothing counts are rows, not epochs', () => {
  const { counter } = read(['score loss, ctc loss', '0.3, 1.2', '0.2, 1.1', '0.1, 1.0']);
  assert.equal(counter, 'row');
});

test('a table whose names nobody knows counts by its first column', () => {
  const { epochs, series } = read([
    'Generation,Top Fitness,Mean Fitness',
    '1,14,1.5',
    '2,22,1.7',
    '3,25,2.5',
  ]);
  assert.deepEqual(epochs, [1, 2, 3]);
  assert.deepEqual(series['Mean Fitness'], [1.5, 1.7, 2.5]);
});

test('lines of a second run count, though they were new late in the first', () => {
  const early = (i: number): string => `Epoch: 000${i} avg_loss: 9.${i}`;
  const late = (i: number): string => `Epoch: 000${i} avg_loss: 8.${i} part_loss: 7.${i}`;
  const run = [0, 1, 2].map(early).concat([3, 4].map(late));
  const { epochs, run: told } = read([...run, ...run]);
  assert.deepEqual([epochs, told.count], [[0, 1, 2, 3, 4], 2]);
});

test('of several counters in a box the one that is not rounded counts', () => {
  const box = (i: number): readonly string[] => [
    '-----------------------',
    `| rollout/episodes | 2.6e+03 |`,
    `| rollout/return   | ${i}.5    |`,
    `| total/steps      | ${i}2000  |`,
    '-----------------------',
  ];
  assert.deepEqual(read([1, 2, 3].flatMap(box)).epochs, [12_000, 22_000, 32_000]);
});

test('a table of runs is told with its best, and is no curve', () => {
  const result = readTrainingLog(
    'commit\tval_bpb\tstatus\nabc1234\t1.2\tkeep\n5409e06\t0.0\tcrash\ndef5678\t1.1\tkeep\n',
    'results.tsv',
  );
  assert.ok(!result.ok);
  assert.match(result.error.happened, /table of 3 runs.*The best val_bpb is 1\.1, in line 4/s);
  assert.match(
    result.error.happened,
    /1 of them failed.*began with 1\.2 in line 2, and 1 run did/s,
  );
  const settings = readTrainingLog(
    'batch_size,num_epochs,accuracy\n64,15,72\n32,30,77\n',
    'search.csv',
  );
  assert.match(settings.ok ? '' : settings.error.happened, /table of 2 runs/);
});

test('a heading behind its bars: the bar after the line that sums up is of the next epoch', () => {
  const epoch = (i: number): readonly string[] => [
    ` 99%|#########9| 170/171 [00:25<00:00, 6.9batch/s, loss=${i}.82]`,
    `100%|##########| 171/171 [00:25<00:00, 7.5batch/s, loss=${i}.81]`,
    `Epoch ${i}:`,
    `loss=${i}.8177, accuracy=0.${i}`,
    `val_loss=4.${i}`,
  ];
  const { epochs, series } = read(['0epoch [00:00, ?epoch/s]', ...[1, 2, 3].flatMap(epoch)]);
  assert.deepEqual(epochs, [1, 2, 3]);
  assert.deepEqual(series['loss'], [1.8177, 2.8177, 3.8177]);
});

test('a step and its total under two names in one', () => {
  const line = (i: number): string =>
    `{'loss': 1.${9 - i}, 'epoch': 0.0, 'global_step/max_steps': '${i}0/58114', 'elapsed_time': '${i}m 52s'}`;
  const { counter, epochs, series } = read([1, 2, 3].map(line));
  assert.deepEqual([counter, epochs], ['step', [10, 20, 30]]);
  assert.deepEqual(series, { loss: [1.8, 1.7, 1.6] });
});

test('a run that was given up is no part of the next, whose lines begin otherwise', () => {
  const warm = (i: number): string => `Epoch: 000${i} avg_loss: ${300 - i}.5 time: 8.2s`;
  const full = (i: number): string => `Epoch: 000${i} avg_loss: ${200 - i}.5 part_loss: 4${i}.5`;
  const run = [0, 1, 2].map(warm).concat([3, 4, 5, 6].map(full));
  const { epochs, series, run: at } = read([...run, full(0), full(1), ...run]);
  assert.deepEqual([epochs, at], [[0, 1, 2, 3, 4, 5, 6], { index: 3, count: 3 }]);
  assert.deepEqual(series['loss'], [300.5, 299.5, 298.5, 197.5, 196.5, 195.5, 194.5]);
});

test('an evaluation of every epoch behind the training is no run', () => {
  const train = (i: number): string =>
    `epoch ${i} done, loss ${(1 / (i + 1)).toFixed(3)}, auc 0.6${i}`;
  const infer = (i: number): string => `infer epoch: ${i}, auc: 0.5${i}, speed 4`;
  const { epochs, series } = read([0, 1, 2, 3, 4].map(train).concat([2, 3, 4].map(infer)));
  assert.deepEqual(epochs, [0, 1, 2, 3, 4]);
  assert.deepEqual(series['auc'], [0.6, 0.61, 0.62, 0.63, 0.64]);
});

test('the runs of a log by steps count steps', () => {
  const reader = createLogReader('a.log');
  for (const from of [1, 1])
    for (let i = from; i < 9; i += 1) reader.push(`step ${i}: loss 0.${9 - i}5\n`);
  assert.deepEqual(
    reader.runs().map(({ epochs, counter }) => [epochs, counter]),
    [
      [8, 'step'],
      [8, 'step'],
    ],
  );
});
