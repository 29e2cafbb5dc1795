import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { cortex, git, startCortex } from '../cli/cortex.ts';
import { until } from '../../until.ts';
import { autopilot, reportIn, smallStudy, statusIn, type SmallStudy } from './smallStudy.ts';

/** Every line of a report is held against the repository. */
async function checkInGit(folder: string, report: ReturnType<typeof reportIn>): Promise<number> {
  const branch = (await git(folder, 'rev-list', report.branch)).split('\n');
  const attempts = report.cycles.flatMap((cycle) => cycle.attempts);
  for (const { id, number, commit, verdict, effect } of attempts) {
    assert.ok(branch.includes(commit), `${id} is on ${report.branch}`);
    const record = JSON.parse(await git(folder, 'show', `${commit}:.cortex/attempt.json`)) as {
      readonly id: string;
      readonly number: number;
      readonly verdict: {
        readonly kind: string;
        readonly comparisons: readonly { readonly meanDifference: number }[];
      };
    };
    assert.deepEqual([record.id, record.number, record.verdict.kind], [id, number, verdict]);
    assert.equal(effect?.mean, record.verdict.comparisons[0]?.meanDifference);
  }
  for (const { attempt, commit } of report.promotions)
    assert.match(await git(folder, 'log', '-1', '--format=%B', commit ?? ''), new RegExp(attempt));
  const state = JSON.parse(await git(folder, 'show', `${report.ref}:autopilot.json`)) as {
    readonly cycles: readonly { readonly number: number }[];
  };
  assert.deepEqual(
    state.cycles.map(({ number }) => number),
    report.cycles.map(({ number }) => number),
  );
  return attempts.length;
}

const draftOf = (folder: string): Promise<string> =>
  git(folder, 'for-each-ref', '--format=%(refname)', 'refs/cortex/drafts/');

async function end(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

/** Starts an autopilot and leaves it running; what it prints is not held up. */
function start(folder: string, ...args: readonly string[]): ChildProcess {
  const child = startCortex(folder, 'autopilot', ...args, '--runtime', 'wasm');
  child.stdout?.resume();
  child.stderr?.resume();
  return child;
}

describe('an autopilot that does one task at a time', () => {
  let study: SmallStudy;
  let mine: string;

  before(async () => {
    study = await smallStudy();
    mine = await study.mine();
  });
  after(() => study.remove());

  test('measures the file, then goes on to what promises most, and each line is in git', async () => {
    const first = await autopilot(study.folder, '--once', '--json');
    assert.equal(first.code, 0, first.stderr);
    const measured = reportIn(first);
    assert.deepEqual(
      measured.cycles.map(({ kind, end: how, trigger }) => [kind, how, trigger]),
      [['measure', 'done', 'unmeasured']],
    );
    assert.equal(await checkInGit(study.folder, measured), 1);
    const second = reportIn(await autopilot(study.folder, '--once', '--json'));
    assert.equal(second.cycles.length, 2);
    assert.ok(['training', 'architecture'].includes(second.cycles[1]?.kind ?? ''));
    assert.ok((await checkInGit(study.folder, second)) > 1);
    assert.ok(second.cost.seconds > 0 && second.health.overall !== null);
    assert.equal(await study.mine(), mine);
    assert.equal(await draftOf(study.folder), '');
  });

  test('shows what comes next and why; a task of one’s own is done now', async () => {
    const added = statusIn(
      await autopilot(study.folder, 'add', 'model.ts', '--kind', 'training', '--json'),
    );
    assert.ok(added.tasks.some(({ key }) => key === 'asked:training'));
    for (const { signals, priority } of added.tasks) {
      assert.ok(priority > 0);
      assert.ok(signals.reward >= 1 && signals.reward <= 2);
      assert.ok(signals.stress >= 1 / 8 && signals.stress <= 1);
      assert.ok(signals.fatigue >= 1 / 4 && signals.fatigue <= 1);
      assert.ok(signals.curiosity >= 1 && signals.curiosity <= 2);
    }
    const done = await autopilot(study.folder, 'now', 'model.ts', 'asked:training', '--json');
    assert.equal(done.code, 0, done.stderr);
    const report = reportIn(done);
    assert.equal(report.cycles.at(-1)?.trigger, 'asked');
    await checkInGit(study.folder, report);
    const text = await autopilot(study.folder, 'report');
    for (const { id, commit } of report.cycles.flatMap(({ attempts }) => attempts))
      assert.ok(text.stdout.includes(`${id} ${commit.slice(0, 10)}`), id);
  });

  test('begins nothing while it is paused', async () => {
    const paused = statusIn(await autopilot(study.folder, 'pause', '--json'));
    assert.equal(paused.mode, 'paused');
    const before = reportIn(await autopilot(study.folder, 'report', '--json'));
    const run = reportIn(await autopilot(study.folder, '--once', '--json'));
    assert.equal(run.cycles.length, before.cycles.length);
    assert.match(run.ended ?? '', /paused/);
    assert.equal(statusIn(await autopilot(study.folder, 'resume', '--json')).mode, 'running');
  });

  test('refuses flags that say nothing, in words', async () => {
    for (const [args, words] of [
      [['--hours', '0'], /hours above 0/],
      [['--until-time', '25:00'], /time to come/],
      [['add', 'model.ts', '--kind', 'magic'], /Allowed choices/],
      [['now', 'model.ts', 'magic'], /no such task/],
      [['--once', 'nowhere.ts'], /nowhere\.ts/],
    ] as const) {
      const { code, stderr } = await autopilot(study.folder, ...args);
      assert.equal(code, 2, `${args.join(' ')}: ${stderr}`);
      assert.match(stderr, words);
    }
  });

  test('measures the best again where the data changed, before anything else', async () => {
    const table = join(study.folder, 'table.csv');
    await writeFile(table, `${await readFile(table, 'utf8')}1,4,1\n2,2,2\n0,1,0\n`);
    const report = reportIn(await autopilot(study.folder, '--once', '--json'));
    const last = report.cycles.at(-1);
    assert.deepEqual([last?.trigger, last?.kind, last?.end], ['data-changed', 'measure', 'done']);
    assert.equal(last?.attempts[0]?.kind, 'baseline');
    await checkInGit(study.folder, report);
  });
});

describe('an autopilot that is killed', () => {
  test('in a trial goes on where it was: nothing lost, nothing of the user’s touched', async () => {
    const study = await smallStudy({ epochs: 400 });
    try {
      const mine = await study.mine();
      const child = start(study.folder, '--hours', '1');
      const draft = (await until('a trial', () => draftOf(study.folder), 120)).trim();
      await end(child);
      const next = await autopilot(study.folder, '--once', '--json');
      assert.equal(next.code, 0, next.stderr);
      const report = reportIn(next);
      const [killed, resumed] = report.cycles;
      assert.equal(killed?.end, 'interrupted');
      assert.ok(killed.attempts.some(({ id }) => draft.endsWith(id)));
      assert.deepEqual([resumed?.kind, resumed?.end], [killed.kind, 'done']);
      await checkInGit(study.folder, report);
      assert.equal(await study.mine(), mine);
      assert.equal(await draftOf(study.folder), '');
    } finally {
      await study.remove();
    }
  });
});

describe('an autopilot at work', () => {
  let study: SmallStudy;
  let child: ChildProcess;

  before(async () => {
    study = await smallStudy({ epochs: 4000 });
    child = start(study.folder, '--hours', '1');
    await until('a trial', () => draftOf(study.folder), 120);
  });
  after(async () => {
    if (child.exitCode === null && child.signalCode === null) await end(child);
    await study.remove();
  });

  test('has its study to itself: a second one is told, and ends', async () => {
    const { code, stderr } = await autopilot(study.folder, '--once');
    assert.equal(code, 2);
    assert.match(stderr, /An autopilot works on small already: process \d+/);
    assert.match(stderr, /\[autopilot-running\]/);
    assert.equal(statusIn(await autopilot(study.folder, 'status', '--json')).running, true);
  });

  test('ends by a word from another terminal, and keeps what was under way', async () => {
    const ended = once(child, 'exit');
    await autopilot(study.folder, 'stop');
    assert.deepEqual(await ended, [0, null]);
    const report = reportIn(await autopilot(study.folder, 'report', '--json'));
    assert.equal(report.running, false);
    const last = report.cycles.at(-1);
    assert.equal(last?.end, 'stopped');
    assert.match(last.text, /cortex autopilot stop/);
    assert.equal(last.attempts.at(-1)?.verdict, 'cancelled');
    await checkInGit(study.folder, report);
  });
});

describe('an autopilot in a study that does not train', () => {
  test('sets it aside after three failures, and says so until a person resumes it', async () => {
    const study = await smallStudy();
    try {
      const model = join(study.folder, 'model.ts');
      const text = await readFile(model, 'utf8');
      await writeFile(model, text.replace("loss: 'categoricalCrossentropy'", "loss: 'no such'"));
      const run = await autopilot(study.folder, '--json');
      assert.equal(run.code, 3, run.stderr);
      const report = reportIn(run);
      assert.deepEqual(
        report.cycles.map(({ end: how }) => how),
        ['failed', 'failed', 'failed'],
      );
      assert.match(report.setAside?.why ?? '', /^3 tasks in a row failed; the last: /);
      assert.match(report.ended ?? '', /is set aside/);
      await writeFile(model, text);
      const held = reportIn(await autopilot(study.folder, '--once', '--json'));
      assert.equal(held.cycles.length, 3);
      await autopilot(study.folder, 'resume');
      const again = reportIn(await autopilot(study.folder, '--once', '--json'));
      assert.deepEqual([again.setAside, again.cycles.at(-1)?.end], [null, 'done']);
    } finally {
      await study.remove();
    }
  });
});

describe('outside a repository', () => {
  test('an autopilot says what is missing', async () => {
    const study = await smallStudy();
    try {
      const { code, stderr } = await cortex(join(study.folder, '..'), 'autopilot', '--once');
      assert.equal(code, 2);
      assert.match(stderr, /\[git-no-repository\]/);
    } finally {
      await study.remove();
    }
  });
});
