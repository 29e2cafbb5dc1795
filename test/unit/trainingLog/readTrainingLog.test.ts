import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createLogReader, readTrainingLog } from '../../../src/log/readTrainingLog.ts';
import type { TrainingLog } from '../../../src/log/trainingLog.ts';
import { SAMPLE_LOGS } from './sampleLogs.ts';

function read(text: string, run?: number): TrainingLog {
  const result = readTrainingLog(text, 'a.log', run === undefined ? {} : { run });
  if (!result.ok) throw result.error;
  return result.value;
}

function codeOf(text: string): string {
  const result = readTrainingLog(text, 'a.log');
  return result.ok ? 'read' : result.error.code;
}

describe('formats are recognised by content', () => {
  for (const sample of SAMPLE_LOGS) {
    test(sample.name, () => {
      const log = read(sample.text);
      assert.equal(log.format, sample.format);
      assert.deepEqual(log.epochs, sample.epochs);
      assert.deepEqual(log.series, sample.series);
      assert.deepEqual(log.run, { index: 1, count: 1 });
    });
  }

  test('each epoch knows its line', () => {
    assert.deepEqual(read('start\n\nEpoch 1: loss=0.5\nnoise\nEpoch 2: loss=0.4\n').lines, [3, 5]);
    assert.deepEqual(read('epoch,loss\r\n0,0.5\r\n1,0.4\r\n').lines, [2, 3]);
  });
});

describe('what is no epoch stays none', () => {
  const noise = [
    'Epoch 3: val_loss improved from 0.40 to 0.31, saving model to weights.05-0.31.h5',
    'Epoch 3: val_loss did not improve from 0.31',
    'Epoch 00003: ReduceLROnPlateau reducing learning rate to 0.0001.',
    'Resuming from epoch 3, loss: 0.40',
    'Best epoch: 3, val_loss: 0.31',
    'Loaded checkpoint (epoch 3, loss 0.4)',
    'Epoch 3/50:  12%|#     | 12/100 [00:01<00:09, loss=0.9]',
    'Train Epoch: 3 [640/60000 (1%)]\tLoss: 2.296',
    'step 30 loss: 0.5',
    'Training for epochs=50 with loss=mse',
    'num_epoch=3 loss=0.4',
    '{"epoch": 3, "loss": 0.',
    'pixel_0,pixel_1,label',
    '[2026-03-12 10:00:00,123] INFO [Partition orders-1 broker=1] orders-1 starts at leader ' +
      'epoch 3 from offset 812 with partition epoch 3, high watermark 812 ' +
      '(kafka.cluster.Partition)',
    '{"level":"info","ts":"2026-03-12T10:00:00.003Z","msg":"raft.node elected ' +
      'leader","term":3,"step":3,"took":"12 ms"}',
    '2026-03-12 10:00:00 [myid:1] - INFO - currentEpoch not found! Creating with epoch: 3, ' +
      'zxid: 0x3, acceptedEpoch=3',
    '20 packets transmitted, 20 received, 0% packet loss, time 19023ms',
    '10.0.0.3 - - [12/Mar/2026:10:00:03 +0000] "GET /epoch/3?loss=0.3 HTTP/1.1" 200 512 "-" ' +
      '"curl" rt=0.003',
    '0.1,0.2,3',
  ];
  for (const line of noise) test(line, () => assert.equal(codeOf(`${line}\n`), 'log-no-epochs'));
});

test('decimal commas', () =>
  assert.deepEqual(read('Epoch 3/50 loss: 0,31\nEpoch 4/50 loss: 0,29\n').series, {
    loss: [0.31, 0.29],
  }));

describe('several runs in one file', () => {
  const text =
    'Epoch 1: loss=0.9\nEpoch 2: loss=0.8\nEpoch 1: loss=0.7\nEpoch 2: loss=0.6\nEpoch 3: ' +
    'loss=0.5\n';

  test('the last one is the run', () => {
    const log = read(text);
    assert.deepEqual(
      { loss: log.series['loss'], run: log.run },
      { loss: [0.7, 0.6, 0.5], run: { index: 2, count: 2 } },
    );
  });

  test('another one can be chosen', () =>
    assert.deepEqual(read(text, 1).series, { loss: [0.9, 0.8] }));

  test('one that is not there is refused', () => {
    const result = readTrainingLog(text, 'a.log', { run: 3 });
    assert.equal(!result.ok && result.error.code, 'log-missing-run');
  });

  test('a repeated Keras header begins a run, also of one epoch', () => {
    const log = read('Epoch 1/1\n9/9 - 0s - loss: 0.9\nEpoch 1/1\n9/9 - 0s - loss: 0.8\n');
    assert.deepEqual(
      { series: log.series, count: log.run.count },
      { series: { loss: [0.8] }, count: 2 },
    );
  });

  test('training resumed from a checkpoint replaces what came after it', () => {
    const log = read(
      'Epoch 1: loss=0.9\nEpoch 2: loss=0.8\nEpoch 3: loss=0.7\nEpoch 2: loss=0.75\nEpoch 3: ' +
        'loss=0.65\n',
    );
    assert.deepEqual(
      { epochs: log.epochs, series: log.series, count: log.run.count },
      { epochs: [1, 2, 3], series: { loss: [0.9, 0.75, 0.65] }, count: 1 },
    );
  });

  test('train and validation lines of one epoch are one epoch', () => {
    const log = read(
      '{"epoch":1,"loss":0.9}\n{"epoch":1,"eval_loss":0.8}\n{"epoch":2,"loss":0.7}\n{"epoch":2,"eval_loss":0.6}\n',
    );
    assert.deepEqual(
      { epochs: log.epochs, series: log.series },
      { epochs: [1, 2], series: { loss: [0.9, 0.7], val_loss: [0.8, 0.6] } },
    );
  });
});

describe('a last line without an end', () => {
  test('counts where its number is written like those before it', () => {
    const log = read('Epoch 1: loss=0.912\nEpoch 2: loss=0.811\nEpoch 3: loss=0.711');
    assert.deepEqual(log.series, { loss: [0.912, 0.811, 0.711] });
  });

  test('does not where the number may have gone on', () => {
    const log = read('Epoch 1: loss=0.912\nEpoch 2: loss=0.811\nEpoch 3: loss=0.71');
    assert.deepEqual(log.epochs, [1, 2]);
    const small = read('Epoch 1: loss=0.0120\nEpoch 2: loss=0.0011\nEpoch 3: loss=9.8123');
    assert.deepEqual(small.epochs, [1, 2], '9.8123e-04 cut before its exponent');
  });
});

describe('bad input', () => {
  test('nothing in it', () =>
    assert.deepEqual(['', ' \n\r\n '].map(codeOf), ['log-empty', 'log-empty']));
  test('the error names the file and what was expected', () => {
    const result = readTrainingLog('hello\nworld\n', 'notes.txt');
    assert.ok(!result.ok);
    assert.match(result.error.message, /2 lines of notes\.txt.*Epoch 3\/50 - loss: 0\.31/s);
  });
  test('what is no finite number is read in every spelling, and gives no name to what follows', () => {
    const spellings = {
      nan: NaN,
      NaN,
      '-nan': NaN,
      '1.#QNAN': NaN,
      '-1.#IND00': NaN,
      '1.#INF': Infinity,
      '-1.#INF': -Infinity,
      inf: Infinity,
      '-Infinity': -Infinity,
      '1e400': Infinity,
    };
    const words = [...Object.keys(spellings), 'null', 'None', '0.5'];
    const log = read(
      words.map((word, i) => `Epoch ${i + 1}: loss=${word} val_loss=0.25\n`).join(''),
    );
    assert.deepEqual(log.series, {
      loss: [...Object.values(spellings), null, null, 0.5],
      val_loss: words.map(() => 0.25),
    });
  });
  test('a line without end is passed over', () => {
    const reader = createLogReader('a.log');
    reader.push('Epoch 1: loss=0.5\n');
    for (let i = 0; i < 30; i += 1) reader.push('Epoch 7: loss=0.1 '.repeat(5_000));
    reader.push('\nEpoch 2: loss=0.4\n');
    const result = reader.finish();
    assert.deepEqual(result.ok && result.value.epochs, [1, 2]);
  });
});
