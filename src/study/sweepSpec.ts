/** One search of a space, as it was asked for. */
export interface SweepSpec {
  /** Of wall time, the race of what was found included; absent: no limit. */
  readonly minutes?: number;
  /** Configurations to try; absent: no limit. */
  readonly trials?: number;
  /** What is searched: all there is (the default), or what was marked alone. */
  readonly scope?: 'everything' | 'marked';
  /** What other searches of the repository taught; used unless it is said otherwise. */
  readonly experience?: 'used' | 'ignored';
  /** Of the search; its short runs are trained with a seed of their own that follows from it. */
  readonly seed: number;
  readonly signal: AbortSignal;
}

/** The operator under which a winner of a search stands in the history. */
export const SEARCH = 'search';

/** The seed of a search's short runs: none of a study's own, so that a race is on new ones. */
export const shortSeed = (seed: number, taken: readonly number[]): number => {
  let own = 100_003 + seed;
  while (taken.includes(own)) own += 1;
  return own;
};
