import { isContender } from '../../record/kinds.ts';
import type { Objective } from '../../record/studyConfig.ts';
import { gainOf } from '../../study/objective.ts';
import { sum } from './studyFigures.ts';
import type { StudyRow } from './studyRow.ts';

/** What changes of one operator came to where they answered one finding. */
export interface EffectCell {
  readonly tries: number;
  readonly better: number;
  /** Mean observed effect in units of the metric; `null` where none was measured. */
  readonly effect: number | null;
}

/**
 * Operators, the most helpful first, by findings; a proposal that cited nothing stands under `no
 * finding`.
 */
export interface EffectTable {
  readonly operators: readonly string[];
  readonly findings: readonly string[];
  /** All that was tried of an operator, whatever it answered. */
  readonly whole: (operator: string) => EffectCell | null;
  readonly cell: (operator: string, finding: string) => EffectCell | null;
  /** The largest effect in either direction. */
  readonly largest: number;
}

/** Operator × finding; what was never measured stands last, the most used finding first. */
export function effectTable(rows: readonly StudyRow[], objective: Objective): EffectTable {
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
  const wholes = new Map(
    [...Map.groupBy(tried, ({ operator }) => operator ?? '')].map(([operator, group]) => [
      operator,
      cellOf(group),
    ]),
  );
  return {
    operators: byGain(wholes, objective),
    findings: byCount(places.map(({ finding }) => finding)),
    whole: (operator) => wholes.get(operator) ?? null,
    cell: (operator, finding) => cells.get(`${operator}\n${finding}`) ?? null,
    largest: Math.max(
      0,
      ...[...wholes.values(), ...cells.values()].map(({ effect }) => Math.abs(effect ?? 0)),
    ),
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

const byGain = (wholes: ReadonlyMap<string, EffectCell>, objective: Objective): readonly string[] =>
  [...wholes]
    .map(([name, { effect }]) => ({
      name,
      gain: effect === null ? -Infinity : gainOf(effect, objective),
    }))
    .toSorted((a, b) => b.gain - a.gain || a.name.localeCompare(b.name))
    .map(({ name }) => name);

function byCount(names: readonly string[]): readonly string[] {
  const counts = Map.groupBy(names, (name) => name);
  return [...counts]
    .sort(([a, all], [b, others]) => others.length - all.length || a.localeCompare(b))
    .map(([name]) => name);
}
