import type { AttemptSummary } from '../../record/attemptSummary.ts';
import type { Objective } from '../../record/studyConfig.ts';
import type { Arrangement, SortKey } from './arrangement.ts';
import { gainOf } from '../../study/objective.ts';

type Compare = (a: AttemptSummary, b: AttemptSummary) => number;

/** Compares two attempts as the arrangement sorts them; equals stand newest first. */
export function comparatorOf(
  { key, reversed }: Arrangement['sort'],
  objective: Pick<Objective, 'direction'>,
): Compare {
  const sign =
    (reversed ? -1 : 1) * (key === 'metric' || key === 'effect' ? -gainOf(1, objective) : 1);
  const by = key === 'name' ? byName() : COMPARE[key];
  return (a, b) => by(a, b, sign) || b.number - a.number;
}

const byNumber =
  (valueOf: (attempt: AttemptSummary) => number | null) =>
  (a: AttemptSummary, b: AttemptSummary, sign: number): number => {
    const [left, right] = [valueOf(a), valueOf(b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return sign * (left - right);
  };

const COMPARE: Readonly<
  Record<Exclude<SortKey, 'name'>, (a: AttemptSummary, b: AttemptSummary, sign: number) => number>
> = {
  number: byNumber(({ number }) => -number),
  metric: byNumber(({ metric }) => metric?.mean ?? null),
  effect: byNumber(({ effect }) => effect.observed),
  time: byNumber(({ finishedAt }) => -finishedAt),
  parameters: byNumber(({ parameters }) => parameters),
};

/**
 * Capitals do not matter and numbers count as numbers; each name is prepared once, so that ten
 * thousand take milliseconds.
 */
function byName(): (a: AttemptSummary, b: AttemptSummary, sign: number) => number {
  const prepared = new Map<AttemptSummary, string>();
  const nameOf = (attempt: AttemptSummary): string => {
    const known = prepared.get(attempt);
    if (known !== undefined) return known;
    const name = attempt.title.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(9, '0'));
    prepared.set(attempt, name);
    return name;
  };
  return (a, b, sign) => {
    const [left, right] = [nameOf(a), nameOf(b)];
    return left === right ? 0 : sign * (left < right ? -1 : 1);
  };
}
