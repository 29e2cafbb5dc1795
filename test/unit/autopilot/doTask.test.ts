import assert from 'node:assert/strict';
import { test } from 'node:test';
import { doTask } from '../../../src/loop/autopilot/doTask.ts';
import { readFacts } from '../../../src/loop/autopilot/readFacts.ts';
import type { Work } from '../../../src/loop/autopilot/work.ts';
import { ownTask } from '../../../src/loop/autopilot/words.ts';
import { noAutopilot } from '../../../src/record/autopilotState.ts';
import type { AttemptSummary } from '../../../src/record/attemptSummary.ts';
import { attempt } from '../operators/architectures.ts';
import { FakeWorld, studyOf } from './fakeWork.ts';

/** What `improve` is asked for after this history. */
async function askedAfter(history: readonly AttemptSummary[]): Promise<unknown> {
  const study = studyOf('digits');
  const world = new FakeWorld([study], () => Promise.resolve(null));
  world.historyOf(study).push(...history);
  const { work, now } = world.ports();
  const { signal } = new AbortController();
  const facts = await readFacts(study, noAutopilot('digits'), signal, { work, now });
  let asked: unknown;
  const listening: Work = {
    ...work,
    improve: (_, request) => Promise.resolve((asked = request)),
  };
  const task = ownTask('training', 1, undefined);
  await doTask({ study, task, facts, seed: 1, minutes: 2, signal }, listening);
  return asked;
}

test('a check of the baseline that was cut off twice does not take the minutes of a third task', async () => {
  const root = attempt({ id: 'digits-0', kind: 'baseline', verdict: 'baseline' });
  const cut = attempt({ id: 'cut', kind: 'check', verdict: 'cancelled', parents: ['digits-0'] });
  const once = (await askedAfter([root, cut])) as Readonly<Record<string, unknown>>;
  assert.equal(once['baselineCheck'], undefined);
  const twice = (await askedAfter([root, cut, { ...cut, id: 'again' }])) as typeof once;
  assert.equal(twice['baselineCheck'], 'skip');
});
