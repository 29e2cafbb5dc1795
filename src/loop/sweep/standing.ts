import type { Cost } from '../../record/cost.ts';
import type { Objective } from '../../record/studyConfig.ts';
import type { SweptConfiguration } from '../../record/searchRecords.ts';
import type { Importance } from '../../search/sweep/importance.ts';

/** A configuration in words, with what it came to. */
export interface Placed {
  /** 1-based, in the order of trying. */
  readonly number: number;
  /** `learning rate 0.001 → 0.004, batch size 32 → 16`; empty for the model file as it is. */
  readonly text: string;
  readonly values: SweptConfiguration['values'];
  readonly by: string;
  readonly epochs: number;
  /** Of the first objective. */
  readonly value: number;
  readonly parameters: number | null;
  readonly fingerprint: string | null;
}

/** How a search stands: what a live view shows. */
export interface SweepStanding {
  readonly attemptId: string;
  readonly objective: Objective;
  /** Epochs of a whole run. */
  readonly epochs: number;
  readonly tried: number;
  readonly full: number;
  readonly failed: number;
  /** Refused by their cost before anything was built. */
  readonly unfit: number;
  /** The model file as it is; `null` before it was trained. */
  readonly start: Placed | null;
  /** The best of the whole runs; `null` before there is one. */
  readonly best: Placed | null;
  /** Each new best, with the seconds at which it came. */
  readonly course: readonly { readonly seconds: number; readonly value: number }[];
  readonly running: readonly {
    readonly text: string;
    readonly epoch: number;
    readonly value: number | null;
  }[];
  /** Whole runs that nothing beats in both the objective and parameters, the smallest first. */
  readonly front: readonly Placed[];
  readonly importance: readonly Importance[];
  /** What each part of the searcher is expected to win of a turn, 0–1. */
  readonly shares: Readonly<Record<string, number>>;
  /** The language model that takes part, and what that took; `null` where none does. */
  readonly partner: {
    readonly name: string;
    /** Of what was tried. */
    readonly suggested: number;
    readonly cost: Cost | null;
  } | null;
  readonly seconds: number;
  /** Absent: no limit. */
  readonly minutes?: number;
  readonly trials?: number;
}
