import type { Evidence } from '../../record/proposalRecord.ts';
import type { ArchitectureEdit } from '../../model/edits.ts';
import type { FindingKind } from '../../log/diagnosis.ts';
import type { OperatorContext } from './operatorContext.ts';

/** How strongly an operator answers a finding, −1 … 1: 0.8 "made for it", −0.5 "makes it worse". */
export type Answers = Readonly<Partial<Record<FindingKind, number>>>;

/** One concrete use of an operator: not yet source text, not yet known to be new. */
export interface Candidate {
  readonly title: string;
  readonly edits: readonly ArchitectureEdit[];
  /** Sentences with the log's numbers in them. */
  readonly reason: string;
  readonly evidence: readonly Evidence[];
  /** Signed change of the objective's metric, before the operator's record corrects it. */
  readonly expectedEffect: { readonly metric: string; readonly delta: number } | null;
  /** 0–1, before the operator's record corrects it. */
  readonly confidence: number;
  /** What tells it from the operator's other candidates, e.g. `layer 2, ×2`. */
  readonly variantKey: string;
  /** What the ranking weighs besides the record. */
  readonly priority: {
    /** How much the diagnosis calls for this operator, 0–1. */
    readonly need: number;
    /** How good this candidate is among the operator's own, 0–1. */
    readonly fit: number;
    /** Parameters after / before. */
    readonly growth: number;
  };
}

/**
 * A kind of change: one object, in the file of its family. Adding one touches nothing else but the
 * list in `operators.ts`.
 */
export interface Operator {
  /** Stable: attempts and track records refer to it. */
  readonly name: string;
  readonly family: string;
  /** Paper or document it comes from, with the year. */
  readonly source: string;
  /** The findings it is a remedy for, or makes worse. */
  readonly answers: Answers;
  /** Everything this operator could do here; empty where its precondition does not hold. */
  candidates(context: OperatorContext): readonly Candidate[];
}

/**
 * What an operator's own file says of a candidate; words and numbers around it are added by {@link
 * defineOperator}.
 */
export interface Idea {
  readonly title: string;
  readonly edits: readonly ArchitectureEdit[];
  readonly variantKey: string;
  /**
   * The clause that follows what the log says: what is done, to which layer, and why that helps.
   */
  readonly because: string;
  /** 0–1; 1 when not named. */
  readonly fit?: number;
  /** Parameters after / before; 1 when not named. */
  readonly growth?: number;
}
