import { isContender } from '../../../record/kinds.ts';
import { isBetterValue } from '../../../study/objective.ts';
import type { Objective } from '../../../record/studyConfig.ts';
import { figure, PROVEN, MEASURED } from './figure.ts';
import type { FigurePoint, AttemptRow } from './figure.ts';

type Aim = Pick<Objective, 'metric' | 'direction'>;

/**
 * Every measured attempt with its spread, and the best so far as a line that steps where an attempt
 * was judged better.
 */
export function progressFigure(attempts: readonly AttemptRow[], objective: Aim): string {
  const points = attempts
    .flatMap((attempt): FigurePoint[] =>
      attempt.metric
        ? [{ x: attempt.number, y: attempt.metric.mean, spread: attempt.metric.sd ?? 0, attempt }]
        : [],
    )
    .sort((a, b) => a.x - b.x);
  return figure(points, {
    title: `${objective.metric} of every attempt, and the best so far`,
    x: 'attempt',
    y: objective.metric,
    line: stairs(points, PROVEN, objective),
  });
}

/** Metric against parameters; the line joins those that no smaller one beats. */
export function sizeFigure(attempts: readonly AttemptRow[], objective: Aim): string {
  const points = attempts
    .flatMap((attempt): FigurePoint[] =>
      attempt.metric && attempt.parameters !== null
        ? [{ x: attempt.parameters, y: attempt.metric.mean, spread: 0, attempt }]
        : [],
    )
    .sort((a, b) => a.x - b.x);
  return figure(points, {
    title: `${objective.metric} against parameters, and the Pareto front`,
    x: 'parameters',
    y: objective.metric,
    line: stairs(points, MEASURED, objective),
  });
}

/** The best value up to each point, of those whose verdict counts: stairs. */
function stairs(
  points: readonly FigurePoint[],
  counting: ReadonlySet<string>,
  objective: Aim,
): readonly (readonly [number, number])[] {
  let best: number | null = null;
  return points.flatMap(({ x, y, attempt }) => {
    const before = best;
    if (
      counting.has(attempt.verdict) &&
      isContender(attempt) &&
      (best === null || isBetterValue(objective, y, best))
    )
      best = y;
    return [before, best].flatMap((level) => (level === null ? [] : [[x, level] as const]));
  });
}
