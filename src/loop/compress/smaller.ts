import type { Precision } from '../../model/quantize.ts';
import type { TrainedModel } from '../../model/trainedModel.ts';
import type { NonInferiority } from '../../judge/nonInferiority.ts';
import type { CompletedTrial, Measures } from '../../record/trial.ts';

/** How a model was made smaller. */
export type Method =
  | 'as-trained'
  | 'narrowing'
  | 'structured-pruning'
  | 'distillation'
  /** Starts as the pruned model, and is taught by the original. */
  | 'pruning-and-distillation'
  /** The weights that matter least become zero while it goes on training. */
  | 'magnitude-pruning'
  /** A dense layer becomes two with a narrow one between. */
  | 'low-rank-factors'
  /** Trained on with what 8 bits can say. */
  | '8-bit-aware';

/** What a smaller model is asked for. */
export interface CompressRequest {
  readonly id: string;
  /** Bytes of the weights at most. */
  readonly limit: number;
  /** `val_accuracy`; default: accuracy of classes, else the study's own metric. */
  readonly metric: string | null;
  /** What may be lost: of an accuracy or R² in its own units, else a share of the metric. */
  readonly mayLose: number;
  /** The sealed test part is opened for the best of it; absent: it stays sealed. */
  readonly confirm?: true;
  /** How many seeds are compared; `null`: as many as the study's judge may take. */
  readonly seeds: number | null;
  readonly signal: AbortSignal;
}

/** A way to make it smaller, and what came of it on the paired seeds. */
export interface Smaller {
  readonly method: Method;
  readonly precision: Precision;
  /** `16 → 8, 32 → 16`: units or filters of each layer; empty where nothing but bits changed. */
  readonly change: string;
  readonly parameters: number;
  /** Of the weights, as they would ship (see `shippedBytes`). */
  readonly bytes: number;
  /** With the weights as they would ship. */
  readonly trials: readonly CompletedTrial[];
  /** Means over the seeds. */
  readonly measures: Measures;
  readonly verdict: NonInferiority;
  /** Id of the attempt whose weights these are. */
  readonly attempt: string;
}

/** Everything that was tried to make a model smaller. */
export interface Compressed {
  readonly metric: string;
  readonly margin: number;
  /** What trained it, and so what it can be exported as. */
  readonly framework: TrainedModel['facts']['framework'];
  readonly seeds: readonly number[];
  /** The model itself. */
  readonly original: Pick<Smaller, 'bytes' | 'parameters' | 'measures'>;
  /** The smallest first. */
  readonly tried: readonly Smaller[];
  /**
   * Of those that are not worse the one that loses least within the limit, without one the
   * smallest; `null`: there is none.
   */
  readonly best: Smaller | null;
  /** What the sealed part says of it; `null` where it was not opened. */
  readonly confirmed: Confirmed | null;
}

/** The sealed part's word on the best of it. */
export interface Confirmed {
  readonly kind: NonInferiority['kind'];
  readonly text: string;
  /** Id of the record of the opening. */
  readonly attempt: string;
}

/**
 * Without a limit the smallest that holds; within one the one that loses least: among many that
 * just hold some do by luck, and all that fit are small enough. `tried`: the smallest first.
 */
export function bestOf(tried: readonly Smaller[], limit: number): Smaller | null {
  const fit = tried.filter(({ bytes, verdict }) => bytes <= limit && verdict.kind === 'not-worse');
  const isBounded = Number.isFinite(limit);
  return (isBounded ? fit.toSorted((a, b) => leastGain(b) - leastGain(a)) : fit)[0] ?? null;
}

/** Of two of one size the better one. */
export const smallestFirst = (a: Smaller, b: Smaller): number =>
  a.bytes - b.bytes || leastGain(b) - leastGain(a);

/** What it gains at the least; below 0 what it may lose. */
const leastGain = ({ verdict }: Smaller): number => verdict.gain?.least ?? -Infinity;
