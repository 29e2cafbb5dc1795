import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LineSplitter } from '../../../src/log/lines.ts';
import { NumberPlaces } from '../../../src/log/numberPlaces.ts';

/** A step of a Keras console, as it is drawn. */
const step = (done: number, loss: string): string =>
  `\u001b[1m${done}/9999\u001b[0m \u001b[32m━━━\u001b[0m\u001b[37m━━\u001b[0m \u001b[1m3s\u001b[0m ` +
  `- loss: ${loss}\n`;

/** The values that stand where the first line has `9999` and its loss, line by line. */
function valuesOf(text: string): readonly (readonly number[] | null)[] {
  const values: (readonly number[] | null)[] = [];
  let places: NumberPlaces | null = null;
  const splitter: LineSplitter = new LineSplitter(() => {
    const { scan } = splitter;
    const line = splitter.line().text;
    const numbers = ['9999', '0.25'].map((number) => ({
      text: number,
      at: line.indexOf(number),
      value: Number(number),
    }));
    places ??= NumberPlaces.of(scan, numbers, ['loss']);
    const [row, decimals] = [new Float64Array(2), new Int8Array(2)];
    values.push(places?.read(scan, row, decimals) ? [...row] : null);
  });
  splitter.push(Buffer.from(text));
  splitter.finish();
  return values;
}

describe('a line with colours', () => {
  test('has its numbers where the line without them has them', () => {
    assert.deepEqual(valuesOf(step(1, '0.25') + step(12, '0.5') + step(9998, '0.125')), [
      [9999, 0.25],
      [9999, 0.5],
      [9999, 0.125],
    ]);
  });

  test('with a link in it, whose length is another matter, is read in full', () => {
    const link = '\u001b]8;;https://example.org/1\u0007run\u001b]8;;\u0007 ';
    assert.deepEqual(valuesOf(`${link}1/9999 loss: 0.25\n`), [null]);
  });
});
