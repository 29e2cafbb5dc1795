import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { attemptSchema } from '../../../src/record/attempt.ts';
import { documents } from '../../../src/show/documents/contract.ts';
import { changeStudy } from '../../vscode/workspace.ts';
import { cortex, digitsCopy, git } from './cortex.ts';

let copy: Awaited<ReturnType<typeof digitsCopy>>;
const replace = async (file: string, from: string | RegExp, to: string): Promise<void> => {
  const path = join(copy.folder, file);
  const text = await readFile(path, 'utf8');
  assert.notEqual(text.replace(from, to), text);
  await writeFile(path, text.replace(from, to));
};

describe('a baseline whose loss is no number after the first steps', () => {
  before(async () => {
    copy = await digitsCopy();
    await changeStudy(copy.folder, {
      epochs: 3,
      seeds: 2,
      data: { csv: 'digits.csv', target: 'label', task: 'regression', inputShape: [8, 8, 1] },
    });
    await replace(
      'model.ts',
      /optimizer: .*\n.*loss: .*\n.*metrics: .*\n/,
      `optimizer: tf.train.sgd(1e6),\n    loss: 'meanSquaredError',\n`,
    );
    await replace('model.ts', `, activation: 'softmax'`, '');
  });
  after(() => copy.remove());

  test('is repaired for real, and the repair can be applied and searched on', async () => {
    const run = await cortex(copy.folder, 'improve', 'model.ts', '--rounds', '1', '--json');
    assert.equal(run.code, 0, run.stderr);
    const report = documents.improve.parse(JSON.parse(run.stdout));
    assert.equal(report.stopped, 'baseline repaired');
    assert.match(
      report.findings[0] ?? '',
      /could not be trained as it is; learning rate 1\.?0*e\+?6 → 0\.01 lets it train/i,
    );
    assert.equal(
      (
        await git(
          copy.folder,
          'log',
          '--format=%(trailers:key=Cortex-Verdict,valueonly)%(trailers:key=Cortex-Failure,valueonly)',
          'cortex/digits',
        )
      )
        .replaceAll(/\s+/g, ' ')
        .trim(),
      'baseline crashed not-a-number',
    );
    assert.equal((await cortex(copy.folder, 'apply', report.best.id)).code, 0);
    assert.match(await readFile(join(copy.folder, 'model.ts'), 'utf8'), /sgd\(0\.01\)/);
    const next = documents.improve.parse(
      JSON.parse(
        (await cortex(copy.folder, 'improve', 'model.ts', '--rounds', '1', '--no-check', '--json'))
          .stdout,
      ),
    );
    assert.equal(next.baseline.id, report.best.id);
    assert.equal(next.attempts.length, 1);
  });
});

describe('a learning rate of a million that trains to numbers', () => {
  before(async () => {
    copy = await digitsCopy();
    await changeStudy(copy.folder, { epochs: 3, seeds: 2 });
    await replace('model.ts', 'adam(0.001)', 'adam(1e6)');
  });
  after(() => copy.remove());

  test('is found by the check, not called trained well enough', async () => {
    const run = await cortex(copy.folder, 'improve', 'model.ts', '--rounds', '1', '--json');
    assert.equal(run.code, 0, run.stderr);
    const { findings, attempts } = documents.improve.parse(JSON.parse(run.stdout));
    assert.match(
      findings[0] ?? '',
      /^Your baseline takes steps that are too large: learning rate 0\.001 instead of .* lowers val_loss from/,
    );
    assert.deepEqual(
      attempts.map(({ verdict }) => verdict),
      ['better'],
    );
  });
});

describe('a data file that changes between two runs', () => {
  before(async () => {
    copy = await digitsCopy();
    await changeStudy(copy.folder, { epochs: 2, seeds: 2 });
  });
  after(() => copy.remove());

  test('gets a new baseline, and the terminal says why', async () => {
    const improve = (): ReturnType<typeof cortex> =>
      cortex(copy.folder, 'improve', 'model.ts', '--rounds', '1', '--no-check', '--json');
    const first = documents.improve.parse(JSON.parse((await improve()).stdout));
    const path = join(copy.folder, 'digits.csv');
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
    await writeFile(path, `${lines.slice(0, -40).join('\n')}\n`);
    const run = await improve();
    const second = documents.improve.parse(JSON.parse(run.stdout));
    assert.notEqual(second.baseline.id, first.baseline.id);
    assert.equal(second.validationUse?.looks, 2);
    assert.match(
      run.stderr,
      /The data is not what it was \(its hash is \w{8}, up to attempt #1 it was \w{8}\): a new baseline is trained, the noise is measured anew, and the 2 earlier attempts on the old data are no longer compared with\./,
    );
  });
});

describe('small data', () => {
  before(async () => {
    copy = await digitsCopy();
    await changeStudy(copy.folder, { epochs: 2, seeds: 2, log: undefined });
    const path = join(copy.folder, 'digits.csv');
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
    await writeFile(path, `${lines.slice(0, 301).join('\n')}\n`);
  });
  after(() => copy.remove());

  test('folds are suggested once; with them a trial tells of all its models', async () => {
    const first = await cortex(copy.folder, 'train', 'model.ts');
    assert.match(
      first.stderr,
      /The data has 300 rows: .*write "split": \{ "folds": 5 \} in cortex\.json/,
    );
    await changeStudy(copy.folder, { split: { folds: 5 } });
    const second = await cortex(copy.folder, 'train', 'model.ts', '--json');
    assert.equal(second.code, 0, second.stderr);
    assert.doesNotMatch(second.stderr, /The data has 300 rows/);
    const record = await git(copy.folder, 'show', 'cortex/digits:.cortex/attempt.json');
    const { trials } = attemptSchema.parse(JSON.parse(record));
    assert.deepEqual(
      trials.map(({ epochs, curves }) => [epochs, curves['val_loss']?.length]),
      [
        [10, 2],
        [10, 2],
      ],
    );
  });
});
