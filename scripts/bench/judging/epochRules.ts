import { mean, sampleRankCorrelation, sampleStandardDeviation } from 'simple-statistics';
import { share } from './simulated.ts';
import { raceValues } from '../../../test/unit/judge/simulatedStudy.ts';
import { tailOf, worthOf } from '../../../src/record/worth.ts';
import type { FirstObjective } from '../../../src/record/studyConfig.ts';
import { seededRandom } from '../../../src/util/seededRandom.ts';
import type { RuledVariant } from './ruledTrials.ts';

/** What a curve is worth by a rule, and the epoch (0-based) whose weights it hands over. */
interface Worth {
  readonly value: number;
  readonly epoch: number;
}

/** How a training comes to one number; the same for both sides of a comparison. */
type Rule = (seen: readonly number[]) => Worth;

const counted = (seen: readonly number[], at: FirstObjective['at']): number =>
  worthOf(seen, { metric: 'val_loss', direction: 'minimize', at }) ?? NaN;

const bestOf = (seen: readonly number[]): Worth => {
  const value = counted(seen, 'best');
  return { value, epoch: seen.indexOf(value) };
};

/** The one that studies go by where they say nothing else. */
export const CHOSEN = 'mean of the tail';

export const RULES: Readonly<Record<string, Rule>> = {
  'last epoch': (seen) => ({ value: counted(seen, 'last'), epoch: seen.length - 1 }),
  [CHOSEN]: (seen) => ({ value: counted(seen, 'tail'), epoch: seen.length - 1 }),
  'best epoch': bestOf,
  'early stopping, restored': (seen) => bestOf(seen.slice(0, stopOf(seen))),
};

/** Epochs until nothing has improved for as long as a tail is. */
function stopOf(seen: readonly number[]): number {
  const patience = tailOf(seen.length);
  const stop = seen.findIndex(
    (_, epoch) => epoch - bestOf(seen.slice(0, epoch + 1)).epoch >= patience,
  );
  return stop < 0 ? seen.length : stop + 1;
}

/** How verdicts and choices by a rule agree with one truth. */
interface Agreement {
  /** Pairs that differ in truth: share of races with the right verdict, and with the opposite. */
  readonly right: number;
  readonly wrong: number;
  /** Rank correlation of three seeds' mean with the truth. */
  readonly rank: number;
}

/** How a rule did on the variants of an example. */
export interface RuleScore {
  /** Same source, other seeds: share of races that call it better, or worse. */
  readonly falseBetter: number;
  readonly falseWorse: number;
  /** With what the user's own training ends with: the weights of its last epoch. */
  readonly withEnd: Agreement;
  /** With the weights of the epoch that the rule hands over. */
  readonly withOwn: Agreement;
}

const DRAWS = 60;
const SEEDS = 6;
const CHOOSING = 3;

/** Two variants differ in truth beyond this many standard errors of their paired seeds. */
const CLEAR = 3;

/** Rates a rule by races and choices among trainings that were all made to their end. */
export function rateRule(rule: Rule, variants: readonly RuledVariant[]): RuleScore {
  const source = seededRandom(1);
  const random = (): number => source.next();
  const worth = variants.map(({ trials }) => trials.map(({ seen }) => rule(seen).value));
  const same = worth.flatMap((values) => againstItself(values, random));
  const end = variants.map(({ trials }) => trials.map(({ truth }) => truth.at(-1) ?? NaN));
  const own = variants.map(({ trials }) =>
    trials.map(({ seen, truth }) => truth[rule(seen).epoch] ?? NaN),
  );
  return {
    falseBetter: share(same, (verdict) => verdict === 'better'),
    falseWorse: share(same, (verdict) => verdict === 'worse'),
    withEnd: agreement(worth, end, random),
    withOwn: agreement(worth, own, random),
  };
}

function agreement(
  worth: readonly (readonly number[])[],
  truths: readonly (readonly number[])[],
  random: () => number,
): Agreement {
  const pairs = clearPairs(truths).flatMap(({ change, parent, side }) =>
    racesOf(worth[change] ?? [], worth[parent] ?? [], random).map((verdict) => ({ verdict, side })),
  );
  const means = truths.map((values) => mean([...values]));
  const ranks = Array.from({ length: DRAWS }, () =>
    sampleRankCorrelation([...meansOfFew(worth, random)], means),
  );
  return {
    right: share(pairs, ({ verdict, side }) => verdict === side),
    wrong: share(pairs, ({ verdict, side }) => verdict === OPPOSITE[side]),
    rank: mean(ranks),
  };
}

const OPPOSITE = { better: 'worse', worse: 'better' } as const;

/** Ordered pairs whose truth is beyond doubt, and which side the change is on. */
const clearPairs = (
  truths: readonly (readonly number[])[],
): readonly { change: number; parent: number; side: 'better' | 'worse' }[] =>
  truths.flatMap((own, change) =>
    truths.flatMap((other, parent) => {
      if (change === parent) return [];
      const differences = own.map((value, seed) => value - (other[seed] ?? NaN));
      const error = sampleStandardDeviation(differences) / Math.sqrt(differences.length);
      const difference = mean(differences);
      if (Math.abs(difference) < CLEAR * error) return [];
      return [{ change, parent, side: difference < 0 ? 'better' : 'worse' } as const];
    }),
  );

/** Races on seeds drawn anew, a few a pair. */
const racesOf = (
  change: readonly number[],
  parent: readonly number[],
  random: () => number,
): readonly string[] =>
  Array.from({ length: 4 }, () => {
    const seeds = shuffled(change.length, random).slice(0, SEEDS);
    const at = (values: readonly number[]): readonly number[] =>
      seeds.map((seed) => values[seed] ?? NaN);
    return raceValues(at(change), at(parent), []).verdict;
  });

/** One variant's seeds against others of its own. */
const againstItself = (values: readonly number[], random: () => number): readonly string[] =>
  Array.from({ length: DRAWS }, () => {
    const drawn = shuffled(values.length, random).map((seed) => values[seed] ?? NaN);
    return raceValues(drawn.slice(0, SEEDS), drawn.slice(SEEDS, 2 * SEEDS), []).verdict;
  });

/** Of a few seeds, the same for all variants. */
function meansOfFew(
  worth: readonly (readonly number[])[],
  random: () => number,
): readonly number[] {
  const seeds = shuffled(worth[0]?.length ?? 0, random).slice(0, CHOOSING);
  return worth.map((values) => mean(seeds.map((seed) => values[seed] ?? NaN)));
}

function shuffled(length: number, random: () => number): readonly number[] {
  return Array.from({ length }, (_, index) => ({ index, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ index }) => index);
}
