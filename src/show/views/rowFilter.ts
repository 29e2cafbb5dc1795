import type { StudyRow } from './studyRow.ts';

/** What the table is narrowed down to; an empty text narrows nothing. */
export interface RowFilter {
  readonly verdict: string;
  readonly operator: string;
  readonly proposer: string;
  readonly text: string;
  readonly starred: boolean;
}

export const noFilter: RowFilter = {
  verdict: '',
  operator: '',
  proposer: '',
  text: '',
  starred: false,
};

/** A column that can be sorted by; a measure by its name. */
export type SortKey =
  | `measure ${string}`
  | 'number'
  | 'title'
  | 'verdict'
  | 'operator'
  | 'proposer'
  | 'mean'
  | 'sd'
  | 'seeds'
  | 'observed'
  | 'predicted'
  | 'parameters'
  | 'seconds'
  | 'finishedAt';

/** How rows are ordered; what has no value stands last either way. */
export interface RowOrder {
  readonly key: SortKey;
  readonly descending: boolean;
}

/** The rows that pass the filter, in order; `stars` are the ids of those that the user starred. */
export function arrange(
  rows: readonly StudyRow[],
  filter: RowFilter,
  { key, descending }: RowOrder,
  stars: ReadonlySet<string>,
): readonly StudyRow[] {
  const text = filter.text.trim().toLowerCase();
  const shown = rows.filter(
    (row) =>
      passes(row, filter) &&
      (!filter.starred || stars.has(row.id)) &&
      (text === '' || textOf(row).includes(text)),
  );
  const value = valueBy(key);
  return shown.sort((a, b) => compare(value(a), value(b), descending) || a.number - b.number);
}

const MEASURE = 'measure ';

/** The column of a measure. */
export const measureKey = (name: string): SortKey => `${MEASURE}${name}`;

const isMeasure = (key: SortKey): key is `measure ${string}` => key.startsWith(MEASURE);

function valueBy(key: SortKey): (row: StudyRow) => string | number | null {
  if (!isMeasure(key)) return (row) => row[key];
  const name = key.slice(MEASURE.length);
  return ({ measures }) => measures[name] ?? null;
}

/** The names of everything that was measured besides the objective, in order. */
export const measuresIn = (rows: readonly StudyRow[]): readonly string[] =>
  [...new Set(rows.flatMap(({ measures }) => Object.keys(measures)))].sort();

/** Whether anything is filtered out on purpose. */
export const isFiltering = (filter: RowFilter): boolean =>
  Object.values(filter).some((value: string | boolean) =>
    typeof value === 'string' ? value.trim() !== '' : value,
  );

const passes = (row: StudyRow, { verdict, operator, proposer }: RowFilter): boolean =>
  (verdict === '' || row.verdict === verdict) &&
  (operator === '' || row.operator === operator) &&
  (proposer === '' || row.proposer === proposer);

const textOf = ({ number, title, operator, findings }: StudyRow): string =>
  `#${number} ${title} ${operator ?? ''} ${findings.join(' ')}`.toLowerCase();

function compare(
  a: string | number | null,
  b: string | number | null,
  descending: boolean,
): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  const order = typeof a === 'string' ? a.localeCompare(String(b)) : a - Number(b);
  return descending ? -order : order;
}
