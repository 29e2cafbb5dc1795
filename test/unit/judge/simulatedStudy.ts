import { mean, sampleStandardDeviation } from 'simple-statistics';
import type { VerdictKind } from '../../../src/record/verdict.ts';
import type { CompletedTrial } from '../../../src/record/trial.ts';
import { curveBounds } from '../../../src/judge/curveBounds.ts';
import { hasFallenBehind } from '../../../src/judge/fallenBehind.ts';
import { judgeTrials } from '../../../src/judge/judgeTrials.ts';
import { noiseFloor, type NoiseFloor } from '../../../src/study/noiseFloor.ts';
import { openRace } from '../../../src/judge/race.ts';
import { valuesOf } from '../../../src/record/measures.ts';

/**
 * How one change was judged, what it cost, and what a fixed comparison on five seeds would have
 * said.
 */
export interface SimulatedRace {
  readonly verdict: VerdictKind;
  /** Seeds of the change itself, a stopped one included. */
  readonly seeds: number;
  /** Epochs of the change itself. */
  readonly epochs: number;
  /** A seed was given up while it trained. */
  readonly stopped: boolean;
  readonly fixed: VerdictKind;
}

/** Values of one model over seeds 1, 2, 3 …: as measured, or drawn. */
export type Values = readonly number[];

const objective = { metric: 'val_loss', direction: 'minimize' } as const;
/** Seeds of a study's baseline. */
export const BASELINE_SEEDS = 3;
const FIXED = 5;
const race = openRace(6);
const onlyLook = {
  maxSeeds: FIXED,
  better: new Map([[FIXED, 0.95]]),
  worse: new Map([[FIXED, 0.95]]),
};

/**
 * Judges a change seed by seed, as the loop does, from the trials its seeds will have; `earlier`
 * are the values of the study's other attempts.
 */
export function raceTrials(
  change: readonly CompletedTrial[],
  parent: readonly CompletedTrial[],
  earlier: readonly Values[],
): SimulatedRace {
  const ended = raceSoFar(change, parent, earlier);
  if (!ended) throw new Error('The race went on beyond its seeds.');
  return ended;
}

/** The same, or `null` while the seeds so far leave the race open. */
export function raceSoFar(
  change: readonly CompletedTrial[],
  parent: readonly CompletedTrial[],
  earlier: readonly Values[],
): SimulatedRace | null {
  const field = { change, parent, earlier };
  const fixed = judgeSeeds(field, FIXED, onlyLook).verdict.kind;
  let epochs = 0;
  for (const [index, trial] of change.entries()) {
    const seeds = index + 1;
    const stop = stopOf(field, trial, index);
    epochs += stop ?? trial.epochs;
    if (stop !== null) return { verdict: 'worse', seeds, epochs, stopped: true, fixed };
    const { verdict, decided } = judgeSeeds(field, seeds, race);
    if (seeds > 1 && decided)
      return { verdict: verdict.kind, seeds, epochs, stopped: false, fixed };
  }
  return null;
}

interface Field {
  readonly change: readonly CompletedTrial[];
  readonly parent: readonly CompletedTrial[];
  readonly earlier: readonly Values[];
}

/** The parent with the seeds it has when the change has `count`, and the noise floor then. */
function knownAt(
  { parent, earlier }: Field,
  count: number,
): { readonly trials: readonly CompletedTrial[]; readonly noise: NoiseFloor | null } {
  const trials = parent.slice(0, Math.max(BASELINE_SEEDS, count));
  return { trials, noise: noiseOf([valuesOf(trials, 'val_loss'), ...earlier]) };
}

function judgeSeeds(
  field: Field,
  count: number,
  rules: typeof race,
): ReturnType<typeof judgeTrials> {
  const { trials, noise } = knownAt(field, count);
  return judgeTrials(field.change.slice(0, count), [{ id: 'parent', trials }], {
    objective,
    race: rules,
    noise,
    minimumEffect: 0,
    further: [],
    measures: { own: {}, parent: {} },
  });
}

/** The epoch after which a seed is given up; `null` where it runs to its end. */
function stopOf(
  field: Field,
  { seed, curves, epochs }: CompletedTrial,
  index: number,
): number | null {
  const [bound] = curveBounds([seed], index, { objective, ...knownAt(field, index) });
  const curve = curves['val_loss'] ?? [];
  return bound
    ? (Array.from({ length: epochs }, (_, epoch) => epoch + 1).find((epoch) =>
        hasFallenBehind(bound, curve.slice(0, epoch)),
      ) ?? null)
    : null;
}

/** The same from final values alone: nothing is stopped while it trains. */
export const raceValues = (
  change: Values,
  parent: Values,
  earlier: readonly Values[],
): SimulatedRace => raceTrials(trialsOf(change), trialsOf(parent), earlier);

/** The noise floor of a study whose attempts had these values. */
const noiseOf = (attempts: readonly Values[]): NoiseFloor | null =>
  noiseFloor(
    attempts.map((values) => ({
      verdict: 'inconclusive',
      dataHash: 'd',
      configHash: 'c',
      metric: {
        mean: mean([...values]),
        sd: values.length > 1 ? sampleStandardDeviation([...values]) : null,
        values,
      },
    })),
    { dataHash: 'd', configHash: 'c' },
  );

/** What the seeds of a study do to its metric. `uneven`: some seeds move it little, some much. */
export interface World {
  readonly shape: 'normal' | 't(3)' | 'uneven';
  /** Of two models on the same seed. */
  readonly correlation: number;
  readonly sd: number;
}

/**
 * Draws what models of a study get with the same `count` seeds: a center, and the noise of this
 * world around it.
 */
export function openSeeds(
  random: () => number,
  count: number,
  { shape, correlation, sd }: World,
): (center: number) => Values {
  const scales = Array.from({ length: count }, () =>
    shape === 'uneven' ? (UNEVEN[Math.floor(random() * UNEVEN.length)] ?? 1) : 1,
  );
  const draw = (): number => (shape === 't(3)' ? drawHeavy(random) : drawNormal(random));
  const shared = scales.map(draw);
  return (center) =>
    scales.map(
      (scale, seed) =>
        center +
        sd *
          scale *
          (Math.sqrt(correlation) * (shared[seed] ?? 0) + Math.sqrt(1 - correlation) * draw()),
    );
}

/** Mean square 1. */
const UNEVEN = [0.5, 0.7, 1.5];

/** By Box and Muller. */
export const drawNormal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** Student's t with three degrees of freedom, scaled to deviation 1. */
const drawHeavy = (random: () => number): number =>
  drawNormal(random) /
  Math.sqrt(drawNormal(random) ** 2 + drawNormal(random) ** 2 + drawNormal(random) ** 2);

/** Trials that ended with these values, without curves. */
const trialsOf = (values: Values): readonly CompletedTrial[] =>
  values.map((metric, index) => ({
    outcome: 'completed',
    seed: index + 1,
    measures: { val_loss: metric },
    curves: {},
    epochs: 1,
    seconds: { fit: 1, total: 1 },
  }));
