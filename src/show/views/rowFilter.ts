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

/** A column that can be sorted by. */
export type SortKey =
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
  return shown.sort((a, b) => compare(a[key], b[key], descending) || a.number - b.number);
}

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
