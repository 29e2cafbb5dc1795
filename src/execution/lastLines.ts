import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

const KEPT = 20;
const LONGEST = 500;

/** Keeps the last twenty lines of a stream, each cut at 500 characters. */
export function lastLines(stream: Readable): () => readonly string[] {
  let lines: readonly string[] = [];
  createInterface({ input: stream }).on('line', (line) => {
    lines = [...lines, line.slice(0, LONGEST)].slice(-KEPT);
  });
  return () => lines;
}
