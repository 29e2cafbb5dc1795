import { isContender } from '../../record/kinds.ts';
import { sum } from './studyFigures.ts';
import type { StudyRow } from './studyRow.ts';

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
