import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { studyConfigSchema } from '../../../src/record/studyConfig.ts';
import { decodeImage } from '../../../src/workers/tfjs/data/files/decodeImage.ts';
import { readFileData } from '../../../src/workers/tfjs/data/files/readFileData.ts';
import { scaleImage } from '../../../src/workers/tfjs/data/files/scaleImage.ts';
import type { ArrayData } from '../../../src/workers/tfjs/data/types.ts';

const FIXTURES = resolve(import.meta.dirname, '../../fixtures/data');

/** What the rows of the fixtures are, written by pandas' and NumPy's own libraries. */
const ROWS = Array.from({ length: 40 }, (_, i) => ({
  width: i % 7,
  kind: i % 4 === 0 ? 'round' : 'flat',
  height: (i * 3) % 5,
}));

const BY_KIND = { target: 'kind', task: 'classification' } as const;

async function dataOf(folder: string, data: object, config: object = {}): Promise<ArrayData> {
  const parsed = studyConfigSchema.parse({ data, ...config });
  assert.ok(typeof parsed.data === 'object');
  const asked = { tf, folder, config: parsed, data: parsed.data, seal: 'unsealed' } as const;
  return (await readFileData(asked)).data;
}

async function written(name: string, text: string, data: object): Promise<ArrayData> {
  const folder = await mkdtemp(join(tmpdir(), 'cortex-files-'));
  try {
    await writeFile(join(folder, name), text);
    return await dataOf(folder, data);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const csv = (separator: string, quote = ''): string =>
  [
    ['width', 'kind', 'height'].join(separator),
    ...ROWS.map(({ width, kind, height }) => [width, quote + kind + quote, height].join(separator)),
  ].join('\n');

describe('rows in files', () => {
  test('one table means the same as CSV with any separator, JSON lines, Parquet', async () => {
    const jsonl = ROWS.map((row) => JSON.stringify(row)).join('\n');
    const all = await Promise.all([
      ...[',', ';', '\t', '|', ' '].map((separator) =>
        written('t.csv', csv(separator), { csv: 't.csv', ...BY_KIND }),
      ),
      written('t.csv', csv('~'), { csv: 't.csv', separator: '~', ...BY_KIND }),
      written('t.csv', csv(',', '"'), { csv: 't.csv', ...BY_KIND }),
      written('t.jsonl', jsonl, { jsonl: 't.jsonl', ...BY_KIND }),
      dataOf(FIXTURES, { parquet: 'snappy.parquet', ...BY_KIND }),
      dataOf(FIXTURES, { parquet: 'zstd.parquet', ...BY_KIND }),
    ]);
    for (const { hash } of all) assert.equal(hash, all[0]?.hash);
    assert.deepEqual(all[0]?.outputs[0]?.classes, ['flat', 'round']);
    assert.deepEqual(all[0]?.inputs, [{ name: null, shape: [2] }]);
  });

  test('quoted cells hold separators and line ends; a bad cell is named by its line', async () => {
    const rows = Array.from({ length: 20 }, (_, i) => `"${i % 2 ? 'a;\nb' : 'c, d'}";${i};0.5`);
    const text = `"kind";"x, y";z\n${rows.join('\n')}\n`;
    const data = await written('t.csv', text, { csv: 't.csv', ...BY_KIND });
    assert.deepEqual(data.outputs[0]?.classes, ['a;\nb', 'c, d']);
    await assert.rejects(
      written('t.csv', text.replace('3;0.5', 'three;0.5'), { csv: 't.csv', ...BY_KIND }),
      /row 4 \(line 7\), column "x, y" is "three"/,
    );
  });

  test('lists in a column are inputs of their own length', async () => {
    const data = await dataOf(FIXTURES, {
      parquet: 'lists.parquet',
      target: 'y',
      task: 'regression',
    });
    assert.deepEqual(data.inputs, [{ name: null, shape: [2] }]);
    const lines = Array.from({ length: 30 }, (_, i) =>
      JSON.stringify({
        image: [
          [i, 1],
          [2, 3],
          [4, 5],
        ],
        pair: [i, -i],
      }),
    ).join('\n');
    const images = await written('t.jsonl', lines, {
      jsonl: 't.jsonl',
      target: 'pair',
      task: 'regression',
    });
    assert.deepEqual(images.inputs, [{ name: null, shape: [3, 2] }]);
    assert.deepEqual(images.outputs[0]?.shape, [2]);
  });

  test('NPZ: all rows under x and y, or ready-made parts in any order of bytes', async () => {
    const whole = await dataOf(FIXTURES, { npz: 'whole.npz' });
    assert.equal(whole.outputs[0]?.task, 'classification');
    assert.equal(whole.rows.train + whole.rows.validation + whole.rows.test, 40);
    const parts = await dataOf(FIXTURES, { npz: 'parts.npz' });
    assert.equal(parts.outputs[0]?.task, 'regression');
    assert.deepEqual(
      [...(parts.test?.targets ?? [])],
      ROWS.slice(24).map((_, i) => (i + 24) * 1.5),
    );
    const expected = ROWS.slice(24).flatMap(({ width, height }) => [width, height]);
    assert.deepEqual([...(parts.test?.inputs ?? [])], expected);
  });

  test('a folder of images: one folder a class, PNG of every kind and JPEG', async () => {
    const config = { split: { validation: 0.25, test: 0.25 } };
    const data = await dataOf(FIXTURES, { images: 'images', inputShape: [6, 6, 3] }, config);
    assert.deepEqual(data.outputs[0]?.classes, ['dark', 'light']);
    assert.equal(data.rows.train + data.rows.validation + data.rows.test, 12);
    const means = (part: ArrayData['train']): readonly number[] =>
      [...part.targets].map((_, row) => {
        const points = part.inputs.slice(row * 108, (row + 1) * 108);
        return points.reduce((sum, value) => sum + value, 0) / points.length;
      });
    for (const [row, mean] of means(data.train).entries())
      assert.ok(mean > 0.5 === (data.train.targets[row] === 1), `row ${row}: ${mean}`);
  });

  test('images are scaled to the shape asked for, and turned grey', async () => {
    const path = join(FIXTURES, 'images', 'light', '4.png');
    const image = decodeImage(path, await readFile(path));
    assert.deepEqual([image.height, image.width, image.channels], [9, 12, 3]);
    const grey = scaleImage(tf, image, [3, 4, 1]);
    assert.equal(grey.length, 12);
    assert.ok(grey.every((value) => value > 0.6 && value < 1));
  });
});

describe('files that are not what they are called', () => {
  const broken: readonly (readonly [string, string, object, RegExp])[] = [
    ['t.jsonl', '{"a":1}\n{"a":', { jsonl: 't.jsonl', target: 'a' }, /line 2: .*JSON/],
    ['t.jsonl', '[1,2]\n', { jsonl: 't.jsonl', target: 'a' }, /line 1 is no object/],
    ['t.npz', 'PK', { npz: 't.npz' }, /t\.npz cannot be read/],
    ['t.parquet', 'PAR?', { parquet: 't.parquet', target: 'a' }, /t\.parquet cannot be read/],
    ['t.csv', 'a;b\n1;2\n1;2;3', { csv: 't.csv', target: 'a' }, /cannot be read as CSV/],
  ];
  for (const [name, text, data, says] of broken)
    test(`${name}: ${says.source}`, () =>
      assert.rejects(
        written(name, text, 'npz' in data ? data : { task: 'regression', ...data }),
        says,
      ));

  test('a folder without images, and one that is not there', async () => {
    const shape = { inputShape: [6, 6, 1] };
    await assert.rejects(dataOf(FIXTURES, { images: 'images/dark', ...shape }), /has no rows/);
    await assert.rejects(dataOf(FIXTURES, { images: 'none', ...shape }), /does not exist/);
  });
});
