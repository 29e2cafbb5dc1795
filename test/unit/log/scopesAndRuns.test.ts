import assert from 'node:assert/strict';
import { test } from 'node:test';
import { read } from './readLines.ts';

test('how many were right is no step', () => {
  const step = (i: number): readonly string[] => [
    `Global Step: ${i * 10}, accuracy: ${50 + i}.5%, loss = 1.${9 - i} (611.0 examples/sec, 0.21 sec/batch)`,
    `Accuracy on Test-Set: ${40 + i}.50% (${40 + i}50 / 10000)`,
  ];
  const { epochs, series } = read([1, 2, 3, 4].flatMap(step));
  assert.deepEqual(epochs, [10, 20, 30, 40]);
  assert.deepEqual(series['accuracy'], [0.515, 0.525, 0.535, 0.545]);
  assert.deepEqual(series['test_accuracy'], [0.415, 0.425, 0.435, 0.445]);
});

test('a table of groups in every epoch says nothing of the whole', () => {
  const groups = (loss: number): readonly string[] =>
    [0, 1, 2].map((group) => `  water = ${group}  [n = ${9 + group}]:\tloss = ${loss + group}.250`);
  const epoch = (i: number): readonly string[] => [
    `Epoch [${i}]:`,
    'Training:',
    `Average sample loss: 0.${9 - i}10`,
    ...groups(1),
  ];
  const { series } = read([0, 1, 2, 3, 4, 5].flatMap(epoch));
  assert.deepEqual(Object.entries(series), [['sample_loss', [0.91, 0.81, 0.71, 0.61, 0.51, 0.41]]]);
});

test('a training of the layers before, and then of the whole, are runs of their own', () => {
  const cost = (i: number): string => `Pre-training layer 0, epoch ${i}, cost  0.${90 - i}`;
  const error = (i: number): string =>
    `epoch ${i}, minibatch 120/120, validation error ${80 - i}.500000 %`;
  const range = (from: number, to: number): number[] =>
    Array.from({ length: to - from }, (_, i) => from + i);
  const lines = [...range(0, 20).map(cost), ...range(1, 30).map(error)];
  const { epochs, series, run } = read(lines);
  assert.deepEqual([epochs[0], epochs.length, run.count], [1, 29, 2]);
  assert.deepEqual(Object.keys(series), ['val_error']);
});

test('what a bar of the validation prints behind it is not of the validation', () => {
  const bar = 'Validation: |          | 0/? [00:00<?, ?it/s]';
  const line = (i: number): string =>
    `${bar}[12/09/24] INFO   Epoch ${i}: loss 0.${9 - i} kl 0.2${i}`;
  assert.deepEqual(read([1, 2, 3].map(line)).series['loss'], [0.8, 0.7, 0.6]);
});

test('a column that falls as often as it rises counts nothing', () => {
  const rows = [25, 911, 392, 764, 439, 301].map((of, i) => `${of},0.${9 - i},${i + 1}.5`);
  const { counter, series } = read(['Episodes,vf_loss,TrueReturn', ...rows]);
  assert.equal(counter, 'row');
  assert.deepEqual(series['vf_loss'], [0.9, 0.8, 0.7, 0.6, 0.5, 0.4]);
});

test('an event of another kind is of no step', () => {
  const step = (i: number): string => JSON.stringify({ type: 'step', step: i, loss: 1 / i });
  const lines = [1, 2, 3].map(step).concat(JSON.stringify({ type: 'upload', loss: 0.001, n: 4 }));
  assert.deepEqual(read(lines).series['loss'], [1, 1 / 2, 1 / 3]);
});

test('a part of the data alone names a loss or, where it rises, a score', () => {
  const line = (i: number): string => `${i}:\tlearn: 0.6${i}3\ttest: 0.5${i}1\ttotal: 43.7ms`;
  assert.deepEqual(Object.keys(read([0, 1, 2, 3, 4].map(line)).series), ['score', 'val_score']);
  const falls = (i: number): string =>
    `${i}:\tlearn: 0.6${9 - i}3\ttest: 0.5${9 - i}1\ttotal: 43.7ms`;
  assert.deepEqual(Object.keys(read([0, 1, 2, 3, 4].map(falls)).series), ['loss', 'val_loss']);
});

test('columns whose names have numbers in them', () => {
  const { epochs, series } = read([
    'Epoch,Dropout 0.0,Dropout 0.5',
    '1,3.6,3.7',
    '2,3.2,3.3',
    '3,3.1,3.2',
  ]);
  assert.deepEqual(epochs, [1, 2, 3]);
  assert.deepEqual(series['Dropout 0.5'], [3.7, 3.3, 3.2]);
});

test('reports of a single epoch, again and again, are rows', () => {
  const line = (i: number): string =>
    `Epoch:  0 | train loss: 2.${9 - i} | test accuracy: 0.${i + 2}0`;
  const { counter, epochs } = read([0, 1, 2, 3, 4, 5, 6].map(line));
  assert.deepEqual([counter, epochs.length], ['row', 7]);
});

test('a table whose columns bars set apart', () => {
  const { epochs, series } = read([
    ' Epoch | TrainLoss | TrainAcc |  ValLoss |       LR |   Time',
    '     1 |    1.0164 |   50.80% |   0.8634 | 0.001000 |  41.8s  ← best',
    '     2 |    0.8442 |   62.22% |   1.1590 | 0.001000 |  42.1s',
    '     3 |    0.7801 |   66.15% |   0.7055 | 0.000500 |  42.2s  ← best',
  ]);
  assert.deepEqual(epochs, [1, 2, 3]);
  assert.deepEqual(series['accuracy'], [0.508, 0.6222, 0.6615]);
  assert.deepEqual(series['val_loss'], [0.8634, 1.159, 0.7055]);
});

test('how many episodes a mean is over is no step', () => {
  const line = (i: number): string => `[EVAL] episode=${i} reward=${100 + i}.5`;
  const { epochs } = read([
    ...Array.from({ length: 12 }, (_, i) => line(i + 1)),
    '[EVAL] mean_reward=201.04 over 12 episodes',
    '[CHUNK RESULT] chunk=3 mean_reward=201.04',
  ]);
  assert.equal(epochs.length, 12);
});

test('what a model says between the reports of its training is none', () => {
  const said = (i: number): string =>
    `The ${'abcdefghijklmnopqrst'[i] ?? ''}lions: ${i * 7}, so cubs = ${i}`;
  const talk = Array.from({ length: 20 }, (_, i) => said(i));
  const epoch = (i: number): readonly string[] => [
    `=== Epoch ${i}/3 ===`,
    ...talk.slice(6 * i, 6 * i + 6),
    `policy_loss: 0.${9 - i}5, KL: 0.01${i}`,
  ];
  const { series } = read([0, 1, 2].flatMap(epoch));
  assert.deepEqual(Object.keys(series), ['policy_loss', 'KL']);
});

test('names of two words in one', () => {
  const line = (i: number): string => `Epoch ${i}/20 | TrainLoss=0.${9 - i}73 ValAcc=0.${i}9`;
  assert.deepEqual(Object.keys(read([1, 2, 3].map(line)).series), ['loss', 'val_accuracy']);
});

test('a heading over the rest of a bar reports nothing', () => {
  const left = (i: number): string =>
    `Epoch ${i}/9==>......] - ETA: 11s - loss: 0.37 - val_loss: 0.41`;
  const { epochs } = read([
    'Epoch 1/9',
    '9/9 [====] - 2s - loss: 0.68 - val_loss: 0.54',
    'Epoch 2/9',
    '9/9 [====] - 2s - loss: 0.49 - val_loss: 0.49',
    left(3),
    left(4),
  ]);
  assert.deepEqual(epochs, [1, 2]);
});

test('a counter in brackets that jumps is one of steps', () => {
  const line = (i: number): string => `[00${i}500/50000] loss 0.${9 - i}5 | GPU 92% | ETA 69.1 min`;
  const { counter, epochs } = read([1, 2, 3, 4].map(line));
  assert.deepEqual([counter, epochs], ['step', [1500, 2500, 3500, 4500]]);
});

test('a word in parentheses is of the name; what several parts say of a step is none of it', () => {
  const round = (i: number): readonly string[] => [
    `[ROUND ${i}]`,
    `-> loss: 1${i}.5`,
    `-> loss: 2${i}.5`,
    `-> Mega Dice Score: 0.5${i}`,
    `-> Mega Dice Score (aug): 0.4${i}`,
  ];
  const { series } = read([1, 2, 3, 4].flatMap(round));
  assert.deepEqual(series, {
    Mega_Dice_Score: [0.51, 0.52, 0.53, 0.54],
    Mega_Dice_Score_aug: [0.41, 0.42, 0.43, 0.44],
  });
});
