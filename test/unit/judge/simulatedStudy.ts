import { mean, sampleStandardDeviation } from 'simple-statistics';
import type { CompletedTrial, VerdictKind } from '../../../src/core/attempts/attempt.ts';
import { judgeTrials } from '../../../src/core/judge/judgeTrials.ts';
import { noiseFloor, type NoiseFloor } from '../../../src/core/judge/noiseFloor.ts';
import { openRace } from '../../../src/core/judge/race.ts';

/** How one simulated change was judged, and what a fixed comparison on five seeds would have said. */
export interface SimulatedRace {
  readonly verdict: VerdictKind;
  /** Seeds of the change itself. */
  readonly seeds: number;
  readonly fixed: VerdictKind;
}

/** Values of one model over seeds 1, 2, 3 …: as measured, or drawn. */
export type Values = readonly number[];

const objective = { metric: 'val_loss', direction: 'minimize' } as const;
const FIXED = 5;
const race = openRace(6);
const onlyLook = { maxSeeds: FIXED, better: new Map([[FIXED, 0.95]]), worse: new Map([[FIXED, 0.95]]) };

/** Judges a change seed by seed, as the loop does, from the values its seeds will have. */
export function raceValues(change: Values, parent: Values, noise: NoiseFloor | null): SimulatedRace {
  const judged = (count: number, rules: typeof race): ReturnType<typeof judgeTrials> =>
    judgeTrials(trialsOf(change.slice(0, count)), [{ id: 'parent', trials: trialsOf(parent) }], { objective, race: rules, noise, minimumEffect: 0, saved: 0 });
  let seeds = 2;
  while (!judged(seeds, race).decided) seeds++;
  return { verdict: judged(seeds, race).verdict.kind, seeds, fixed: judged(FIXED, onlyLook).verdict.kind };
}

/** The noise floor of a study whose attempts had these values. */
export const noiseOf = (attempts: readonly Values[]): NoiseFloor | null =>
  noiseFloor(attempts.map((values) => ({ verdict: 'inconclusive', dataHash: 'd', configHash: 'c', metric: { mean: mean([...values]), sd: sampleStandardDeviation([...values]), values } })), { dataHash: 'd', configHash: 'c' });

/** Draws `count` values around `center` with the deviation `sd`, by Box and Muller. */
export const drawValues = (random: () => number, count: number, { center, sd }: { readonly center: number; readonly sd: number }): Values =>
  Array.from({ length: count }, () => center + sd * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()));

const trialsOf = (values: Values): readonly CompletedTrial[] =>
  values.map((metric, index) => ({ outcome: 'completed', seed: index + 1, metric, curves: {}, epochs: 1, seconds: { fit: 1, total: 1 } }));
