import type { AttemptSummary } from '../../record/attemptSummary.ts';
import type { Objective } from '../../record/studyConfig.ts';
import type { Arrangement, Marks } from './arrangement.ts';
import { sieveOf } from './filter.ts';
import { comparatorOf } from './sort.ts';

/** What an arrangement cannot know by itself. */
export interface ArrangeContext {
  readonly objective: Pick<Objective, 'direction'>;
  readonly marks: Marks;
}

/** Attempts that have something in common. */
export interface AttemptGroup {
  /** Operator, proposer, or the id of the parent; empty for what has none. */
  readonly key: string;
  readonly attempts: readonly AttemptSummary[];
}

/** Attempts filtered, sorted and grouped. */
export interface Arranged {
  /** In order; all that passed the filter. */
  readonly attempts: readonly AttemptSummary[];
  /**
   * In the order of their first attempts; `null` where nothing was grouped. Grouped by parent, the
   * roots have the key `''`, and a parent that was filtered out hands its children on to its own.
   */
  readonly groups: readonly AttemptGroup[] | null;
  /** How many there are without the filter. */
  readonly total: number;
}

/**
 * Filters, sorts and groups attempts; 10,000 take a few milliseconds. What has no value to sort by
 * comes last, either way round.
 */
export function arrangeAttempts(
  summaries: readonly AttemptSummary[],
  arrangement: Arrangement,
  context: ArrangeContext,
): Arranged {
  const attempts = summaries
    .filter(sieveOf(arrangement.filter, context.marks))
    .sort(comparatorOf(arrangement.sort, context.objective));
  return {
    attempts,
    groups: groupsOf(attempts, arrangement.group, summaries),
    total: summaries.length,
  };
}

function groupsOf(
  attempts: readonly AttemptSummary[],
  group: Arrangement['group'],
  all: readonly AttemptSummary[],
): readonly AttemptGroup[] | null {
  if (group === 'none') return null;
  const keyOf =
    group === 'parent'
      ? parentIn(attempts, all)
      : (attempt: AttemptSummary): string => attempt[group] ?? '';
  return [...Map.groupBy(attempts, keyOf)].map(([key, members]) => ({ key, attempts: members }));
}

/** The nearest ancestor that is shown. */
function parentIn(
  attempts: readonly AttemptSummary[],
  all: readonly AttemptSummary[],
): (attempt: AttemptSummary) => string {
  const shown = new Set(attempts.map(({ id }) => id));
  const parents = new Map(all.map(({ id, parents: [first] }) => [id, first]));
  return ({ id }) => {
    let parent = parents.get(id);
    if (parent !== undefined && parent !== id && shown.has(parent)) return parent;
    const seen = new Set([id]);
    while (parent !== undefined && !shown.has(parent) && !seen.has(parent)) {
      seen.add(parent);
      parent = parents.get(parent);
    }
    return parent !== undefined && shown.has(parent) && !seen.has(parent) ? parent : '';
  };
}
