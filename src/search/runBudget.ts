import { isLeftBehind } from '../record/kinds.ts';
import type { AttemptSummary } from '../record/attemptSummary.ts';

/**
 * How long a run may go on; whichever ends first ends it. Tokens and money are held where requests
 * are sent.
 */
export interface RunLimits {
  /**
   * Rounds to play, `Infinity` for no end; a proposal that fails its check counts, so that a round
   * always ends.
   */
  readonly rounds: number;
  /**
   * Of wall time, the baseline's training included; a round under way is stopped then, and kept.
   * Absent: no limit.
   */
  readonly minutes?: number;
  /**
   * Rounds without "better", those of earlier runs included, after which a structural move is
   * forced; where that brings nothing either, the run ends. Absent: it is not looked at.
   */
  readonly plateau?: number;
}

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
  | { readonly kind: 'stop'; readonly why: string };

/** What comes next in a run. */
export function nextStep(
  { rounds, minutes = Infinity, plateau = Infinity }: RunLimits,
  { better, dryBefore, startedAt, now }: RunSoFar,
): NextStep {
  if (better.length >= rounds) return { kind: 'stop', why: 'rounds done' };
  if (now - startedAt >= minutes * 60_000) return { kind: 'stop', why: timeSpent(minutes) };
  const dry = better.includes(true)
    ? better.length - 1 - better.lastIndexOf(true)
    : Math.min(plateau, dryBefore) + better.length;
  if (dry > plateau)
    return {
      kind: 'stop',
      why: `plateau: ${dry} rounds without better, the last a structural move`,
    };
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

/** Why a run ends that took all its time. */
export const timeSpent = (minutes: number): string => `time spent: ${minutes} minutes`;

/** Why a run ends where a structural move was due and none was left. */
export const NO_STRUCTURAL_MOVE =
  'plateau: no round brought anything better, and no structural move is left';

/**
 * What counts as one: the operators that change how the network is built, not how it is trained.
 */
export const STRUCTURAL_FAMILIES: readonly string[] = [
  'width',
  'depth',
  'front',
  'residual',
  'normalization',
];
