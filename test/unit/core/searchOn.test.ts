import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { improveModel } from '../../../src/loop/improveModel.ts';
import { searchOn } from '../../../src/loop/sweep/searchOn.ts';
import { studyConfigSchema } from '../../../src/record/studyConfig.ts';
import type { RunSpec } from '../../../src/study/runSpec.ts';
import { timeSpentError } from '../../../src/util/errors.ts';
import { seededRandom } from '../../../src/util/seededRandom.ts';
import { curves } from './curveTrainer.ts';
import { fakePorts, scripted, study as plainStudy } from './fakePorts.ts';
import { rateOf } from './tableTrainer.ts';

const study = { ...plainStudy, config: studyConfigSchema.parse({ epochs: 8 }) };

/** A run without a single change to propose, on a clock that goes on with each training. */
async function improve(own: Partial<RunSpec>) {
  const ports = fakePorts(scripted());
  let now = 0;
  const due: { readonly at: number; readonly end: () => void }[] = [];
  const clock = {
    now: () => now,
    deadline: (milliseconds: number) => {
      const timer = new AbortController();
      due.push({ at: now + milliseconds, end: () => timer.abort(timeSpentError(1)) });
      return timer.signal;
    },
  };
  const trained = curves((request) => 0.1 + Math.abs(Math.log10(rateOf(request) / 0.03)));
  const train: typeof trained = async (request) => {
    now += 5000;
    for (const { at, end } of due) if (at <= now) end();
    return trained(request);
  };
  const all = {
    ...ports,
    clock,
    random: seededRandom(1),
    trainer: { ...ports.trainer, train },
  };
  const { signal } = new AbortController();
  const spec: RunSpec = {
    ...{ rounds: Infinity, minutes: 3, wish: null, baselineCheck: 'skip', signal },
    ...own,
  };
  const report = await improveModel(study, spec, all);
  return searchOn(report, { study, spec, seed: 1, startedAt: 0 }, all);
}

describe('a run whose single changes have run dry', () => {
  test('searches for the rest of its minutes, and races what it finds', async () => {
    const { attempts, best, stopped } = await improve({});
    assert.equal(stopped, 'time spent: 3 minutes');
    assert.equal(attempts.at(-1)?.operator, 'search');
    assert.equal(best.verdict, 'better');
  });

  test('ends where its rounds, or a wish, say more than its minutes', async () => {
    for (const own of [{ rounds: 5 }, { wish: 'less dropout' }]) {
      const { attempts, stopped } = await improve(own);
      assert.equal(stopped, 'nothing left to propose');
      assert.equal(attempts.length, 0);
    }
  });
});
