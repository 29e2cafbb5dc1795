import type { Objective } from '../../record/studyConfig.ts';
import { isContender } from '../../record/kinds.ts';
import { gainOf, isBetterValue } from '../../study/objective.ts';
import type { StudyRow } from './studyRow.ts';

/**
 * The best metric known after each attempt, with one deviation of its seeds to both sides; `null`
 * before anything was measured.
 */
export interface BestSoFar {
  readonly mean: readonly (number | null)[];
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
}

/**
 * What a search has to show for its attempts; only what was judged better (or is a baseline) counts
 * as the best.
 */
export function bestSoFar(rows: readonly StudyRow[], objective: Objective): BestSoFar {
  let best: Measured | null = null;
  const bests: (Measured | null)[] = [];
  for (const { mean, sd, verdict, kind } of rows) {
    const counts =
      mean !== null && isContender({ kind }) && (verdict === 'better' || verdict === 'baseline');
    if (counts && (best === null || isBetterValue(objective, mean, best.mean)))
      best = { mean, sd: sd ?? 0 };
    bests.push(best);
  }
  const at = (sign: number): (number | null)[] =>
    bests.map((known) => known && known.mean + sign * known.sd);
  return { mean: at(0), low: at(-1), high: at(1) };
}

interface Measured {
  readonly mean: number;
  readonly sd: number;
}

/** The attempts that no other beats in both metric and number of parameters, smallest first. */
export function paretoFront(rows: readonly StudyRow[], objective: Objective): readonly StudyRow[] {
  const measured = rows
    .filter(isContender)
    .flatMap((row) =>
      row.mean !== null && row.parameters !== null
        ? [{ row, mean: row.mean, parameters: row.parameters }]
        : [],
    );
  const sorted = measured.sort(
    (a, b) => a.parameters - b.parameters || gainOf(b.mean - a.mean, objective),
  );
  const front: typeof sorted = [];
  for (const point of sorted) {
    const last = front.at(-1);
    if (!last || isBetterValue(objective, point.mean, last.mean)) front.push(point);
  }
  return front.map(({ row }) => row);
}

/** What a study has taken so far. */
export interface Budget {
  readonly attempts: number;
  readonly trials: number;
  readonly failed: number;
  readonly seconds: number;
  readonly tokens: number;
  readonly usd: number;
  /** Attempts whose cost is not known: older ones, or ones without a price. */
  readonly unknown: number;
}

/** Sums over the rows; what is unknown is counted, not guessed. */
export const budgetOf = (rows: readonly StudyRow[]): Budget => ({
  attempts: rows.length,
  trials: sum(rows.map(({ seeds }) => seeds)),
  failed: rows.filter(({ verdict }) => verdict === 'crashed' || verdict === 'invalid').length,
  seconds: sum(rows.map(({ seconds }) => seconds ?? 0)),
  tokens: sum(rows.map(({ tokens }) => tokens ?? 0)),
  usd: sum(rows.map(({ usd }) => usd ?? 0)),
  unknown: rows.filter(({ seconds, usd }) => seconds === null || usd === null).length,
});

/** Adds up numbers. */
export const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);
