import { isBaseline, isContender } from '../record/kinds.ts';
import { compare } from './objective.ts';
import type { Objectives } from '../record/objectives.ts';
import type { Measures } from '../record/trial.ts';
import { noiseFloor } from './noiseFloor.ts';
import type { AttemptSummary } from '../record/attemptSummary.ts';

/** `root` and everything that was proposed from it, directly or not, in the order of `history`. */
export function descendantsOf(
  root: AttemptSummary,
  history: readonly AttemptSummary[],
): readonly AttemptSummary[] {
  const known = new Set([root.id]);
  return history.filter((attempt) => {
    if (attempt.parents.some((parent) => known.has(parent))) known.add(attempt.id);
    return known.has(attempt.id);
  });
}

/**
 * What to build upon and to apply: of the root and what was judged better, the best by its means,
 * and then whatever was judged better than that in turn. So a simpler model that is as good takes
 * its parent's place, as long as its mean stays within the noise of the best one's: a chain of them
 * cannot drift away. `null` when none was trained.
 */
export function bestOf(
  attempts: readonly AttemptSummary[],
  objectives: Objectives,
): AttemptSummary | null {
  const candidates = attempts.filter(
    (attempt) =>
      attempt.metric !== null &&
      isContender(attempt) &&
      (attempt.verdict === 'better' || attempt.verdict === 'baseline'),
  );
  const top = bestMean(candidates, objectives);
  const tolerance = Math.SQRT2 * ((top && noiseFloor(attempts, top)?.sd) ?? 0);
  const isClose = ({ metric }: AttemptSummary): boolean =>
    Math.abs((metric?.mean ?? NaN) - (top?.metric?.mean ?? NaN)) <= tolerance;
  let best = top;
  // A line in a circle (a damaged history) ends where it closes.
  const seen = new Set<AttemptSummary>();
  for (
    let next = best;
    next && !seen.has(next);
    next = bestMean(
      candidates.filter((attempt) => attempt.parents[0] === best?.id && isClose(attempt)),
      objectives,
    )
  ) {
    seen.add(next);
    best = next;
  }
  return best;
}

const bestMean = (
  attempts: readonly AttemptSummary[],
  objectives: Objectives,
): AttemptSummary | null =>
  attempts.reduce<AttemptSummary | null>(
    (best, attempt) => (isBetter(attempt, best, objectives) ? attempt : best),
    null,
  );

/**
 * The best of the line that was worked on last: what a user goes on from. `null` before anything
 * was trained.
 */
export function currentBest(
  history: readonly AttemptSummary[],
  objectives: Objectives,
): AttemptSummary | null {
  const latest = history.findLast((attempt) => attempt.metric !== null);
  return latest ? bestOf(descendantsOf(baselineOf(latest, history), history), objectives) : null;
}

/**
 * The baseline an attempt goes back to; the attempt itself when it is one or its line is broken.
 */
export function baselineOf(
  attempt: AttemptSummary,
  history: readonly AttemptSummary[],
): AttemptSummary {
  return ancestryOf(attempt, history, isBaseline).at(-1) ?? attempt;
}

/** From the baseline to the attempt, each proposed from the one before. */
export const lineOf = (
  attempt: AttemptSummary,
  history: readonly AttemptSummary[],
): readonly AttemptSummary[] => ancestryOf(attempt, history, () => false).toReversed();

/**
 * The attempt, its parent, and so on until `isEnd`; a line of ten thousand is walked once, one in a
 * circle ends.
 */
function ancestryOf(
  attempt: AttemptSummary,
  history: readonly AttemptSummary[],
  isEnd: (attempt: AttemptSummary) => boolean,
): readonly AttemptSummary[] {
  const byId = new Map<string, AttemptSummary>();
  for (const other of history) byId.set(other.id, other);
  const line = new Set([attempt]);
  for (let last = attempt; !isEnd(last);) {
    const parent = byId.get(last.parents[0] ?? '');
    if (!parent || line.has(parent)) break;
    line.add(parent);
    last = parent;
  }
  return [...line];
}

/** `parent #1`, `baseline #0`: what an attempt was compared with, for people. */
export function rivalName(
  id: string,
  {
    parentId,
    history,
  }: { readonly parentId: string | undefined; readonly history: readonly AttemptSummary[] },
): string {
  const role =
    history.find((attempt) => attempt.id === id)?.verdict === 'baseline'
      ? 'baseline'
      : id === parentId
        ? 'parent'
        : 'earlier';
  return `${role} ${numberName(id, history)}`;
}

/** `#1`; the id where the history does not know it. */
export function numberName(id: string, history: readonly AttemptSummary[]): string {
  const number = history.find((attempt) => attempt.id === id)?.number;
  return number === undefined ? id : `#${number}`;
}

function isBetter(
  attempt: AttemptSummary,
  best: AttemptSummary | null,
  objectives: Objectives,
): boolean {
  if (!attempt.metric) return false;
  return (
    !best?.metric ||
    compare(measuresOf(attempt, objectives), measuresOf(best, objectives), objectives) < 0
  );
}

/** What is known of an attempt by its summary. */
const measuresOf = (
  { metric, parameters, measures }: AttemptSummary,
  [objective]: Objectives,
): Measures => ({
  ...measures,
  ...(parameters !== null && { parameters }),
  ...(metric && { [objective.metric]: metric.mean }),
});
