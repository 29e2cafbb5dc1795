import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { createEngine as CreateEngine } from '../../../src/compose.ts';
import type { MetricSummary } from '../../../src/record/measures.ts';
import { metricOf } from '../../../src/record/measures.ts';
import { acceptEverything } from '../../../src/loop/acceptEverything.ts';
import { documents } from '../../../src/show/documents/contract.ts';
import { cortex, digitsCopy, git, root, type Run } from './cortex.ts';

describe('five offline rounds on the digits example', () => {
  let copy: Awaited<ReturnType<typeof digitsCopy>>;
  let run: Run;
  let statusBefore: string;

  before(async () => {
    copy = await digitsCopy();
    statusBefore = await git(copy.folder, 'status', '--porcelain=v2', '--branch');
    run = await cortex(copy.folder, 'improve', 'model.ts', '--rounds', '5', '--json');
  });
  after(() => copy.remove());

  const report = () => documents.improve.parse(JSON.parse(run.stdout));

  test('end with a verdict of better on paired seeds', () => {
    assert.equal(run.code, 0, run.stderr);
    const { attempts, best, baseline } = report();
    assert.equal(attempts.length, 5);
    assert.equal(best.verdict, 'better');
    assert.ok(best.effect && best.effect.seeds >= 2 && best.effect.seeds <= 6);
    assert.equal(best.metric?.values.length, best.effect.seeds);
    assert.ok(best.effect.interval && best.effect.interval[1] < 0);
    assert.ok((best.metric?.mean ?? Infinity) < (baseline.metric?.mean ?? 0));
  });

  test('the sealed test split confirms the direction', async () => {
    const { createEngine } = createRequire(import.meta.url)(join(root, 'dist', 'engine.cjs')) as {
      createEngine: typeof CreateEngine;
    };
    const engine = createEngine({
      distFolder: join(root, 'dist'),
      nodePath: process.execPath,
      builderNames: [],
      runtime: 'auto',
      workers: 1,
      reviewer: acceptEverything,
      onEvent: () => undefined,
      cortexVersion: 'test',
    });
    try {
      const study = await engine.openStudy(join(copy.folder, 'model.ts'));
      const sealed = await engine.unseal(study, report().best.id, new AbortController().signal);
      assert.deepEqual(
        { opening: sealed.opening, saysFirst: /Opened for the first time\.$/.test(sealed.text) },
        { opening: 1, saysFirst: true },
      );
      const mean = (metric: MetricSummary | null): number => metric?.mean ?? NaN;
      assert.ok(
        mean(metricOf(sealed.attempt.trials, 'test_loss')) <
          mean(metricOf(sealed.baseline.trials, 'test_loss')),
      );
    } finally {
      await engine.dispose();
    }
  });

  test('no two attempts are the same change', () => {
    const titles = report().attempts.map((attempt) => `${attempt.parent} ${attempt.title}`);
    assert.equal(new Set(titles).size, titles.length);
  });

  test('the user’s branch, index and files are as they were', async () => {
    assert.equal(await git(copy.folder, 'status', '--porcelain=v2', '--branch'), statusBefore);
    assert.equal(await git(copy.folder, 'stash', 'list'), '');
  });

  test('git log alone is readable, and each commit is the project as it was trained', async () => {
    const log = await git(copy.folder, 'log', '--format=%s', 'cortex/digits');
    assert.match(log, /^#0 baseline /m);
    assert.match(log, /^#1 inconclusive: Check of the baseline: /m);
    assert.match(log, /^#2 \w+: /m);
    const { best } = report();
    const files = await git(copy.folder, 'ls-tree', '--name-only', '-r', best.commit);
    for (const file of ['.cortex/attempt.json', 'cortex.json', 'digits.csv', 'model.ts'])
      assert.ok(files.split('\n').includes(file), file);
    const record = JSON.parse(
      await git(copy.folder, 'show', `${best.commit}:.cortex/attempt.json`),
    ) as { id: string; trials: unknown[] };
    assert.deepEqual(
      { id: record.id, trialsCount: record.trials.length },
      { id: best.id, trialsCount: best.effect?.seeds },
    );
  });

  test('history and show give the same attempts by id, number and commit', async () => {
    const history = documents.history.parse(
      JSON.parse((await cortex(copy.folder, 'history', '.', '--json')).stdout),
    );
    assert.equal(history.attempts[1]?.kind, 'check');
    assert.deepEqual(history.attempts.slice(2, -1), report().attempts);
    assert.deepEqual(
      { kind: history.attempts.at(-1)?.kind, metric: history.attempts.at(-1)?.metric },
      { kind: 'unsealing', metric: null },
      'the opening of the sealed part is on record, without a score to search by',
    );
    const { best } = report();
    for (const name of [best.id, `#${best.number}`, best.commit.slice(0, 12)]) {
      const shown = documents.show.parse(
        JSON.parse((await cortex(copy.folder, 'show', name, '--json')).stdout),
      );
      assert.equal(shown.attempt.id, best.id);
      assert.match(shown.diff, /^\+\+\+ b\/model\.ts/m);
    }
  });

  test('history can be sorted, filtered and grouped', async () => {
    const sorted = documents.history.parse(
      JSON.parse(
        (
          await cortex(
            copy.folder,
            'history',
            '.',
            '--sort',
            'metric',
            '--filter',
            'verdict:better,baseline',
            '--json',
          )
        ).stdout,
      ),
    );
    assert.ok(sorted.attempts.length >= 2 && sorted.attempts[0]?.id === report().best.id);
    assert.ok(
      sorted.attempts.every(({ verdict }) => verdict === 'better' || verdict === 'baseline'),
    );
    const { stdout } = await cortex(
      copy.folder,
      'history',
      '.',
      '--group',
      'parent',
      '--filter',
      'verdict:better',
    );
    assert.match(stdout, /^from (#0 Baseline|nothing earlier)$/m);
    assert.match(stdout, /^\d+ of \d+ attempts: verdict:better$/m);
    assert.equal((await cortex(copy.folder, 'history', '.', '--sort', 'luck')).code, 2);
  });

  test('opening the sealed part again says how often it was opened', async () => {
    const unsealed = documents.unseal.parse(
      JSON.parse((await cortex(copy.folder, 'unseal', report().best.id, '--json')).stdout),
    );
    assert.equal(unsealed.opening, 2);
    assert.match(
      unsealed.text,
      /^On the sealed part: test loss .*Opened 2 times by now: it is no longer untouched\.$/,
    );
    assert.ok(unsealed.metric.mean < unsealed.baseline.mean);
  });

  test('a second run neither trains the baseline again nor proposes what was tried', async () => {
    const second = documents.improve.parse(
      JSON.parse(
        (await cortex(copy.folder, 'improve', 'model.ts', '--rounds', '1', '--json')).stdout,
      ),
    );
    assert.equal(second.baseline.id, report().baseline.id);
    assert.ok(
      !report().attempts.some(
        (attempt) =>
          attempt.title === second.attempts[0]?.title &&
          attempt.parent === second.attempts[0].parent,
      ),
    );
  });

  test('apply writes the best, and refuses to lose what nobody has kept', async () => {
    const model = join(copy.folder, 'model.ts');
    const { best, baseline } = report();
    assert.equal((await cortex(copy.folder, 'apply', best.id)).code, 0);
    assert.equal(
      await readFile(model, 'utf8'),
      await git(copy.folder, 'show', `${best.commit}:model.ts`),
    );
    const { appendFile } = await import('node:fs/promises');
    await appendFile(model, '// my own words\n');
    const refused = await cortex(copy.folder, 'apply', baseline.id);
    assert.deepEqual(
      { code: refused.code, tells: /apply-unrecorded/.test(refused.stderr) },
      { code: 2, tells: true },
    );
    assert.match(await readFile(model, 'utf8'), /my own words/);
    assert.equal((await cortex(copy.folder, 'apply', baseline.id, '--overwrite')).code, 0);
  });
});
