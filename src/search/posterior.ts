import type { Random } from '../ports/random.ts';
import type { TrackEntry } from '../study/trackRecord.ts';

/** A Beta distribution over the chance that an operator's next use is better. */
export interface Posterior {
  readonly alpha: number;
  readonly beta: number;
}

/** How many attempts the diagnosis is worth against the record. */
const PRIOR_ATTEMPTS = 6;
/** How many measured effects a prediction is worth against the record. */
const PRIOR_EFFECTS = 2;

/**
 * Starts at the diagnosis's need, and is moved by the record; what was inconclusive or turned down
 * counts as half a failure.
 */
export function posteriorOf(need: number, record: TrackEntry | undefined): Posterior {
  const { tries = 0, better = 0, worse = 0, invalid = 0 } = record ?? {};
  const halfFailures = tries - better - worse - invalid;
  return {
    alpha: PRIOR_ATTEMPTS * need + better,
    beta: PRIOR_ATTEMPTS * (1 - need) + worse + invalid + halfFailures / 2,
  };
}

/** The expected chance of success. */
export const meanOf = ({ alpha, beta }: Posterior): number => alpha / (alpha + beta);

/** One draw, for Thompson sampling; by the normal approximation, kept inside 0–1. */
export function draw(posterior: Posterior, random: Random): number {
  const { alpha, beta } = posterior;
  const total = alpha + beta;
  const deviation = Math.sqrt((alpha * beta) / (total * total * (total + 1)));
  return Math.min(1, Math.max(0, meanOf(posterior) + deviation * standardNormal(random)));
}

/**
 * A predicted effect, pulled towards what the operator's uses really brought: the more of them, the
 * further.
 */
export function correctedEffect(predicted: number, record: TrackEntry | undefined): number {
  if (record?.meanObserved === undefined || record.meanObserved === null) return predicted;
  const corrected =
    (PRIOR_EFFECTS * predicted + record.measured * record.meanObserved) /
    (PRIOR_EFFECTS + record.measured);
  return Number(corrected.toPrecision(3));
}

/** Box–Muller. */
const standardNormal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
