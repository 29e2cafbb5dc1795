import type { Cost, Evidence, Exchange, Failure, Tunable } from '../record/attempt.ts';

/**
 * A reasoned change that nobody has accepted yet: the whole new text of the model file, and why.
 */
export interface Proposal {
  readonly title: string;
  /** Operator name, or `free-edit` for a model's own. */
  readonly operator: string;
  readonly family: string;
  readonly reasoning: string;
  /** What has to be read before anything else: the baseline itself is at fault. */
  readonly headline?: string;
  readonly evidence: readonly Evidence[];
  /**
   * Signed change of the objective's metric, in its own units; `null` when the proposer gave none.
   */
  readonly expectedEffect: { readonly metric: string; readonly delta: number } | null;
  /** 0–1. */
  readonly confidence: number | null;
  readonly proposer: string;
  /**
   * The model file's text this was made from; a proposal is stale when the file no longer has it.
   */
  readonly base: string;
  /** The proposed text of the model file. */
  readonly text: string;
  /** Canonical form of the proposed architecture (see `Attempt.fingerprint`). */
  readonly fingerprint: string | null;
  readonly cost: Cost | null;
  /** Where its words and its change disagree, a sentence each; shown beside it. */
  readonly warnings?: readonly string[];
  /** How many of the warnings are claims its change does not keep, or changes it does not name. */
  readonly mismatches?: number;
  /**
   * Why it came to no change at all (an answer that cannot be read or applied); `text` is then
   * `base`.
   */
  readonly refusal?: Failure;
  readonly exchanges?: readonly Exchange[];
  readonly searchSpace?: readonly Tunable[];
}
