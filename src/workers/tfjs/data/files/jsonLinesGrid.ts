import { dataEmpty, dataMalformedFile } from '../errors.ts';
import type { Grid } from './grid.ts';

/** An object a line; the first names the columns, and a key that a later line lacks is empty. */
export function jsonLinesGrid(path: string, text: string): Grid {
  const lines = text
    .split('\n')
    .map((line, index) => ({ line: line.trim(), number: index + 1 }))
    .filter(({ line }) => line !== '');
  const records = lines.map(({ line, number }) => objectIn(path, line, number));
  const [first] = records;
  if (!first) throw dataEmpty(path);
  const columns = Object.keys(first);
  return {
    path,
    columns,
    rows: records.map((record) => columns.map((column) => record[column])),
    place: (row) => `line ${lines[row]?.number ?? row + 1}`,
  };
}

function objectIn(path: string, line: string, number: number): Readonly<Record<string, unknown>> {
  const parsed = parsedFrom(path, line, number);
  if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed))
    return parsed as Readonly<Record<string, unknown>>;
  throw dataMalformedFile(path, {
    happened: `line ${number} is no object`,
    expected: 'an object such as {"width": 1.5, "kind": "round"} in each line.',
  });
}

function parsedFrom(path: string, line: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw dataMalformedFile(path, {
      happened: `line ${number}: ${cause instanceof Error ? cause.message : String(cause)}`,
      expected: 'an object such as {"width": 1.5, "kind": "round"} in each line.',
      cause,
    });
  }
}
