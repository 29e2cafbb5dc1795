import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Compressed, Smaller } from '../../../src/loop/compress/smaller.ts';
import { answerOf, exportFlags, frontOf } from '../../../src/show/smallerWords.ts';

const point = (
  bytes: number,
  gain: number,
  kind: Smaller['verdict']['kind'] = 'worse',
): Smaller => ({
  method: 'narrowing',
  change: '16 → 8',
  precision: 'uint8',
  bytes,
  parameters: bytes,
  trials: [],
  measures: { val_accuracy: 0.9 + gain },
  attempt: `study-${bytes}`,
  verdict: { kind, gain: { least: gain - 0.01, most: gain + 0.01 }, text: '' },
});

const compressed = (best: Smaller | null, ...tried: readonly Smaller[]): Compressed => ({
  metric: 'val_accuracy',
  margin: 0.02,
  framework: 'keras',
  seeds: [1, 2, 3],
  original: { bytes: 800, parameters: 200, measures: { val_accuracy: 0.9 } },
  tried,
  best,
  confirmed: null,
});

describe('what is told of a model made smaller', () => {
  test('the front: what nothing outdoes in size and metric at once', () => {
    const tried = [point(100, -0.3), point(100, -0.2), point(200, -0.25), point(300, 0)];
    assert.deepEqual(
      frontOf(tried).map(({ bytes, measures }) => [bytes, measures['val_accuracy']]),
      [
        [100, 0.7],
        [300, 0.9],
      ],
    );
  });

  test('the smallest that holds, and a smaller one that more seeds may prove', () => {
    const best = point(200, 0, 'not-worse');
    const open = point(100, -0.01, 'cannot-tell');
    const [held, maybe, ...more] = answerOf(compressed(best, open, best), Infinity);
    assert.match(
      held ?? '',
      /^The smallest that is not worse by more than 0\.02.*200 bytes \(1\/4/,
    );
    assert.match(maybe ?? '', /^100 bytes .* may be as good: 3 seeds cannot tell/);
    assert.deepEqual(more, []);
  });

  test('within a limit the best that fits it, and beside it the smallest that holds', () => {
    const small = point(100, -0.009, 'not-worse');
    const best = point(200, 0, 'not-worse');
    const [chosen, smallest, ...more] = answerOf(compressed(best, small, best), 256);
    assert.match(chosen ?? '', /^The best of 256 bytes or less that is not worse .* 200 bytes/);
    assert.match(smallest ?? '', /^The smallest that holds, with less to spare: 100 bytes/);
    assert.deepEqual(more, []);
  });

  test('where it is above the limit that is the answer, not that there is none', () => {
    const held = point(400, 0, 'not-worse');
    const told = answerOf(compressed(null, point(100, -0.3), held), 256);
    assert.match(
      told.join(' '),
      /No smaller model of 256 bytes or less .* there is one: 400 bytes/,
    );
    assert.deepEqual(answerOf(compressed(null, point(100, -0.3)), Infinity), [
      'No smaller model is known not to be worse by more than 0.02 of val_accuracy.',
    ]);
  });

  test('an export of it is asked for in a format that has such weights', () => {
    assert.equal(exportFlags({ precision: 'float32' }, 'torch'), '');
    assert.equal(exportFlags({ precision: 'uint8' }, 'tfjs'), ' --quantize 8');
    assert.equal(exportFlags({ precision: 'uint8' }, 'keras'), ' --format tflite --quantize 8');
    assert.equal(
      exportFlags({ precision: 'int8-per-channel' }, 'tfjs'),
      ' --format safetensors --quantize 8',
    );
    assert.equal(
      exportFlags({ precision: 'float16' }, 'torch'),
      ' --format safetensors --quantize 16',
    );
  });
});
