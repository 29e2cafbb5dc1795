import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { stringify } from 'csv-stringify/sync';
import { documents } from '../../../src/show/documents/contract.ts';
import { houses } from '../../unit/start/samples.ts';
import { cortex, git } from './cortex.ts';

const folder = await mkdtemp(join(tmpdir(), 'cortex-new-'));
after(() => rm(folder, { recursive: true, force: true }));

describe('a person who has a table alone', () => {
  test('gets a model that is better than always giving the same answer, and goes on from it', async () => {
    const { columns, rows } = houses(300);
    await writeFile(
      join(folder, 'houses.csv'),
      stringify([[...columns], ...rows.map((r) => [...r])]),
    );
    const made = await cortex(folder, 'new', 'houses.csv', '--git', '--json');
    assert.equal(made.code, 0, made.stderr);
    const { models, references, chosen, data, files } = documents.new.parse(
      JSON.parse(made.stdout),
    );
    assert.deepEqual([data.task, data.target], ['regression', 'price']);
    assert.deepEqual(files, ['model.ts', 'cortex.json', 'data.ts', 'DATA.md']);
    const score = models.find(({ name }) => name === chosen)?.score ?? Infinity;
    assert.ok(score < (references[0]?.score ?? 0) / 2, made.stdout);
    assert.ok(models.every((model) => (model.score ?? Infinity) >= score));
    assert.match(
      await readFile(join(folder, 'houses-model', 'DATA.md'), 'utf8'),
      /"price" is predicted/,
    );

    const improved = await cortex(folder, 'improve', 'houses-model', '--rounds', '1', '--json');
    assert.equal(improved.code, 0, improved.stderr);
    const { attempts, baseline } = documents.improve.parse(JSON.parse(improved.stdout));
    assert.equal(attempts.length, 1);
    assert.ok((baseline.metric?.mean ?? Infinity) < 1);
    assert.match(
      await git(join(folder, 'houses-model'), 'branch', '--list', 'cortex/*'),
      /houses-model/,
    );
  });

  test('nothing that is there is written over', async () => {
    const again = await cortex(folder, 'new', 'houses.csv');
    assert.equal(again.code, 2, again.stderr);
    assert.match(again.stderr, /model\.ts is there already.*--to/s);
  });

  test('a name that no first model has leaves nothing behind', async () => {
    const run = await cortex(folder, 'new', 'houses.csv', '--choose', 'magic', '--to', 'other');
    assert.match(run.stderr, /There is no first model "magic".*wide-and-deep/s);
    assert.deepEqual((await readdir(folder)).toSorted(), ['houses-model', 'houses.csv']);
  });

  test('a column that is not there', async () => {
    const run = await cortex(folder, 'new', 'houses.csv', '--target', 'prize', '--to', 'other');
    assert.equal(run.code, 2);
    assert.match(run.stderr, /has no column "prize".*one of its columns: id, area/s);
  });
});
