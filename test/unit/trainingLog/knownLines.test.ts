import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createLogReader, readTrainingLog } from '../../../src/log/readTrainingLog.ts';
import { seededRandom } from '../../../src/util/seededRandom.ts';

/**
 * The losses of a log whose lines are alike but for their digits: all but the first are read
 * without being looked at as text.
 */
function losses(texts: readonly string[]): readonly (number | null)[] {
  const result = readTrainingLog(
    texts.map((text, i) => `epoch=${i + 1} loss=${text} done\n`).join(''),
    'a.log',
  );
  assert.ok(result.ok);
  return result.value.series['loss'] ?? [];
}

describe('lines of a known shape give what each of them says', () => {
  const random = seededRandom(7);
  const digits = (count: number): string =>
    Array.from({ length: count }, () => Math.floor(10 * random.next())).join('');
  const forms: Readonly<Record<string, () => string>> = {
    'whole numbers': () => String(Math.floor(1e6 * random.next())),
    'four decimals': () => random.next().toFixed(4),
    'as many digits as a double has': () => String(0.1 + random.next()),
    'twenty decimals': () => `0.${digits(20)}`,
    'more digits than two doubles hold': () => `${digits(12)}.${digits(30)}`,
    exponents: () => random.next().toExponential(5),
    'large exponents': () => `${digits(3)}.${digits(8)}e-${Math.floor(300 * random.next())}`,
    'long ones with exponents': () => `${digits(1)}.${digits(17)}e-05`,
    'negative ones': () => `-${random.next().toFixed(5)}`,
  };
  for (const [name, make] of Object.entries(forms)) {
    test(name, () => {
      const texts = Array.from({ length: 2_000 }, make);
      assert.deepEqual(losses(texts), texts.map(Number));
    });
  }

  test('per cent, from nothing on', () =>
    assert.deepEqual(losses(['0.0%', '50.5%', '95.2%']), [0, 0.505, 0.952]));

  test('an epoch that is no whole number is not read as one', () => {
    const result = readTrainingLog(
      'epoch 1.0 loss 0.91\nepoch 1.5 loss 0.81\nepoch 2.0 loss 0.71\n',
      'a.log',
    );
    assert.ok(result.ok);
    assert.deepEqual(
      { epochs: result.value.epochs, loss: result.value.series['loss'] },
      { epochs: [1, 1.5, 2], loss: [0.91, 0.81, 0.71] },
    );
  });

  test('words and bars of other alphabets before the numbers', () => {
    const text = [1, 2, 3]
      .map(
        (epoch) =>
          `Époche · ${'━'.repeat(epoch * 5)} epoch ${epoch}: loss=0.${epoch}1 – ✓ 𝛼=0.${epoch}2\n`,
      )
      .join('');
    const result = readTrainingLog(text, 'a.log');
    assert.ok(result.ok);
    assert.deepEqual(result.value.series['loss'], [0.11, 0.21, 0.31]);
  });

  test(
    'a line that is alike but for one sign, or holds a zero byte, is told from the one before ' +
      'it, wherever the pieces are cut',
    () => {
      const text =
        'epoch=1 loss=0.91 a\u00001\nepoch=2 loss=0.81 a\u00002\nepoch=3 loss=-0.71 a\nepoch=4 ' +
        'loss=0.61 a\nepoch=5 loss=0.51 b\nbest epoch=6 loss=0.41 b\nepoch=7 lots=0.31 ' +
        'b\nepoch=8 loss=0.21 b\n';
      for (let size = 1; size <= text.length; size += 1) {
        const reader = createLogReader('a.log');
        for (let at = 0; at < text.length; at += size) reader.push(text.slice(at, at + size));
        const result = reader.finish();
        assert.ok(result.ok);
        assert.deepEqual(
          { epochs: result.value.epochs, loss: result.value.series['loss'] },
          { epochs: [1, 2, 3, 4, 5, 8], loss: [0.91, 0.81, -0.71, 0.61, 0.51, 0.21] },
          `in pieces of ${size}`,
        );
      }
    },
  );
});
