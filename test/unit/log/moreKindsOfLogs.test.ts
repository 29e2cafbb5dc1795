import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTrainingLog } from '../../../src/log/readTrainingLog.ts';
import { read } from './readLines.ts';

const FOUR = [0, 1, 2, 3];

test('how long an epoch took counts no epochs', () => {
  const lines = [1, 2, 3].flatMap((epoch) => [
    `Epoch ${epoch} Loss ${4 - epoch}.5 Accuracy 0.${epoch}`,
    `Time taken for 1 epoch: 29${epoch}.5 secs`,
  ]);
  const { epochs, series } = read(lines);
  assert.deepEqual(
    [epochs, series['loss']],
    [
      [1, 2, 3],
      [3.5, 2.5, 1.5],
    ],
  );
});

test('a line that is all names and numbers needs no signs', () => {
  const { series, counter } = read(
    FOUR.map((i) => `step ${10 * i} | loss 0.${9 - i} | lm 5.${i} | grad 0.7${i} | 414 tok/s`),
  );
  assert.equal(counter, 'step');
  assert.deepEqual(series['lm'], [5, 5.1, 5.2, 5.3]);
  assert.deepEqual(series['grad'], [0.7, 0.71, 0.72, 0.73]);
});

test('an unknown name behind a validation loss is of no part of the data', () => {
  const { series } = read(
    FOUR.map((i) => `Epoch: ${i}, Train Loss: 0.${8 - i}, Val Loss: 0.${9 - i}, Alpha: 0.${i}5`),
  );
  assert.deepEqual(Object.keys(series).toSorted(), ['Alpha', 'loss', 'val_loss']);
});

test('numbered series keep their numbers beside each other', () => {
  const { series } = read(
    FOUR.map((i) => `{"step": ${i}, "train/acc_1": 0.${i}1, "train/acc_2": 0.${i}2}`),
  );
  assert.deepEqual(series['acc_2'], [0.02, 0.12, 0.22, 0.32]);
  assert.equal(series['accuracy'], undefined);
});

test('what batches took is no measure', () => {
  const result = readTrainingLog(
    FOUR.map((i) => `Test: [${10 * i}/124] Data 0.3${i} (0.35) Batch 0.4${i} (0.45).\n`).join(''),
    'inference.log',
  );
  assert.equal(result.ok, false);
});

test('a loss that nobody knows is shown in every epoch, not only in those of a known metric', () => {
  const lines = [0, 1, 2, 3, 4, 5].flatMap((epoch) => [
    ...[1, 2].map((i) => `[epoch: ${epoch}, iter: ${2 * epoch + i}] l_pix: ${9 - epoch}.${i}`),
    ...(epoch % 2 === 0 ? [`# Validation # PSNR: 3${epoch}.5`] : []),
  ]);
  const { epochs, series } = read([...lines, '[epoch: 6, iter: 13] l_pix: 1.5']);
  assert.deepEqual(epochs.slice(0, 6), [0, 1, 2, 3, 4, 5]);
  assert.deepEqual(series['val_psnr']?.slice(0, 5), [30.5, null, 32.5, null, 34.5]);
});

test('the monitor of an environment has short names for its columns', () => {
  const { series, counter } = read([
    '# {"t_start": 1.5}',
    'r,l,t',
    '7,9,2.07',
    '9,11,2.09',
    '8,8,3.1',
  ]);
  assert.deepEqual([counter, series['reward'], series['length']], ['row', [7, 9, 8], [9, 11, 8]]);
});

test('a line that comes twice in an epoch is of the part of the data before it', () => {
  const { series } = read(
    [1, 2, 3].flatMap((epoch) => [
      `==> Epoch ${epoch}/3`,
      `train_loss tensor(0.${9 - epoch}5, device='cuda:0', grad_fn=<MeanBackward0>)`,
      `running_corrects: ${10 * epoch}.0`,
      `val_loss tensor(1.${9 - epoch}, device='cuda:0')`,
      `running_corrects: ${epoch}.0`,
    ]),
  );
  assert.deepEqual(series['running_corrects'], [10, 20, 30]);
  assert.deepEqual(series['val_running_corrects'], [1, 2, 3]);
  assert.deepEqual(
    [series['loss'], series['val_loss']],
    [
      [0.85, 0.75, 0.65],
      [1.8, 1.7, 1.6],
    ],
  );
});

test('a table under the times of a logger', () => {
  const stamp = '2021-01-25 05:58:59 [INFO]: ';
  const row = (epoch: number, batch: number): string =>
    `${stamp}   ${epoch}/3    ${batch}/8   0.${8 - batch}   2.${batch}   19   ${15.5 - epoch}`;
  const { epochs, series } = read([
    `${stamp}  Epoch   Batch     box    conf      id   total`,
    ...FOUR.flatMap((epoch) => [0, 4, 8].map((batch) => row(epoch, batch))),
  ]);
  assert.deepEqual([epochs, series['total']], [FOUR, [15.5, 14.5, 13.5, 12.5]]);
});

test('games inside an epoch are none of its measures', () => {
  const { series } = read(
    [1, 2, 3].flatMap((epoch) => [
      ...FOUR.map((i) => `  game  ${i + 1}/4  id=${7000 + i}  plies=${90 + i}  avg_len=${60 + i}`),
      `  epoch ${epoch}/3  loss=1.${9 - epoch}  val=1.${8 - epoch}`,
    ]),
  );
  assert.deepEqual(Object.keys(series).toSorted(), ['loss', 'val_score']);
});

test('what stands before the first step is of that step, whatever counted before', () => {
  const { epochs, series } = read([
    '=> calculated gradient accumulation steps: 4',
    ...FOUR.flatMap((i) => [
      ...(i % 2 === 0 ? [`validation loss: 1${i}.5`] : []),
      `step ${i} | loss: 1${i}.25 | lr 1e-4`,
    ]),
  ]);
  assert.deepEqual([epochs, series['val_loss']], [FOUR, [10.5, null, 12.5, null]]);
});

test('the metric writer of CLU names the step before its values, and another line repeats it', () => {
  const { epochs, series } = read(
    [10, 20, 30, 40].flatMap((step) => [
      `I0103 20:09:51.218508 13997 logging_writer.py:35] [${step}] train_loss=0.${90 - step}`,
      `I0103 20:09:51.897993 13997 train.py:201] Step: ${step}/10000 0.1%, ETA: 4.64h`,
    ]),
  );
  assert.deepEqual(
    [epochs, series['loss']],
    [
      [10, 20, 30, 40],
      [0.8, 0.7, 0.6, 0.5],
    ],
  );
});

test('two trainings that write in turn are told apart from one', () => {
  const line = (epoch: number, i: number): string => `(epoch: ${epoch}, iters: ${i}) G_L1: 2.${i}`;
  const lines = Array.from({ length: 30 }, (_, i) => [line(3, i), line(12, i)]).flat();
  const result = readTrainingLog(lines.join('\n'), 'loss_log.txt');
  assert.equal(result.ok ? '' : result.error.code, 'log-interleaved');
});

test('the last batch that a bar shows is no loss of an epoch that a line tells', () => {
  const { series } = read(
    [1, 2, 3].flatMap((epoch) => [
      `Epoch ${epoch}: 50%|#####| 1/2 [00:20<00:20, 20s/it, loss=9${epoch}]`,
      `Epoch ${epoch}: 100%|####| 2/2 [00:40<00:00, 20s/it, loss=8${epoch}]`,
      `Epoch ${epoch} Loss: 7${epoch}.5`,
    ]),
  );
  assert.deepEqual(series, { loss: [71.5, 72.5, 73.5] });
});

test('rows of more columns whose counter begins again are of another table', () => {
  const { series, notes } = read([
    'step,score,loss',
    ...FOUR.map((i) => `${100 + i},${i},0.${i}`),
    ...FOUR.map((i) => `${100 + i},${i},50.5,0.${i}`),
  ]);
  assert.deepEqual(series['loss'], [0, 0.1, 0.2, 0.3]);
  assert.match(notes.join(' '), /another number of cells/);
});

test('zero bytes before a line are nothing, however many', () => {
  const { epochs } = read([
    `${'\0'.repeat(10_000)}step 10 | loss 4.5`,
    ...[20, 30, 40].map((step) => `step ${step} | loss 4.${step}`),
  ]);
  assert.deepEqual(epochs, [10, 20, 30, 40]);
});
