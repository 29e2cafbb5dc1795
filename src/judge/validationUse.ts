import { errorFunction } from 'simple-statistics';
import { isContender } from '../record/kinds.ts';
import { formatDeviation } from '../record/format.ts';
import type { AttemptSummary } from '../record/attemptSummary.ts';
import { noiseAround } from '../study/noiseFloor.ts';

/**
 * How often the validation part of a study's data chose something, and what that alone would bring.
 */
export interface ValidationUse {
  /**
   * What could have become the best by its measure on the validation part: attempts, the baseline
   * among them, and what its check tried.
   */
  readonly looks: number;
  /** Gain expected by chance alone, in units of the metric; `null` where the noise is not known. */
  readonly luck: number | null;
  /** One line for people. */
  readonly text: string;
}

/** These came to a measure that a best could be picked by. */
const MEASURED: readonly AttemptSummary['verdict'][] = [
  'baseline',
  'better',
  'worse',
  'inconclusive',
];

/**
 * A look is an attempt on the same data that was trained to a verdict: its number could have made
 * it the best, whichever configuration or root it has. Racing looks several times at one attempt,
 * but picks once, and guards that itself. The check of a baseline chose among other ways to train
 * it: each is a look, though none of them is an attempt. The luck is the expected maximum of as
 * many equal attempts at the best's standard error: an upper bound, for attempts on shared seeds
 * are not independent. Why it matters: Cawley and Talbot 2010, "On over-fitting in model
 * selection", JMLR 11.
 */
export function validationUse(
  history: readonly AttemptSummary[],
  best: AttemptSummary,
): ValidationUse {
  const onSameData = history.filter(({ dataHash }) => dataHash === best.dataHash);
  const looks = onSameData.reduce((sum, attempt) => sum + looksOf(attempt), 0);
  const noise = noiseAround(history)(best);
  const luck =
    noise === null || !best.metric
      ? null
      : expectedMaximum(looks) * (noise / Math.sqrt(best.metric.values.length));
  return { looks, luck, text: describe(looks, luck) };
}

const looksOf = (attempt: AttemptSummary): number =>
  (attempt.looks ?? 0) + (isContender(attempt) && MEASURED.includes(attempt.verdict) ? 1 : 0);

function describe(looks: number, luck: number | null): string {
  if (looks < 2) return `${looks} look, nothing chosen by it yet`;
  const share =
    luck === null
      ? 'how much luck that is, single seeds cannot tell'
      : `expect ≈ ${formatDeviation(luck)} of luck`;
  return `best of ${looks} looks: ${share}`;
}

/** Range and step of the integral, in standard deviations. */
const REACH = 8;
const STEP = 0.02;

/**
 * Expected largest of `count` independent standard normals: ∫₀ 1 − Φ(x)ⁿ − Φ(−x)ⁿ dx (David and
 * Nagaraja 2003, "Order Statistics", section 3.1), by the midpoint rule.
 */
export function expectedMaximum(count: number): number {
  let sum = 0;
  for (let x = STEP / 2; x < REACH; x += STEP) sum += 1 - phi(x) ** count - phi(-x) ** count;
  return sum * STEP;
}

const phi = (x: number): number => (1 + errorFunction(x / Math.SQRT2)) / 2;
