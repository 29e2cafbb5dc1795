import type { FindingKind } from '../log/diagnosis.ts';
import type { Proposal } from './proposal.ts';

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

/** What proposals are asked for, and what stops the work. */
export interface SearchSpec {
  /** The user's own words, if any. */
  readonly wish: string | null;
  /** The finding to answer first, if any. */
  readonly focus?: FindingKind | null;
  /** The attempt to propose from, by its id; the search chooses where it is not said. */
  readonly from?: string | null;
  readonly signal: AbortSignal;
}

/** One run of the loop, as it was asked for: immutable, it travels with the run. */
export interface RunSpec extends RunLimits, SearchSpec {
  /**
   * Whether the baseline is checked first (simple models, its learning rate), which is the default.
   */
  readonly baselineCheck?: 'first' | 'skip';
  /**
   * Proposals a round, default 1; of several, short runs choose the one that is reviewed and raced.
   * Only where no person reviews.
   */
  readonly batch?: number;
  /** What an earlier session left undecided: the first round's, where it is made from its text. */
  readonly waiting?: Proposal | null;
}
