import { formatChange, formatDeviation, formatNumber } from '../../../record/format.ts';
import { measureKey, type SortKey } from '../../../show/views/rowFilter.ts';
import type { StudyRow } from '../../../show/views/studyRow.ts';

/** A column of the table. */
export interface Column {
  readonly key: SortKey;
  readonly title: string;
  readonly isNumber: boolean;
  /** Share of the width, against the others. */
  readonly width: number;
  readonly text: (row: StudyRow) => string;
}

const number = (value: number | null, format = formatNumber): string =>
  value === null ? '–' : format(value);

/** What a change was to bring, what it brought, and its size. */
const effectColumns: readonly Column[] = [
  {
    key: 'observed',
    title: 'Effect',
    isNumber: true,
    width: 9,
    text: (row) => number(row.observed, formatChange),
  },
  {
    key: 'predicted',
    title: 'Predicted',
    isNumber: true,
    width: 9,
    text: (row) => number(row.predicted, formatChange),
  },
  {
    key: 'parameters',
    title: 'Parameters',
    isNumber: true,
    width: 9,
    text: (row) => (row.parameters === null ? '–' : row.parameters.toLocaleString('en-US')),
  },
];

/** Where it comes from. */
const originColumns: readonly Column[] = [
  {
    key: 'operator',
    title: 'Operator',
    isNumber: false,
    width: 14,
    text: (row) => row.operator ?? '–',
  },
  {
    key: 'proposer',
    title: 'Proposer',
    isNumber: false,
    width: 12,
    text: (row) => row.proposer ?? '–',
  },
];

/** What it took, and when. */
const costColumns: readonly Column[] = [
  { key: 'seeds', title: 'Seeds', isNumber: true, width: 6, text: (row) => String(row.seeds) },
  {
    key: 'seconds',
    title: 'Seconds',
    isNumber: true,
    width: 8,
    text: (row) => number(row.seconds),
  },
  {
    key: 'finishedAt',
    title: 'Finished',
    isNumber: false,
    width: 14,
    text: (row) => timeText(row.finishedAt),
  },
];

/** One for each measure besides the objective. */
const measureColumns = (names: readonly string[]): readonly Column[] =>
  names.map((name) => ({
    key: measureKey(name),
    title: name === 'seconds' ? 'seconds a seed' : name,
    isNumber: true,
    width: 9,
    text: ({ measures }) => number(measures[name] ?? null),
  }));

/** Every column there is; `metric` names the objective's, `measures` what else was measured. */
export const columnsFor = (metric: string, measures: readonly string[]): readonly Column[] => [
  { key: 'number', title: '#', isNumber: true, width: 5, text: (row) => `#${row.number}` },
  { key: 'title', title: 'Title', isNumber: false, width: 24, text: (row) => row.title },
  { key: 'verdict', title: 'Verdict', isNumber: false, width: 12, text: (row) => row.tag },
  { key: 'mean', title: metric, isNumber: true, width: 9, text: (row) => number(row.mean) },
  {
    key: 'sd',
    title: '± seeds',
    isNumber: true,
    width: 8,
    text: (row) => number(row.sd, formatDeviation),
  },
  ...effectColumns,
  ...measureColumns(measures),
  ...originColumns,
  ...costColumns,
];

/** What is shown until the user chooses. */
export const usualColumns: readonly SortKey[] = [
  'number',
  'title',
  'verdict',
  'mean',
  'sd',
  'observed',
  'parameters',
  'operator',
  'seconds',
];

/** `2026-11-21 14:05`, in the user's own time. */
function timeText(time: number): string {
  const date = new Date(time);
  const two = (value: number): string => String(value).padStart(2, '0');
  return (
    `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ` +
    `${two(date.getHours())}:${two(date.getMinutes())}`
  );
}
