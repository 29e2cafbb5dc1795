import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gainShare } from '../../../src/loop/autopilot/gainShare.ts';
import { healthOf } from '../../../src/loop/autopilot/health.ts';
import { minutesFor, takenBy } from '../../../src/loop/autopilot/taken.ts';
import { limitsOf } from '../../../src/loop/autopilot/limits.ts';
import type { PastCycle } from '../../../src/loop/autopilot/pastCycle.ts';
import { priorityOf } from '../../../src/loop/autopilot/priority.ts';
import {
  curiosityOf,
  dryCycles,
  fatigueOf,
  rewardOf,
  stressOf,
} from '../../../src/loop/autopilot/signals.ts';
import { busyText } from '../../../src/loop/autopilot/surroundings.ts';
import { autopilotSchema } from '../../../src/record/autopilotSettings.ts';
import { parseTime } from '../../../src/hosts/terminal/numbers.ts';
import { attempt } from '../operators/architectures.ts';

const HOUR = 3_600_000;
const none = { usd: 0, wattHours: 0 };
const settings = autopilotSchema.parse({});
const cycle = (change: Partial<PastCycle> = {}): PastCycle => ({
  kind: 'training',
  gain: 0,
  failed: false,
  seconds: 60,
  finishedAt: 0,
  ...change,
});
const times = (count: number, change: Partial<PastCycle> = {}): readonly PastCycle[] =>
  Array.from({ length: count }, () => cycle(change));
const isClose = (value: number, expected: number): void => {
  assert.ok(Math.abs(value - expected) < 1e-9, `${value}, not ${expected}`);
};

describe('a share of the metric', () => {
  test('is of the value of a loss, and of what is missing to 1 of an accuracy', () => {
    isClose(gainShare(0.4, 0.3, { metric: 'val_loss', direction: 'minimize' }), 0.25);
    isClose(gainShare(0.4, 0.5, { metric: 'val_loss', direction: 'minimize' }), -0.25);
    isClose(gainShare(0.9, 0.95, { metric: 'val_accuracy', direction: 'maximize' }), 0.5);
    isClose(gainShare(20, 25, { metric: 'score', direction: 'maximize' }), 0.25);
    assert.equal(gainShare(0, 1, { metric: 'val_loss', direction: 'minimize' }), 0);
  });
});

describe('reward', () => {
  test('is half as much with each cycle of its kind since the gain, and at most doubles', () => {
    assert.equal(rewardOf('training', []), 1);
    isClose(rewardOf('training', [cycle({ gain: 0.1 })]), 1.5);
    isClose(rewardOf('training', [cycle({ gain: 0.1 }), cycle()]), 1.25);
    isClose(rewardOf('training', [cycle({ gain: 0.1 }), cycle({ kind: 'ablation' })]), 1.5);
    assert.equal(rewardOf('architecture', [cycle({ gain: 0.1 })]), 1);
    assert.ok(rewardOf('training', times(50, { gain: 1 })) <= 2);
  });
});

describe('stress', () => {
  const endless = { expected: 10, left: Infinity };

  test('halves with each failure of the kind in a row, down to an eighth', () => {
    assert.equal(stressOf('training', [], endless), 1);
    assert.equal(stressOf('training', times(1, { failed: true }), endless), 1 / 2);
    assert.equal(stressOf('training', times(2, { failed: true }), endless), 1 / 4);
    assert.equal(stressOf('training', times(9, { failed: true }), endless), 1 / 8);
    assert.equal(stressOf('training', [cycle({ failed: true }), cycle()], endless), 1);
  });

  test('knows how much of a task can be done in the time left', () => {
    assert.equal(stressOf('training', [], { expected: 10, left: 5 }), 1 / 2);
    assert.equal(stressOf('training', [], { expected: 10, left: 0 }), 1 / 8);
    assert.equal(stressOf('training', [], { expected: 10, left: 60 }), 1);
  });
});

describe('fatigue', () => {
  const at = (hours: number) => ({ now: hours * HOUR, patience: 4 });

  test('falls to a quarter at the patience of the study, and no further', () => {
    assert.equal(fatigueOf([], at(0)), 1);
    isClose(fatigueOf(times(2), at(0)), 1 / 2);
    isClose(fatigueOf(times(4), at(0)), 1 / 4);
    isClose(fatigueOf(times(40), at(0)), 1 / 4);
  });

  test('a gain ends it, a day of rest halves what it counts, ablations do not tire', () => {
    assert.equal(fatigueOf([...times(3), cycle({ gain: 0.1 })], at(0)), 1);
    isClose(fatigueOf(times(4), at(24)), 1 / 2);
    assert.equal(dryCycles([...times(2), ...times(5, { kind: 'ablation' })], 0), 2);
    assert.equal(dryCycles(times(2), -5 * HOUR), 2, 'a clock set back rests nobody');
  });
});

describe('curiosity', () => {
  test('is more the less of a kind was tried, between 1 and 2', () => {
    assert.equal(curiosityOf('training', []), 1);
    isClose(curiosityOf('training', times(1)), 1 + Math.sqrt(Math.log(2) / 2));
    assert.equal(curiosityOf('architecture', times(5)), 2);
    assert.ok(curiosityOf('training', times(5)) < curiosityOf('training', times(2)));
  });
});

describe('priority', () => {
  const weighing = { settings, now: 0, minutesLeft: Infinity };
  const task = { kind: 'training', weight: 1 } as const;

  test('is gain × chance ÷ minutes, moved by the signals and by a person', () => {
    const { value, gain, chance, minutes, signals } = priorityOf(task, { ...weighing, cycles: [] });
    const moved = signals.reward * signals.stress * signals.fatigue * signals.curiosity;
    isClose(value, ((gain * chance) / minutes) * moved);
    const heavier = priorityOf({ ...task, weight: 3 }, { ...weighing, cycles: [] });
    isClose(heavier.value, 3 * value);
  });

  test('learns from what the kind brought and took here', () => {
    const cycles = [cycle({ gain: 0.5, seconds: 30 }), cycle({ gain: 0.3, seconds: 30 })];
    const after = priorityOf(task, { ...weighing, cycles });
    isClose(after.gain, (2 * 0.15 + 0.8) / 4);
    isClose(after.chance, (2 * 0.4 + 2) / 4);
    isClose(after.minutes, (2 * 10 + 1) / 4);
    const dry = priorityOf(task, { ...weighing, cycles: times(4) });
    assert.ok(dry.value < priorityOf(task, { ...weighing, cycles: [] }).value);
    assert.ok(after.value > dry.value);
  });
});

describe('health', () => {
  const spent = (seconds: number) => ({ seconds, tokens: 0, usd: 0 });

  test('tells nothing of nothing', () => {
    assert.deepEqual(healthOf([], []), {
      overall: null,
      efficiency: null,
      stability: null,
      learningRate: null,
    });
  });

  test('is made of answers, ends and gains', () => {
    const attempts = [
      attempt({ verdict: 'better', spent: spent(30) }),
      attempt({ verdict: 'inconclusive', spent: spent(60) }),
      attempt({ verdict: 'crashed', spent: spent(10) }),
      attempt({ verdict: 'baseline', spent: spent(500) }),
    ];
    const cycles = [cycle({ gain: 0.2 }), cycle(), cycle({ kind: 'measure' })];
    const { overall, efficiency, stability, learningRate } = healthOf(attempts, cycles);
    assert.deepEqual([efficiency, stability, learningRate], [0.3, 0.75, 0.5]);
    isClose(overall ?? NaN, (0.3 + 0.75 + 0.5) / 3);
  });
});

describe('limits', () => {
  const clocks = { awake: 0, wall: 0 };
  const ports = {
    machine: {
      awakeMs: () => clocks.awake,
      now: () => assert.fail('not asked'),
      wait: () => assert.fail('not asked'),
    },
    now: () => clocks.wall,
  };

  test('hours are those the machine was awake, whatever its clock says', () => {
    Object.assign(clocks, { awake: 0, wall: 0 });
    const left = limitsOf({ hours: 1 }, ports);
    Object.assign(clocks, { awake: 0.5 * HOUR, wall: 100 * HOUR });
    assert.equal(left(none).end, null);
    assert.equal(left(none).minutes, 30);
    clocks.wall = -100 * HOUR;
    assert.equal(left(none).end, null);
    clocks.awake = HOUR;
    assert.equal(left(none).end, 'The time is over.');
  });

  test('a time of day ends a run after sleep, and though the clock was set back', () => {
    Object.assign(clocks, { awake: 0, wall: 0 });
    const left = limitsOf({ until: 2 * HOUR }, ports);
    Object.assign(clocks, { awake: HOUR, wall: 3 * HOUR });
    assert.equal(left(none).end, 'The time is over.');
    Object.assign(clocks, { awake: 2 * HOUR, wall: -5 * HOUR });
    assert.equal(left(none).end, 'The time is over.');
  });

  test('money ends it, and nothing where there is no limit', () => {
    Object.assign(clocks, { awake: 0, wall: 0 });
    assert.equal(limitsOf({ maxUsd: 2 }, ports)({ ...none, usd: 1.9 }).end, null);
    const spent = limitsOf({ maxUsd: 2 }, ports)({ ...none, usd: 2 });
    assert.equal(spent.end, 'The 2 US dollars are spent.');
    clocks.awake = 1e12;
    const { end, minutes } = limitsOf({}, ports)({ usd: 1e6, wattHours: 1e6 });
    assert.deepEqual([end, minutes], [null, Infinity]);
  });

  test('energy ends it, and a task gets no more minutes than what is left lasts', () => {
    Object.assign(clocks, { awake: 0, wall: 0 });
    const watts = { watts: 60, minutes: 10 };
    const half = takenBy([{ spent: { seconds: 1800, tokens: 0, usd: null } }], watts, none);
    assert.deepEqual(half, { usd: 0, wattHours: 30 });
    const left = limitsOf({ maxWattHours: 35 }, ports)(half);
    assert.deepEqual([left.end, left.wattHours, minutesFor(watts, left)], [null, 5, 5]);
    const { end } = limitsOf({ maxWattHours: 30 }, ports)(half);
    assert.equal(end, 'The 30 watt-hours are used.');
    assert.equal(minutesFor(watts, limitsOf({}, ports)(half)), 10);
  });
});

describe('the machine', () => {
  const free = { loadPerCore: 0.5, freeMemoryMB: 4000, onBattery: false };

  test('holds an autopilot back on its battery, under load and without memory', () => {
    assert.equal(busyText(free, settings), null);
    assert.equal(busyText({ ...free, loadPerCore: null, onBattery: null }, settings), null);
    assert.match(busyText({ ...free, onBattery: true }, settings) ?? '', /battery/);
    assert.equal(busyText({ ...free, onBattery: true }, { ...settings, onBattery: true }), null);
    assert.match(busyText({ ...free, loadPerCore: 4.5 }, settings) ?? '', /4\.5 programs/);
    assert.match(busyText({ ...free, freeMemoryMB: 100 }, settings) ?? '', /100 MiB/);
  });
});

describe('a time to end at', () => {
  const now = new Date(2026, 10, 30, 22, 15).getTime();

  test('is the next time a clock shows it, or a date to come', () => {
    assert.equal(parseTime('23:00', now), new Date(2026, 10, 30, 23, 0).getTime());
    assert.equal(parseTime('7:30', now), new Date(2026, 11, 1, 7, 30).getTime());
    assert.equal(parseTime('22:15', now), new Date(2026, 11, 1, 22, 15).getTime());
    assert.equal(parseTime('2026-12-24T18:00', now), new Date(2026, 11, 24, 18, 0).getTime());
    for (const wrong of ['25:00', '7:61', 'tomorrow', '', '2020-01-01T00:00', '8'])
      assert.throws(() => parseTime(wrong, now), /time to come/);
  });
});
