import type { Diagnosis, FindingKind } from '../log/diagnosis.ts';
import type { Architecture } from '../model/architecture.ts';
import type { ModelFile } from '../model/modelFile.ts';
import type { Attempt, Repair } from '../record/attempt.ts';
import type { Cost } from '../record/cost.ts';
import type { Exchange } from '../record/proposalRecord.ts';
import type { Failure } from '../record/trial.ts';
import type { AttemptSummary } from '../record/attemptSummary.ts';
import type { DataProfile } from '../record/dataProfile.ts';
import type { Proposal } from '../study/proposal.ts';
import type { Study } from '../study/study.ts';
import type { Price } from './languageModel.ts';
import type { Random } from './random.ts';

/** Looks for changes worth a trial: asked where the search stands, told what came of it. */
export interface Searcher {
  readonly name: string;
  /** Up to `count` reasoned changes, best first; empty where it has nothing left to offer. */
  ask(state: SearchState, count: number): Promise<readonly Proposal[]>;
  /**
   * What came of proposals, several at once where they were run side by side. Absent where the
   * history that comes with {@link SearchState} says enough.
   */
  tell?(results: readonly SearchResult[]): void;
  /**
   * Mends a proposal of its own that failed; a searcher without it (or `null` for another's
   * proposal) is not asked again.
   */
  repair?(request: RepairRequest): Promise<RepairAnswer | null>;
  /** What its next request would come to; nothing is sent. Absent where nobody is asked. */
  estimate?(state: SearchState, count: number): Promise<RequestEstimate>;
}

/** Where the search stands: all that a searcher may look at. */
export interface SearchState {
  readonly study: Study;
  readonly model: ModelFile;
  readonly architecture: Architecture;
  readonly diagnosis: Diagnosis;
  readonly data: DataProfile | null;
  /** Oldest first. */
  readonly history: readonly AttemptSummary[];
  readonly parent: AttemptSummary | null;
  /** The user's own words, if any. */
  readonly wish: string | null;
  /** The finding that the user wants answered, if any: what answers it goes first. */
  readonly focus?: FindingKind | null;
  /**
   * The search has stalled: only a change of the network's structure will do (width, depth,
   * convolution, residual, normalisation).
   */
  readonly structural?: boolean;
  /** The full records of the last few attempts, oldest first; read only when asked for. */
  readonly recent?: () => Promise<readonly Attempt[]>;
  readonly random: Random;
  readonly signal: AbortSignal;
}

/** A proposal as it was tried, and the attempt that it became. */
export interface SearchResult {
  readonly proposal: Proposal;
  readonly attempt: AttemptSummary;
}

/** A proposal of the searcher's own that did not apply, build or train. */
export interface RepairRequest {
  readonly state: SearchState;
  readonly proposal: Proposal;
  readonly failure: Failure;
  /** The steps before this one, oldest first. */
  readonly earlier: readonly Repair[];
}

/** What a failure was answered by; `answer` is one sentence for the attempt's record. */
export type RepairAnswer =
  | {
      readonly kind: 'corrected';
      readonly proposal: Proposal;
      readonly answer: string;
      readonly cost: Cost | null;
    }
  /** A missing package, the memory of this machine: stops the repair and says why. */
  | {
      readonly kind: 'cannot-mend';
      readonly answer: string;
      readonly cost: Cost | null;
      readonly exchanges?: readonly Exchange[];
    };

/** What one of a searcher's requests would come to, before it is sent. */
export interface RequestEstimate {
  readonly model: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** `null`: unknown. */
  readonly price: Price | null;
  /**
   * Requests a round, on average: below 1 where others propose too, above it where a round asks for
   * several proposals.
   */
  readonly share: number;
}
