import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { numberAt, patternOf } from '../../../src/log/patternOf.ts';
import { readTrainingLog } from '../../../src/log/readTrainingLog.ts';

/** The log read after the number in its first line was given a name. */
function named(lines: readonly string[], number: string, name: string) {
  const [line = ''] = lines;
  const pattern = patternOf(line, line.indexOf(number), name);
  assert.ok(pattern !== null);
  const result = readTrainingLog(`${lines.join('\n')}\n`, 'a.log', { pattern });
  assert.ok(result.ok, pattern);
  return result.value;
}

describe('a number that is given a name', () => {
  test('is read as that series, beside what was read before', () => {
    const { epochs, series } = named(
      ['epoch 1 loss 0.90 held 0.95', 'epoch 2 loss 0.80 held 0.85', 'epoch 3 loss 0.70 held 0.75'],
      '0.95',
      'val_loss',
    );
    assert.deepEqual(epochs, [1, 2, 3]);
    assert.deepEqual(series['loss'], [0.9, 0.8, 0.7]);
    assert.deepEqual(series['val_loss'], [0.95, 0.85, 0.75]);
  });

  test('in columns without names', () => {
    const { epochs, series } = named(['1 0.9 1.2', '2 0.8 1.1', '3 0.7 1e-1'], '1.2', 'val_loss');
    assert.deepEqual(epochs.length, 3);
    assert.deepEqual(series['val_loss'], [1.2, 1.1, 0.1]);
  });

  test('behind a time, among signs that mean something to an expression', () => {
    const { series } = named(
      ['[12:03:04] (run+1) e=1 | L* 0.9 (0.95)', '[12:03:05] (run+1) e=2 | L* 0.8 (0.85)'],
      '0.9 ',
      'loss',
    );
    assert.deepEqual(series['loss'], [0.9, 0.8]);
  });

  test('may be the counter', () => {
    const { epochs, series } = named(['pass 4, loss: 0.9', 'pass 6, loss: 0.8'], '4', 'epoch');
    assert.deepEqual(epochs, [4, 6]);
    assert.deepEqual(series['loss'], [0.9, 0.8]);
  });

  test('takes the place of another number of that name', () => {
    const { series } = named(
      ['epoch 1 loss: 0.9 smooth: 0.95', 'epoch 2 loss: 0.8 smooth: 0.85'],
      '0.95',
      'loss',
    );
    assert.deepEqual(series['loss'], [0.95, 0.85]);
  });

  test('a name with other signs becomes a group', () => {
    const { series } = named(['epoch 1 x 0.9', 'epoch 2 x 0.8'], '0.9', 'Prec@1');
    assert.deepEqual(series['Prec_1'], [0.9, 0.8]);
  });
});

test('where no number stands there is none', () => {
  assert.equal(numberAt('epoch 1 loss: 0.9', 3), null);
  assert.equal(numberAt('epoch 1 loss: 0.9', 15), '0.9');
  assert.equal(patternOf('epoch 1 loss: 0.9', 3, 'val_loss'), null);
});
