import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { raceShare, raceTime } from '../../../src/loop/sweep/raceShare.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import { studyConfigSchema } from '../../../src/record/studyConfig.ts';

const config = studyConfigSchema.parse({ seeds: 3 });
const parent = (seconds: number) => ({
  spent: { seconds, tokens: 0, usd: null },
  metric: { name: 'val_loss', direction: 'minimize' as const, values: [1, 1, 1], mean: 1, sd: 0 },
});

test('a search keeps as long for its race as thirteen runs are expected to take', () => {
  // Three runs took 30 s, so thirteen take 130 s: a third of six minutes and a half.
  assert.equal(
    raceShare({ minutes: 6.5, parent: parent(30), seconds: [], config, workers: 1 }),
    1 / 3,
  );
});

test('quick runs keep a quarter, slow ones leave the search its share, workers share the time', () => {
  const share = (seconds: number, workers = 1): number =>
    raceShare({ minutes: 5, parent: parent(seconds), seconds: [], config, workers });
  assert.equal(share(0.3), 0.25);
  assert.equal(share(3000), 0.6);
  assert.equal(share(60, 2), 130 / 300);
});

test('what takes longer than the model as it is has more kept for its race', () => {
  const known = { minutes: 6.5, parent: parent(30), config, workers: 1 };
  assert.equal(raceShare({ ...known, seconds: [8, 15] }), 0.5);
  assert.equal(raceShare({ ...known, seconds: [2] }), 1 / 3);
});

describe('the time for a race', () => {
  /** Deadlines that pass when they are told to. */
  function handClock() {
    const due: { readonly milliseconds: number; readonly pass: () => void }[] = [];
    const deadline: Clock['deadline'] = (milliseconds, reason) => {
      const timer = new AbortController();
      due.push({ milliseconds, pass: () => timer.abort(reason) });
      return timer.signal;
    };
    return { due, clock: { now: () => 0, deadline } };
  }

  test('comes when it is due and there is something to race', () => {
    const { due, clock } = handClock();
    const end = new AbortController().signal;
    const time = raceTime({ until: 500, isDue: () => true, end }, clock);
    assert.equal(time.aborted, false);
    assert.equal(due[0]?.milliseconds, 500);
    due[0].pass();
    assert.equal(time.aborted, true);
  });

  test('waits for something to race, or for the end', () => {
    const { due, clock } = handClock();
    const end = new AbortController();
    let isWorth = false;
    const waiting = { until: 500, isDue: () => isWorth, end: end.signal };
    const [found, ended] = [raceTime(waiting, clock), raceTime(waiting, clock)];
    for (const timer of due.slice(0, 2)) timer.pass();
    assert.equal(found.aborted, false);
    assert.equal(due.length, 4);
    isWorth = true;
    due[2]?.pass();
    assert.equal(found.aborted, true);
    assert.equal(ended.aborted, false);
    end.abort();
    assert.equal(ended.aborted, true);
  });
});
