import type { SourceRange } from '../model/architecture.ts';
import type { Cost } from '../record/cost.ts';
import type { Exchange, ProposalRecord } from '../record/proposalRecord.ts';
import type { Failure } from '../record/trial.ts';

/**
 * A reasoned change that nobody has accepted yet: the whole new text of the model file, and why.
 */
export interface Proposal extends Omit<ProposalRecord, 'diff'> {
  /** What has to be read before anything else: the baseline itself is at fault. */
  readonly headline?: string;
  /**
   * The model file's text this was made from; a proposal is stale when the file no longer has it.
   */
  readonly base: string;
  /** The proposed text of the model file. */
  readonly text: string;
  /** Canonical form of the proposed architecture (see `Attempt.fingerprint`). */
  readonly fingerprint: string | null;
  readonly cost: Cost | null;
  /**
   * Why it came to no change at all (an answer that cannot be read or applied); `text` is then
   * `base`.
   */
  readonly refusal?: Failure;
  readonly exchanges?: readonly Exchange[];
  /** Of a search: what a person marked to be searched, in `base` and in `text`. */
  readonly marked?: {
    readonly base: readonly SourceRange[];
    readonly text: readonly SourceRange[];
  };
}
