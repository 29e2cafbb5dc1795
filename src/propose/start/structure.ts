import { numberIn } from './cells.ts';
import type { TableSample } from './sample.ts';
import type { Column, Structure } from './survey.ts';

/** Fewer numbers in a row are taken for what they are. */
const FEWEST = 16;
const ROWS_LOOKED_AT = 400;
/** Mean square difference of neighbours, as a share of that of any two: less is smooth. */
const SMOOTH = 0.6;
const MOST_WINDOW = 24;

/**
 * Whether the numbers of a row stand in an order: pixels of a picture, steps of a measurement. Told
 * by how much neighbours are alike, as the headings say nothing of it.
 */
export function structureOf(sample: TableSample, columns: readonly Column[]): Structure {
  const words = columns.find(({ use }) => use === 'words');
  if (words) return wordsOf(sample, words);
  const numbers = inOrder(columns);
  const ordered = new Set(numbers);
  const others = columns.filter((column) => !ordered.has(column));
  if (numbers.length < FEWEST || others.some(({ use }) => use !== 'left-out'))
    return { kind: 'flat' };
  const rows = valuesOf(sample, numbers);
  const side = Math.sqrt(numbers.length);
  const isSquare = Number.isInteger(side);
  if (isSquare && apart(rows, side) < SMOOTH && apart(rows, 1) < SMOOTH)
    return { kind: 'image', shape: [side, side, 1] };
  return apart(rows, 1) < SMOOTH / 2
    ? { kind: 'sequence', steps: numbers.length }
    : { kind: 'flat' };
}

/** Numbers; a corner of a picture that is always dark is still one of its points. */
export const inOrder = (columns: readonly Column[]): readonly Column[] =>
  columns.filter(({ use, distinct }) => use === 'number' || (use === 'left-out' && distinct === 1));

const valuesOf = (sample: TableSample, columns: readonly Column[]): readonly number[][] => {
  const byName = new Map(sample.columns.map((name, place) => [name, place]));
  const places = columns.map(({ name }) => byName.get(name) ?? -1);
  return sample.rows
    .slice(0, ROWS_LOOKED_AT)
    .map((row) => places.map((place) => numberIn(row[place] ?? '') ?? 0));
};

/** Mean square difference of numbers `step` apart, as a share of that of numbers anywhere. */
function apart(rows: readonly (readonly number[])[], step: number): number {
  const far = Math.floor((rows[0]?.length ?? 0) / 2) + 3;
  const near = meanSquare(rows, step);
  const any = meanSquare(rows, far);
  return any === 0 ? 1 : near / any;
}

function meanSquare(rows: readonly (readonly number[])[], step: number): number {
  let sum = 0;
  for (const row of rows)
    for (let at = step; at < row.length; at += 1)
      sum += ((row[at] ?? 0) - (row[at - step] ?? 0)) ** 2;
  const pairs = rows.length * Math.max(1, (rows[0]?.length ?? 0) - step);
  return pairs === 0 ? 0 : sum / pairs;
}

/** So long that nine texts in ten are read whole. */
function wordsOf(sample: TableSample, { name }: Column): Structure {
  const place = sample.columns.indexOf(name);
  const lengths = sample.rows
    .map((row) => (row[place] ?? '').trim().split(/\s+/).length)
    .toSorted((a, b) => a - b);
  const usual = lengths[Math.floor(lengths.length * 0.9)] ?? 8;
  return { kind: 'words', column: name, length: Math.min(64, Math.max(4, usual)) };
}

/** As many past rows as there is memory in the target, by where its autocorrelation peaks. */
export function seriesWindow(values: readonly number[]): number {
  const longest = Math.min(MOST_WINDOW, Math.floor(values.length / 8));
  const lags = Array.from({ length: Math.max(0, longest - 3) }, (_, index) => index + 4);
  const best = lags.reduce(
    (found, lag) =>
      correlationAt(values, lag) > correlationAt(values, found) + 0.02 ? lag : found,
    8,
  );
  return Math.max(4, Math.min(best + 1, MOST_WINDOW));
}

/** Autocorrelation of a series at a lag, −1 … 1. */
export function correlationAt(values: readonly number[], lag: number): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  let [product, square] = [0, 0];
  values.forEach((value, index) => {
    square += (value - mean) ** 2;
    if (index >= lag) product += (value - mean) * ((values[index - lag] ?? 0) - mean);
  });
  return square === 0 ? 0 : product / square;
}
