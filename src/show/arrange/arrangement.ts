import type { VerdictKind } from '../../record/verdict.ts';

/**
 * What attempts can be sorted by; the first of each is the best, the newest, the smallest, or `a`.
 */
export const sortKeys = ['number', 'metric', 'effect', 'time', 'parameters', 'name'] as const;

/** What attempts can be grouped by; `parent` is the tree of what was proposed from what. */
export const groupings = ['none', 'parent', 'operator', 'proposer'] as const;

export type SortKey = (typeof sortKeys)[number];
export type Grouping = (typeof groupings)[number];

/** Which attempts are shown: those that agree with all of it; an empty list asks for nothing. */
export interface AttemptFilter {
  readonly verdicts: readonly VerdictKind[];
  readonly operators: readonly string[];
  readonly proposers: readonly string[];
  /**
   * Words that must all stand in number, title, operator, proposer or note; capitals do not matter.
   */
  readonly text: string;
  readonly starred: boolean;
}

/** How attempts are shown: the same in tree, table and terminal. */
export interface Arrangement {
  readonly sort: { readonly key: SortKey; readonly reversed: boolean };
  readonly filter: AttemptFilter;
  readonly group: Grouping;
}

/** A person's own star and note on an attempt. */
export interface Mark {
  readonly starred: boolean;
  /** Empty for none. */
  readonly note: string;
}

/** Marks by the id of their attempt. */
export type Marks = ReadonlyMap<string, Mark>;

/** A filter that shows everything. */
const NO_FILTER: AttemptFilter = {
  verdicts: [],
  operators: [],
  proposers: [],
  text: '',
  starred: false,
};

/** Newest first, everything, in one list. */
export const PLAIN_ARRANGEMENT: Arrangement = {
  sort: { key: 'number', reversed: false },
  filter: NO_FILTER,
  group: 'none',
};
