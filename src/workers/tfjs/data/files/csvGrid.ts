import { parse } from 'csv-parse/sync';
import { dataEmpty, dataMalformedCsv } from '../errors.ts';
import type { Grid } from './grid.ts';

/** How lines are cut into cells; quotes are minded in all of them. */
const SEPARATORS = [',', ';', '\t', '|', ' '];

/** So many lines say what separates: a comma within one heading decides nothing. */
const LOOKED_AT = 20;

/** A CSV table with a line of headings: cells may be quoted, and hold separators and line ends. */
export function csvGrid(path: string, text: string, separator: string | undefined): Grid {
  const delimiter = separator ?? separatorOf(text);
  const [columns, ...rows] = recordsIn(path, text, delimiter);
  if (!columns) throw dataEmpty(path);
  const place = (row: number): string => `row ${row + 1} (line ${lineOf(text, delimiter, row)})`;
  return { path, columns, rows, place };
}

function recordsIn(path: string, text: string, delimiter: string): readonly string[][] {
  try {
    return parse(text, { ...HOW, delimiter });
  } catch (error) {
    throw dataMalformedCsv(path, error);
  }
}

const HOW = { bom: true, trim: true, skip_empty_lines: true } as const;

/** The line of the file a row ends in: headings are one row, and quoted cells may hold several. */
function lineOf(text: string, delimiter: string, row: number): number {
  const records = parse(text, { ...HOW, delimiter, info: true, to: row + 2 }) as unknown as {
    readonly info: { readonly lines: number };
  }[];
  return records.at(-1)?.info.lines ?? row + 2;
}

/** The separator by which the heading and most of the first lines have as many cells. */
function separatorOf(text: string): string {
  const bare = text.slice(0, 100_000).replaceAll(/"[^"]*"/g, '""');
  const lines = bare.split(/[\r\n]+/).filter((line) => line.trim() !== '');
  const looked = lines.slice(0, LOOKED_AT);
  return SEPARATORS.map((separator) => ({ separator, fit: fitOf(looked, separator) })).reduce(
    (best, other) => (other.fit > best.fit ? other : best),
  ).separator;
}

/** Cells of the heading, weighed by how many lines have as many; 0 where it is one cell. */
function fitOf(lines: readonly string[], separator: string): number {
  const counts = lines.map((line) => line.split(separator).length);
  const [heading = 1] = counts;
  const share = counts.filter((count) => count === heading).length / Math.max(counts.length, 1);
  return heading > 1 ? heading * share ** 2 : 0;
}
