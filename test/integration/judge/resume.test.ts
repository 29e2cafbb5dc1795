import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Attempt } from '../../../src/record/attempt.ts';
import { documents } from '../../../src/show/documents/contract.ts';
import { until } from '../../until.ts';
import { cortex, digitsCopy, git, startCortex } from '../cli/cortex.ts';
import { titleOf } from '../../../src/record/kinds.ts';

/** Long enough that a race can be met while it runs. */
const EPOCHS = 30;
const improve = ['improve', 'model.ts', '--rounds', '1', '--no-check'] as const;

describe('a race that is killed', { timeout: 300_000 }, () => {
  let copy: Awaited<ReturnType<typeof digitsCopy>>;
  let killed: Attempt;

  before(async () => {
    copy = await digitsCopy();
    const config = join(copy.folder, 'cortex.json');
    await writeFile(
      config,
      (await readFile(config, 'utf8')).replace('"epochs": 20', `"epochs": ${EPOCHS}, "seeds": 2`),
    );
    const running = startCortex(copy.folder, ...improve);
    const ended = once(running, 'exit');
    killed = await untilDraft(
      copy.folder,
      ({ kind, trials }) => kind === 'change' && trials.length > 0,
    );
    running.kill('SIGKILL');
    await ended;
  });
  after(() => copy.remove());

  test('is taken up by the next run with the seeds it had: they are not trained again', async () => {
    const run = await cortex(copy.folder, ...improve, '--json');
    assert.equal(run.code, 0, run.stderr);
    const [attempt] = documents.improve.parse(JSON.parse(run.stdout)).attempts;
    assert.ok(attempt);
    assert.equal(attempt.title, titleOf(killed));
    const record = await recordAt(copy.folder, attempt.commit);
    const seconds = ({ trials }: Attempt): readonly number[] =>
      trials.slice(0, killed.trials.length).map((trial) => trial.seconds.total);
    assert.deepEqual(
      seconds(record),
      seconds(killed),
      'the very trials that had run, not others of the same seed',
    );
    assert.ok(record.trials.length >= 2 && record.trials.length > killed.trials.length);
    assert.match(
      run.stderr,
      new RegExp(
        `Taking up #${killed.number} again, which was interrupted: [^]*seeds? trained before ` +
          'counts? again: 1',
      ),
    );
  });

  test('stands in the history as it was left', async () => {
    const { attempts } = documents.history.parse(
      JSON.parse((await cortex(copy.folder, 'history', 'model.ts', '--json')).stdout),
    );
    assert.deepEqual(attempts.map(({ verdict }) => verdict).slice(0, 2), ['baseline', 'cancelled']);
    assert.equal(attempts[1]?.id, killed.id);
    assert.equal(attempts[1]?.metric?.values.length, killed.trials.length);
  });
});

/** Waits until an unfinished attempt is as asked. */
const untilDraft = (folder: string, holds: (draft: Attempt) => boolean): Promise<Attempt> =>
  until('an unfinished attempt as asked', async () => (await drafts(folder)).find(holds), 120);

async function drafts(folder: string): Promise<Attempt[]> {
  const refs = await git(folder, 'for-each-ref', '--format=%(objectname)', 'refs/cortex/drafts/');
  const commits = refs.split('\n').filter((line) => line !== '');
  return Promise.all(commits.map((commit) => recordAt(folder, commit)));
}

const recordAt = async (folder: string, commit: string): Promise<Attempt> =>
  JSON.parse(await git(folder, 'show', `${commit}:.cortex/attempt.json`)) as Attempt;
