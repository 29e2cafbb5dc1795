import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { halfWidth, type PairedEstimate } from './pairedComparison.ts';
import { kimDeMets, nominalLevels, pocock } from './sequentialBoundary.ts';

/** How a race over seeds is run: how many there may be, and how sure each look must be. */
export interface Race {
  readonly maxSeeds: number;
  /**
   * Confidence by number of seeds at which "better" may be said; all looks together say it wrongly
   * in 3 % where the noise is known well, in 5 % at most in the first change of a study (bench
   * `judge`).
   */
  readonly better: ReadonlyMap<number, number>;
  /** Confidence at which "worse" is said and the race given up. */
  readonly worse: ReadonlyMap<number, number>;
}

/** What was seen so far, and what would be enough. */
export interface Goal {
  readonly estimate: PairedEstimate;
  /** Mean gain: the difference with the sign of the objective. */
  readonly gain: number;
  /** 0, or below it where equal is good enough. */
  readonly needed: number;
}

/**
 * `equal`: not worse than what is `needed`. `hopeless`: neither better nor worse, and the seeds to
 * come would hardly change it. `spent`: no seeds left.
 */
export type Standing = 'better' | 'equal' | 'worse' | 'open' | 'hopeless' | 'spent';

/** First look. */
const FIRST = 2;
/**
 * For "better": half of it on that side. This, and the two constants below, were chosen by
 * simulation and are held against other ones (bench `judge`).
 */
const ALPHA = 0.066;
/** For "worse". */
const BOLD_ALPHA = 0.1;
/** Stop when even the seeds to come would make it "better" with no more than this chance. */
const HOPELESS = 0.12;

/**
 * Looks after 2, 3 … `maxSeeds` seeds. "Better" is guarded against repeated looking by Kim and
 * DeMets' spending (see {@link nominalLevels}); "worse" only ends the spending of seeds and uses a
 * bolder boundary (Pocock-type): a wrong one costs an idea, not a claim.
 */
export function openRace(maxSeeds: number): Race {
  const looks = Array.from(
    { length: Math.max(1, maxSeeds - FIRST + 1) },
    (_, index) => FIRST + index,
  );
  const strict = nominalLevels(looks, ALPHA, kimDeMets);
  const bold = nominalLevels(looks, BOLD_ALPHA, pocock);
  const table = (level: (index: number) => number): ReadonlyMap<number, number> =>
    new Map(looks.map((look, index) => [look, 1 - level(index)]));
  return {
    maxSeeds: FIRST + looks.length - 1,
    better: table((index) => strict[index] ?? 0),
    worse: table((index) => Math.max(strict[index] ?? 0, bold[index] ?? 0)),
  };
}

/** How a race stands after the seeds that were run. */
export function standingOf(race: Race, goal: Goal): Standing {
  const { estimate, gain } = goal;
  if (estimate.seeds.length < FIRST) return 'open';
  const half = halfWidth(estimate, confidenceOf(race, 'better', estimate)) ?? Infinity;
  if (gain > half) return 'better';
  if (goal.needed < 0 && gain - goal.needed > half) return 'equal';
  if (-gain > (halfWidth(estimate, confidenceOf(race, 'worse', estimate)) ?? Infinity))
    return 'worse';
  if (estimate.seeds.length >= race.maxSeeds) return 'spent';
  return isHopeless(race, goal) && !isNearlyWorse(goal) ? 'hopeless' : 'open';
}

/** The confidence an interval is shown at: that of the look, on the side that was decided. */
export const confidenceOf = (
  race: Race,
  side: 'better' | 'worse',
  { seeds }: PairedEstimate,
): number => race[side].get(Math.min(race.maxSeeds, Math.max(FIRST, seeds.length))) ?? 1 - ALPHA;

/**
 * Up to three more seeds are spent on saying "worse" rather than "cannot tell": the next proposals
 * learn from it.
 */
const isNearlyWorse = ({ estimate, gain }: Goal): boolean =>
  estimate.deviation !== null &&
  estimate.seeds.length < FIRST + 3 &&
  -gain * Math.sqrt(estimate.seeds.length) > estimate.deviation;

/**
 * Predictive power (Spiegelhalter, Freedman and Blackburn 1986): the mean over all seeds, foreseen
 * from those run, reaches the last boundary with a chance below {@link HOPELESS}.
 */
function isHopeless(race: Race, { estimate, gain, needed }: Goal): boolean {
  const { deviation, degreesOfFreedom, seeds } = estimate;
  if (deviation === null) return false;
  if (deviation === 0) return gain <= needed;
  const last = race.better.get(race.maxSeeds) ?? 1 - ALPHA;
  const boundary = tQuantile(1 - (1 - last) / 2, degreesOfFreedom + race.maxSeeds - seeds.length);
  const reached = ((gain - needed) * Math.sqrt(race.maxSeeds)) / deviation;
  const spread = Math.sqrt((race.maxSeeds - seeds.length) / seeds.length);
  return (boundary - reached) / spread > tQuantile(1 - HOPELESS, degreesOfFreedom);
}
