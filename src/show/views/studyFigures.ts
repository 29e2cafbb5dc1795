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

/** What changes of one operator came to where they answered one finding. */
export interface EffectCell {
  readonly tries: number;
  readonly better: number;
  /** Mean observed effect in units of the metric; `null` where none was measured. */
  readonly effect: number | null;
}

/** Operators by findings; a proposal that cited nothing stands under `no finding`. */
export interface EffectTable {
  readonly operators: readonly string[];
  readonly findings: readonly string[];
  readonly cell: (operator: string, finding: string) => EffectCell | null;
  /** The largest effect in either direction. */
  readonly largest: number;
}

/** Operator × finding, the most used first. */
export function effectTable(rows: readonly StudyRow[]): EffectTable {
  const tried = rows.filter((row) => row.operator !== null && isContender(row));
  const places = tried.flatMap((row) =>
    (row.findings.length > 0 ? row.findings : [NO_FINDING]).map((finding) => ({
      row,
      operator: row.operator ?? '',
      finding,
    })),
  );
  const groups = Map.groupBy(places, ({ operator, finding }) => `${operator}\n${finding}`);
  const cells = new Map(
    [...groups].map(([key, group]) => [key, cellOf(group.map(({ row }) => row))]),
  );
  return {
    operators: byCount(places.map(({ operator }) => operator)),
    findings: byCount(places.map(({ finding }) => finding)),
    cell: (operator, finding) => cells.get(`${operator}\n${finding}`) ?? null,
    largest: Math.max(0, ...[...cells.values()].map(({ effect }) => Math.abs(effect ?? 0))),
  };
}

const NO_FINDING = 'no finding';

function cellOf(rows: readonly StudyRow[]): EffectCell {
  const effects = rows.flatMap(({ observed }) => observed ?? []);
  return {
    tries: rows.length,
    better: rows.filter(({ verdict }) => verdict === 'better').length,
    effect: effects.length === 0 ? null : sum(effects) / effects.length,
  };
}

function byCount(names: readonly string[]): readonly string[] {
  const counts = Map.groupBy(names, (name) => name);
  return [...counts]
    .sort(([a, all], [b, others]) => others.length - all.length || a.localeCompare(b))
    .map(([name]) => name);
}

/** How well effects were foretold. */
export interface Calibration {
  readonly pairs: readonly {
    readonly row: StudyRow;
    readonly predicted: number;
    readonly observed: number;
  }[];
  /** Share of the predictions that had the sign right; `null` without any. */
  readonly sameSign: number | null;
  /** Mean distance of prediction and observation, in units of the metric; `null` without any. */
  readonly meanError: number | null;
}

/** Predicted and observed effect of every attempt that has both. */
export function calibration(rows: readonly StudyRow[]): Calibration {
  const pairs = rows.flatMap((row) =>
    row.predicted !== null && row.observed !== null
      ? [{ row, predicted: row.predicted, observed: row.observed }]
      : [],
  );
  const mean = (values: readonly number[]): number | null =>
    values.length === 0 ? null : sum(values) / values.length;
  return {
    pairs,
    sameSign: mean(
      pairs.map(({ predicted, observed }) =>
        Math.sign(predicted) === Math.sign(observed) ? 1 : 0,
      ),
    ),
    meanError: mean(pairs.map(({ predicted, observed }) => Math.abs(predicted - observed))),
  };
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

const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);
