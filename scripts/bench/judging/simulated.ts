import { seededRandom } from '../../../src/util/seededRandom.ts';
import {
  BASELINE_SEEDS,
  drawNormal,
  openSeeds,
  raceTrials,
  raceValues,
  type SimulatedRace,
  type World,
} from '../../../test/unit/judge/simulatedStudy.ts';
import type { CompletedTrial } from '../../../src/record/trial.ts';
import type { Row } from '../row.ts';

const maxSeeds = 6;
const simulated = 400;
const heldOut = 10_000;
/**
 * Gains of a mixed set of proposals, in deviations of the seeds: half ruin something, a third
 * changes nothing.
 */
const mixed = [-10, -10, -6, -6, -2, 0, 0, 0, 2, 6];

/**
 * What a bench draws with: other seeds for the constants' choice and for what they are held
 * against.
 */
type Draw = () => number;
const drawing = (seed: number): Draw => {
  const random = seededRandom(seed);
  return () => random.next();
};

/**
 * Errors, power and cost on the noise the constants were chosen with; then on kinds of noise and
 * mixes of effects they were not.
 */
export function simulatedRows(sd: number): readonly Row[] {
  const world: World = { shape: 'normal', correlation: 0, sd };
  const next = drawing(5);
  return [
    errorRow(world, next),
    powerRow(world, 2, next),
    powerRow(world, 4, next),
    ...costRows(
      'mixed set',
      mixedStudies(world, () => mixed, next),
    ),
    ...heldOutRows(sd),
    ...stopRows(),
  ];
}

export const share = <T>(items: readonly T[], is: (item: T) => boolean): number =>
  items.filter(is).length / items.length;
export const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;
export const isBetter = ({ verdict }: SimulatedRace): boolean => verdict === 'better';

/** A change that gains `gain` deviations, in a study with a baseline and `earlier` attempts. */
function change(
  next: Draw,
  world: World,
  { gain, earlier }: { readonly gain: number; readonly earlier: number },
): SimulatedRace {
  const draw = openSeeds(next, maxSeeds, world);
  const others = Array.from({ length: earlier }, () => draw(1).slice(0, BASELINE_SEEDS));
  return raceValues(draw(1 - gain * world.sd), draw(1), others);
}

function rates(
  next: Draw,
  world: World,
  {
    gain,
    earlier,
    count,
  }: { readonly gain: number; readonly earlier: number; readonly count: number },
): { readonly better: number; readonly within4: number } {
  const races = Array.from({ length: count }, () => change(next, world, { gain, earlier }));
  return {
    better: share(races, isBetter),
    within4: share(races, (race) => isBetter(race) && race.seeds <= 4),
  };
}

function errorRow(world: World, next: Draw): Row {
  const { better } = rates(next, world, { gain: 0, earlier: 0, count: simulated });
  return {
    figure: `A/A, ${simulated} simulated studies (noise of digits, σ ${world.sd.toPrecision(2)})`,
    goal: '"better" ≤ 5 %',
    measured: percent(better),
    ratio: (better / 0.05).toFixed(2),
    met: better <= 0.05,
  };
}

function powerRow(world: World, gain: 2 | 4, next: Draw): Row {
  const [goal, within] = gain === 2 ? [0.8, maxSeeds] : [0.95, 4];
  const found = (earlier: number): number => {
    const { better, within4 } = rates(next, world, { gain, earlier, count: simulated });
    return gain === 2 ? better : within4;
  };
  const [first, later] = [found(0), found(3)];
  return {
    figure: `a gain of ${gain} σ is found within ${within} seeds`,
    goal: `≥ ${percent(goal)}`,
    measured: `${percent(first)} the first change of a study, ${percent(later)} later`,
    ratio: (first / goal).toFixed(2),
    met: Math.min(first, later) >= goal,
  };
}

/** Studies of ten proposals each; what is not judged worse adds to the noise floor. */
function mixedStudies(
  world: World,
  gains: () => readonly number[],
  next: Draw,
): readonly (readonly SimulatedRace[])[] {
  return Array.from({ length: 200 }, () => {
    const draw = openSeeds(next, maxSeeds, world);
    const baseline = draw(1);
    const known: (readonly number[])[] = [];
    return shuffled(gains(), next).map((gain) => {
      const values = draw(1 - gain * world.sd);
      const race = raceValues(values, baseline, known);
      if (race.verdict !== 'worse') known.push(values.slice(0, race.seeds));
      return race;
    });
  });
}

const shuffled = <T>(values: readonly T[], next: Draw): readonly T[] =>
  values
    .map((value) => ({ value, key: next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ value }) => value);

/**
 * Against five seeds of each change and of the parent; the parent's extra seeds are trained once.
 */
export function costRows(
  name: string,
  studies: readonly (readonly SimulatedRace[])[],
  epochs = 1,
): readonly Row[] {
  const races = studies.flat();
  const spent = studies.reduce(
    (sum, study) =>
      sum +
      epochs * Math.max(BASELINE_SEEDS, ...study.map(({ seeds }) => seeds)) +
      study.reduce((all, race) => all + race.epochs, 0),
    0,
  );
  const cost = spent / studies.reduce((sum, study) => sum + 5 * epochs * (study.length + 1), 0);
  const same = share(races, ({ verdict, fixed }) => verdict === fixed);
  return [
    {
      figure: `training of a race against five fixed seeds, ${name}`,
      goal: '≤ 60 %',
      measured: percent(cost),
      ratio: (cost / 0.6).toFixed(2),
      met: cost <= 0.6,
    },
    {
      figure: `same verdicts as five fixed seeds, ${name}`,
      goal: '≥ 95 %',
      measured: `${percent(same)} of ${races.length}`,
      ratio: (same / 0.95).toFixed(2),
      met: same >= 0.95,
    },
  ];
}

const worlds = (sd: number): readonly World[] =>
  (['normal', 't(3)', 'uneven'] as const).flatMap((shape) =>
    [0, 0.5, 0.8].map((correlation) => ({ shape, correlation, sd })),
  );

/** Other random seeds, other shapes of noise, other effects than the constants were chosen with. */
function heldOutRows(sd: number): readonly Row[] {
  const next = drawing(2026);
  const effects = (): readonly number[] => Array.from({ length: 10 }, () => heldOutGain(next));
  return [
    ...worlds(sd).map((world) => heldOutRow(world, next)),
    ...costRows(
      'held out: other effects, nine kinds of noise',
      worlds(sd).flatMap((world) => mixedStudies(world, effects, next)),
    ),
  ];
}

/** Four in ten ruin something (around −7 σ), four in ten change nothing, two gain (around 5 σ). */
function heldOutGain(next: Draw): number {
  const kind = next();
  if (kind < 0.4) return -7 + 2 * drawNormal(next);
  return kind < 0.8 ? 0 : 5 + drawNormal(next);
}

function heldOutRow(world: World, next: Draw): Row {
  const at = (gain: number): ReturnType<typeof rates> =>
    rates(next, world, { gain, earlier: 0, count: heldOut });
  const [none, two, four] = [at(0).better, at(2).better, at(4).within4];
  return {
    figure: `held out: ${world.shape} seeds, correlation ${world.correlation}, first change`,
    goal: 'A/A ≤ 5 %, 2 σ ≥ 80 %, 4 σ ≥ 95 %',
    measured: `A/A ${percent(none)}, 2 σ ${percent(two)}, 4 σ ${percent(four)}`,
    ratio: (none / 0.05).toFixed(2),
    met: none <= 0.05 && two >= 0.8 && four >= 0.95,
  };
}

const epochs = 20;

/**
 * A run whose loss falls at a pace (1: the parent's) towards an end; its seed shifts it as a whole
 * and every epoch a little.
 */
function drawRun(
  next: Draw,
  seed: number,
  { pace, end }: { readonly pace: number; readonly end: number },
): CompletedTrial {
  const shift = drawNormal(next);
  const curve = Array.from(
    { length: epochs },
    (_, epoch) =>
      end + Math.exp((-pace * (epoch + 1)) / 4) + 0.01 * (shift + 0.3 * drawNormal(next)),
  );
  return {
    outcome: 'completed',
    seed,
    measures: { val_loss: curve.at(-1) ?? NaN },
    curves: { val_loss: curve },
    epochs,
    seconds: { fit: 1, total: 1 },
  };
}

/** Stops inside a run, by what the run would have come to. */
function stopRows(): readonly Row[] {
  const next = drawing(8);
  const runs = (shape: {
    readonly pace: number;
    readonly end: number;
  }): readonly CompletedTrial[] =>
    Array.from({ length: maxSeeds }, (_, index) => drawRun(next, index + 1, shape));
  const stopped = (shapes: readonly { readonly pace: number; readonly end: number }[]): number =>
    share(
      shapes.flatMap((shape) =>
        Array.from({ length: simulated }, () =>
          raceTrials(runs(shape), runs({ pace: 1, end: 0.2 }), [
            [0.2, 0.21, 0.19],
            [0.2, 0.205, 0.19],
          ]),
        ),
      ),
      (race) => race.stopped,
    );
  const level = stopped([{ pace: 1, end: 0.2 }]);
  const slow = stopped([0.5, 0.6, 0.8].map((pace) => ({ pace, end: 0.19 - Math.exp(-pace * 5) })));
  const bad = stopped([
    { pace: 0, end: 0.2 },
    { pace: 1, end: 0.4 },
  ]);
  const atMost = (figure: string, value: number): Row => ({
    figure: `stopped while it trained: ${figure}`,
    goal: '≤ 2 %',
    measured: percent(value),
    ratio: (value / 0.02).toFixed(2),
    met: value <= 0.02,
  });
  return [
    atMost('level with its parent', level),
    atMost('slow starters that end better by 1 σ', slow),
    {
      figure: 'stopped while it trained: does not learn, or ends 20 σ behind',
      goal: '≥ 90 %',
      measured: percent(bad),
      ratio: (bad / 0.9).toFixed(2),
      met: bad >= 0.9,
    },
  ];
}
