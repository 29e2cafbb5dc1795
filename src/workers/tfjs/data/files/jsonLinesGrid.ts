import { dataMalformedFile } from '../errors.ts';
import { gridOfRecords, type Grid } from './grid.ts';

/** An object a line. */
export function jsonLinesGrid(path: string, text: string): Grid {
  const lines = text
    .split('\n')
    .map((line, index) => ({ line: line.trim(), number: index + 1 }))
    .filter(({ line }) => line !== '');
  const records = lines.map(({ line, number }) => objectIn(path, line, number));
  return gridOfRecords(path, records, (row) => `line ${lines[row]?.number ?? row + 1}`);
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
