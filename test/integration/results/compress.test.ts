import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { documents } from '../../../src/show/documents/contract.ts';
import { cortex, digitsCopy } from '../cli/cortex.ts';

describe('a trained model made smaller', () => {
  let copy: Awaited<ReturnType<typeof digitsCopy>>;
  const json = async (...args: readonly string[]): Promise<unknown> => {
    const run = await cortex(copy.folder, ...args, '--json', '--runtime', 'wasm');
    assert.equal(run.code, 0, run.stderr);
    return JSON.parse(run.stdout);
  };
  before(async () => {
    copy = await digitsCopy();
    const path = join(copy.folder, 'cortex.json');
    const config = JSON.parse(await readFile(path, 'utf8')) as object;
    await writeFile(path, JSON.stringify({ ...config, epochs: 3, seeds: 2 }));
    await json('train', 'model.ts');
  });
  after(() => copy.remove());

  test('every way with every precision, judged on shared seeds and recorded', async () => {
    const { original, tried, seeds, best, metric, confirmed } = documents.compress.parse(
      await json('compress', '0', '--seeds', '3', '--may-lose', '0.5', '--confirm'),
    );
    assert.deepEqual([metric, seeds], ['val_accuracy', [1, 2, 3]]);
    assert.equal(original.bytes, 4 * 1210);
    const ways = new Set(tried.map(({ method, change }) => `${method} ${change}`));
    assert.deepEqual(
      [...ways].sort(),
      [
        'as-trained ',
        ...['distillation', 'narrowing', 'pruning-and-distillation', 'structured-pruning'].flatMap(
          (method) => [`${method} 16 → 4`, `${method} 16 → 8`],
        ),
        ...['low-rank-factors 16 through 3', 'low-rank-factors 16 through 6'],
        ...['magnitude-pruning 50 % zeros', 'magnitude-pruning 75 % zeros'],
      ].sort(),
    );
    const bits = tried.find(
      ({ method, precision }) => method === 'as-trained' && precision === 'uint8',
    );
    assert.ok((bits?.bytes ?? Infinity) <= original.bytes / 4 + 32);
    assert.equal(bits?.verdict, 'not-worse');
    assert.ok(best && best.bytes < original.bytes / 8, JSON.stringify(best));
    const { attempts } = documents.history.parse(await json('history', 'model.ts'));
    assert.deepEqual(
      attempts.map(({ kind }) => kind),
      [
        'baseline',
        'compression',
        ...Array.from({ length: 2 }, () => [
          ...['compression', 'compression'],
          ...['distillation', 'distillation'],
        ]).flat(),
        ...['compression', 'compression', 'compression', 'compression'],
        'unsealing',
      ],
    );
    assert.equal(confirmed?.kind, 'not-worse');
    assert.match(confirmed.text, /On the sealed part \(opening 1\): .* of test_accuracy at 95 %/);
    const shown = documents.show.parse(await json('show', best.attempt));
    assert.match(shown.diff, /^-.*units: 16\b[\s\S]*^\+.*units: \d\b/m);
    const exported = documents.export.parse(
      await json('export', best.attempt, '--quantize', '8', '--to', 'small'),
    );
    assert.ok(exported.difference < 0.3, String(exported.difference));
    const sparse = tried.find(
      ({ change, precision }) => /75/.test(change) && precision === 'uint8',
    );
    assert.ok(sparse && sparse.bytes < (bits?.bytes ?? 0), JSON.stringify(sparse));
    const { files } = documents.export.parse(
      await json('export', sparse.attempt, '--quantize', '8', '--to', 'sparse'),
    );
    const [whole, packed] = ['.bin', '.bin.gz'].map((end) =>
      files.find(({ name }) => name.endsWith(end)),
    );
    assert.ok(whole && packed && packed.bytes < 0.7 * whole.bytes, JSON.stringify(files));
  });

  test('where nothing is as good that is the answer', async () => {
    const { best, tried } = documents.compress.parse(
      await json('compress', '0', '--seeds', '2', '--limit', '0.01', '--may-lose', '1e-9'),
    );
    assert.equal(best, null);
    const bytes = tried.filter(({ precision }) => precision === 'uint8');
    const cost = bytes.find(({ method }) => method === 'as-trained')?.verdict !== 'not-worse';
    assert.equal(
      bytes.some(({ method }) => method === '8-bit-aware'),
      cost,
    );
  });

  test('with folds the weights are held against themselves, on the fold that they did not see', async () => {
    const path = join(copy.folder, 'cortex.json');
    const config = JSON.parse(await readFile(path, 'utf8')) as object;
    await writeFile(path, JSON.stringify({ ...config, split: { folds: 3 } }));
    const { commit } = documents.train.parse(await json('train', 'model.ts'));
    assert.ok(commit);
    const { original, tried } = documents.compress.parse(
      await json('compress', commit, '--seeds', '2', '--limit', '0.01', '--may-lose', '0.5'),
    );
    const half = tried.find(({ precision }) => precision === 'float16');
    const [own = NaN, rounded = NaN] = [original, half].map(
      (each) => each?.measures['val_accuracy'] ?? NaN,
    );
    assert.ok(Math.abs(own - rounded) < 0.005, `${own} ${rounded}`);
  });
});
