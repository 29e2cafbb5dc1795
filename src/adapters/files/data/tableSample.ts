import { parse } from 'csv-parse/sync';
import type { TableSample } from '../../../propose/start/sample.ts';
import { numberIn } from '../../../propose/start/cells.ts';
import { separatorOf } from '../../../util/separator.ts';
import { newDataEmpty } from './dataErrors.ts';
import type { TextSpans } from './textSpans.ts';

/** Cells that are looked at: a second's work. */
const MOST_CELLS = 2_000_000;
const FEWEST_ROWS = 40;
const SPANS = 20;

/** The rows of a table in parts of its text; throws an `input` error where there are none. */
export function tableSample(path: string, spans: TextSpans, asked?: string): TableSample {
  const { bytes, encoding } = spans;
  const [head = ''] = spans.texts;
  const separator = asked ?? separatorOf(head);
  const columns = recordsIn(head, separator, { to: 1 })[0] ?? [];
  if (columns.length === 0) throw newDataEmpty(path);
  const looked = thinned(spans, columns.length);
  const [first = [], ...records] = looked.texts.flatMap((text) => recordsIn(text, separator));
  const hasHeading = isHeading(first);
  const all = hasHeading ? records : [first, ...records];
  const rows = all.filter((record) => record.length === columns.length);
  return {
    ...{ kind: 'table', path, bytes, separator, encoding, hasHeading, rows },
    isWhole: looked.isWhole,
    columns: hasHeading ? namesFrom(first) : columns.map((_, place) => `column ${place + 1}`),
    rowCount: looked.isWhole ? rows.length : estimate(bytes, encoding, looked.texts, all.length),
    unfit: all.length - rows.length,
  };
}

const recordsIn = (
  text: string,
  delimiter: string,
  more: { readonly to?: number } = {},
): readonly string[][] =>
  parse(text, {
    delimiter,
    bom: true,
    trim: true,
    skip_empty_lines: true,
    relax_column_count: true,
    relax_quotes: true,
    ...more,
  });

/** A text with too many cells gives way to parts of it. */
function thinned(spans: TextSpans, columns: number): Pick<TextSpans, 'texts' | 'isWhole'> {
  const [head = ''] = spans.texts;
  const length = spans.texts.reduce((sum, text) => sum + text.length, 0);
  const lineLength = head.indexOf('\n') + 1 || head.length;
  const rows = Math.max(FEWEST_ROWS, Math.floor(MOST_CELLS / columns));
  if (length <= rows * lineLength) return spans;
  const share = (rows * lineLength) / length;
  return {
    isWhole: false,
    texts: spans.texts.flatMap((text, index) =>
      partsOf(text, share, index === 0 ? SPANS : 2).filter((part) => part !== ''),
    ),
  };
}

/** `count` parts of a text with whole lines, its beginning among them; a share of it together. */
function partsOf(text: string, share: number, count: number): readonly string[] {
  const length = Math.ceil((text.length * share) / count);
  return Array.from({ length: count }, (_, index) => {
    const start = Math.floor((text.length / count) * index);
    const from = index === 0 ? 0 : text.indexOf('\n', start) + 1;
    const end = text.indexOf('\n', from + length);
    return from === 0 && index > 0 ? '' : text.slice(from, end < 0 ? text.length : end + 1);
  });
}

/** Names, not values: few of them are numbers, or they count the columns. */
function isHeading(cells: readonly string[]): boolean {
  const numbers = cells.map(numberIn).filter((value) => value !== null);
  const counts = numbers.slice(1).every((value, index) => value === (numbers[index] ?? 0) + 1);
  return numbers.length <= cells.length / 4 || (numbers.length > 8 && counts);
}

/** Empty names and repeated ones are told apart by their places. */
const namesFrom = (cells: readonly string[]): readonly string[] => {
  const seen = new Set<string>();
  return cells.map((cell, place) => {
    const name = cell === '' || seen.has(cell) ? `${cell || 'column'} ${place + 1}` : cell;
    seen.add(name);
    return name;
  });
};

const estimate = (
  bytes: number,
  encoding: string,
  texts: readonly string[],
  rows: number,
): number => {
  const characters =
    texts.reduce((sum, text) => sum + text.length, 0) * (/16/.test(encoding) ? 2 : 1);
  return Math.round((bytes / Math.max(1, characters)) * rows);
};
