import { isLeftBehind } from '../record/kinds.ts';
import type { AttemptSummary } from '../record/attemptSummary.ts';
import type { RunEnd } from '../study/runEnd.ts';
import type { RunLimits } from '../study/runSpec.ts';

/** How a run has gone so far; times in milliseconds. */
interface RunSoFar {
  /** Whether it brought something better, round by round. */
  readonly better: readonly boolean[];
  /** Rounds without "better" with which earlier runs ended. */
  readonly dryBefore: number;
  readonly startedAt: number;
  readonly now: number;
}

/** Another round, a structural one where the search has stalled, or why the run ends. */
type NextStep =
  | { readonly kind: 'round'; readonly structural: boolean }
  | { readonly kind: 'stop'; readonly end: RunEnd };

/** What comes next in a run. */
export function nextStep(
  { rounds, minutes = Infinity, plateau = Infinity }: RunLimits,
  { better, dryBefore, startedAt, now }: RunSoFar,
): NextStep {
  if (better.length >= rounds) return { kind: 'stop', end: { kind: 'rounds-done' } };
  if (now - startedAt >= minutes * 60_000)
    return { kind: 'stop', end: { kind: 'time-spent', minutes } };
  const dry = better.includes(true)
    ? better.length - 1 - better.lastIndexOf(true)
    : Math.min(plateau, dryBefore) + better.length;
  if (dry > plateau) return { kind: 'stop', end: { kind: 'plateau', rounds: dry } };
  return { kind: 'round', structural: dry === plateau };
}

/**
 * With how many attempts in a row that were tried and not better a history ends; what the user
 * turned down or stopped tells nothing, and what short runs left behind belongs to another's round.
 */
export function attemptsWithoutBetter(history: readonly AttemptSummary[]): number {
  const tried = history.filter(
    (attempt) =>
      attempt.verdict !== 'rejected' && attempt.verdict !== 'cancelled' && !isLeftBehind(attempt),
  );
  return (
    tried.length -
    1 -
    tried.findLastIndex(({ verdict }) => verdict === 'better' || verdict === 'baseline')
  );
}

/**
 * What counts as a structural move: the operators that change how the network is built, not how it
 * is trained.
 */
export const STRUCTURAL_FAMILIES: readonly string[] = [
  'width',
  'depth',
  'front',
  'residual',
  'recurrent',
  'attention',
  'normalization',
];
