import type { SweepStanding } from '../../loop/sweep/standing.ts';

/** How a search stands, as its page draws it. */
export type ShownSearch = SweepStanding;

/** One whole run of it. */
export type ShownRun = SweepStanding['front'][number];

/** What the Search page is told: how the search stands; nothing stands before the first. */
export interface ToSearch {
  readonly kind: 'standing';
  /** Of the study. */
  readonly name: string;
  readonly modelPath: string;
  readonly standing: SweepStanding | null;
  readonly isRunning: boolean;
  /** How it ended, in a sentence; empty while it runs. */
  readonly end: string;
}

/** What the Search page asks for: to be filled, to stop and keep, or to show the record. */
export type FromSearch =
  | { readonly kind: 'ready' }
  | { readonly kind: 'stop' }
  | { readonly kind: 'open'; readonly id: string };
