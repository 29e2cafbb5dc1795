import { isDate, isMissing } from './cells.ts';
import { targetMissing, targetUnfit } from './errors.ts';
import type { TableSample } from './sample.ts';
import type { Column } from './survey.ts';

/** What people call the column that is to be predicted. */
const CALLED_TARGET = new Set(
  (
    'target label labels class y outcome result output response value species diagnosis quality ' +
    'price survived churn default fraud sales demand'
  ).split(' '),
);

/** The column that is asked for, or is called like a target, or is the last. */
export function chooseTarget(sample: TableSample, asked: string | undefined): string {
  if (asked !== undefined) {
    if (!sample.columns.includes(asked)) throw targetMissing(sample.path, asked, sample.columns);
    return asked;
  }
  const called = sample.columns.filter((name) => CALLED_TARGET.has(name.trim().toLowerCase()));
  return called.at(-1) ?? ofSeries(sample) ?? lastFilled(sample) ?? sample.columns.at(-1) ?? '';
}

/** Where rows begin with their date, what was measured stands first behind it. */
function ofSeries({ columns, rows }: TableSample): string | undefined {
  const isDated = rows.length > 0 && rows.every(([first = '']) => isDate(first));
  return isDated ? columns[1] : undefined;
}

/** The last column that holds something: exports often end with an empty one. */
const lastFilled = ({ columns, rows }: TableSample): string | undefined =>
  columns.findLast((_, place) => rows.some((row) => !isMissing(row[place] ?? '')));

/** Refuses a target that has no value to tell from another, or never the same class twice. */
export function requireTarget(
  { path, rows }: TableSample,
  columns: readonly Column[],
  name: string,
): Column {
  const target = columns.find((column) => column.name === name);
  if (!target || target.distinct < 2)
    throw targetUnfit(path, name, target?.why ?? 'it has one value in every row');
  if (target.use === 'number') return target;
  if (target.use === 'category' || target.distinct * 3 <= rows.length)
    return { ...target, use: 'category', why: null };
  // What numbers the rows may be a series all the same.
  if (target.scale) return { ...target, use: 'number', why: null };
  const kinds = `${target.distinct} different texts in ${rows.length} rows are no classes`;
  throw targetUnfit(path, name, kinds);
}
