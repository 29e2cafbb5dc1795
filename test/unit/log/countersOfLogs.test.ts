import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTrainingLog } from '../../../src/log/readTrainingLog.ts';
import { read } from './readLines.ts';

const numbers = [1, 2, 3, 4, 5, 6];
const isRead = (lines: readonly string[]): boolean =>
  readTrainingLog(`${lines.join('\n')}\n`, 'a.log').ok;

test('rounds whose steps begin again count as epochs; no heading names their part', () => {
  const lines = numbers.flatMap((round) => [
    `INFO - round:${round} step:100/300, tagger loss: ${7 - round}.5`,
    `INFO - round:${round} step:200/300, tagger loss: ${7 - round}.3`,
    'INFO - evaluate:dev',
    `INFO - accuracy:  9${round}.50%; precision:  70.00%`,
    'INFO - evaluate:test',
    `INFO - accuracy:  8${round}.50%; precision:  60.00%`,
  ]);
  const { epochs, series, counter } = read(lines);
  assert.deepEqual([epochs, counter], [numbers, undefined]);
  assert.deepEqual(series['tagger_loss'], [6.4, 5.4, 4.4, 3.4, 2.4, 1.4]);
  assert.deepEqual(series['val_accuracy']?.slice(0, 2), [0.915, 0.925]);
  assert.deepEqual(series['test_accuracy']?.slice(0, 2), [0.815, 0.825]);
});

test("a bar's per cent is no share, and none of its steps is lost", () => {
  const bar = (step: number): string =>
    `Fitting: ${step * 10}%|${'█'.repeat(step)}| ${step * 100}/1000 [00:0${step}<00:09, 9it/s, Loss=0.${9 - step}]`;
  const { epochs, series, counter } = read([...numbers, 7].map(bar));
  assert.deepEqual([epochs, counter], [[100, 200, 300, 400, 500, 600, 700], 'step']);
  assert.deepEqual(series, { loss: [0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2] });
});

test('an evaluation that looks back at earlier steps takes nothing from the curve', () => {
  const steps = numbers.map((i) => `[STEP ${i}00] loss 0.${9 - i}`);
  const { epochs, series } = read([...steps, '[STEP 200] Evaluated: PSNR 24.5']);
  assert.equal(epochs.length, 6);
  assert.deepEqual(series['PSNR']?.[1], 24.5);
});

test('lines of several members at each round are none of the whole', () => {
  const member = (round: number, who: number): string =>
    `node0${who} submitted round ${round}: local MAE 0.${who}${round}, rows 0`;
  assert.equal(
    isRead(numbers.flatMap((round) => [1, 2, 3].map((who) => member(round, who)))),
    false,
  );
});

test('what two loggers write twice is one curve', () => {
  const line = (i: number): string => `step ${i}: loss 0.${9 - i}1`;
  const { series } = read(numbers.flatMap((i) => [line(i), line(i)]));
  assert.deepEqual(series['loss'], [0.81, 0.71, 0.61, 0.51, 0.41, 0.31]);
});

test('a counter that stands still is no counter of a table', () => {
  const row = (i: number): string => `a,${i},${i},6,0.${i}`;
  const { epochs, counter } = read(['run,step,local_step,total_steps,reward', ...numbers.map(row)]);
  assert.deepEqual([epochs, counter], [numbers, 'step']);
});

test('the line of a whole epoch says the mean; a batch of the evaluation is none', () => {
  const lines = numbers.flatMap((epoch) => [
    `epoch:[ ${epoch}/6 ] train step:0 loss: 9.5 top1: 0.1`,
    `END epoch:${epoch} train loss_avg: 3.${epoch} top1_avg: 0.5${epoch}`,
    `epoch:[ ${epoch}/6 ] val step:0 loss: 8.5 top1: 0.2`,
    `END epoch:${epoch} val loss_avg: 2.${epoch} top1_avg: 0.4${epoch}`,
  ]);
  const { series } = read(lines);
  assert.deepEqual(series['loss'], [3.1, 3.2, 3.3, 3.4, 3.5, 3.6]);
  assert.deepEqual(series['val_loss'], [2.1, 2.2, 2.3, 2.4, 2.5, 2.6]);
});

test('a counter whose number has a letter before it, or stands before its word', () => {
  const { counter, series } = read(
    numbers.flatMap((i) => [`12:00:0${i}, batch i:${i}, length:4${i}`, `kl:0.01,loss:0.${9 - i}`]),
  );
  assert.deepEqual([counter, series['loss']?.length], ['step', 6]);
  const dashed = read(numbers.map((i) => `INFO:0-epoch (${i}/900): total loss 11.${i}, lr 1e-4`));
  assert.deepEqual([dashed.counter, dashed.epochs], ['step', numbers]);
});

test('what stands before a loss names it; the score of two sides counts nothing', () => {
  const { series } = read(numbers.map((i) => `Iter ${i}, Policy Loss: 0.${i}, Value Loss: 1.${i}`));
  assert.deepEqual(Object.keys(series), ['Policy_Loss', 'Value_Loss']);
  const games = numbers.map((i) => `\t${i * 7} - ${i * 6} | ${i} games | average: 7.${i} - 6.1`);
  assert.equal(isRead(games), false);
});

test('the only value of a line that counts needs no sign; a list names before its commas', () => {
  const { series } = read(numbers.map((i) => `epoch ${i}  valid running_average 0.7${i}`));
  assert.deepEqual(series['val_running_average']?.[0], 0.71);
  const list = read(
    numbers.map((i) => `step ${i}, total loss, 0.${i},curr loss, 0.5${i}, mae, 0.6`),
  );
  assert.deepEqual(list.series['loss'], [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]);
});

test('names with numbers in a header, and rows that are named by words', () => {
  const { series } = read([
    'agent acc,loss,max 100 episode reward',
    ...numbers.map((i) => `0.${i},1.${i},${i}`),
    'tp,fp,P,R,F1',
    ...['advise', 'effect', 'int'].map((name) => `${name} 88,77,53.3,63.8,58.1`),
  ]);
  assert.deepEqual(series['max 100 episode reward'], numbers);
  assert.equal(series['F1'] ?? series['f1'], undefined);
});

test('columns of dates, types and parameters are those of runs', () => {
  const row = '2023-06-27 12:41:16,17f,32,MLP,0.6,0.9,None,None';
  const header = 'Date,Id,Experiment Type,Model Type,Rate,R2 Score,Experiment Params,Best Params';
  const result = readTrainingLog(`${header}\n${row}\n${row}\n`, 'a.csv');
  assert.match(result.ok ? '' : result.error.message, /table of 2 runs/);
});

test('a value of the epoch is no epoch; a note with a number is no part of a name', () => {
  const lines = numbers.flatMap((i) => [
    `Training at Epoch #${i}...`,
    `Loss of the epoch:0.${9 - i}5`,
  ]);
  assert.deepEqual(read(lines).series['loss'], [0.85, 0.75, 0.65, 0.55, 0.45, 0.35]);
  const { series } = read(
    numbers.map((i) => `INFO | Base (a=0.1) | Episode ${i}000 | Avg reward (last 1000): -${i}.5`),
  );
  assert.deepEqual(series['reward'], [-1.5, -2.5, -3.5, -4.5, -5.5, -6.5]);
});

test('a setting that differs from row to row is of runs, and the time of a step no step', () => {
  const rows = [32, 128, 512].map((size) => `1.0,${size},0.00${size},1.${size},0.5`);
  const table = ['gpu_num,batch_size,train_step,train_loss,train_acc', ...rows].join('\n');
  const result = readTrainingLog(`${table}\n`, 'a.csv');
  assert.match(result.ok ? '' : result.error.message, /table of 3 runs/);
});

test('three chance values of a name that nobody knows are no curve', () => {
  const lines = numbers.flatMap((i) => [`iteration ${i}`, i < 4 ? `adding: 0.9${i}` : 'nothing']);
  assert.equal(isRead(lines), false);
});
