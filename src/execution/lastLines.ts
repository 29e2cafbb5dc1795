import type { Readable } from 'node:stream';
import split from 'split2';

const KEPT = 20;
const LONGEST = 500;
/** A line without an end would fill this process's memory: a longer one is let go by. */
const MOST_HELD = 64 * 1024;

/** Keeps the last twenty lines of a stream, each cut at 500 characters. */
export function lastLines(stream: Readable): () => readonly string[] {
  let lines: readonly string[] = [];
  const options = { maxLength: MOST_HELD, skipOverflow: true };
  stream.pipe(split(/\r\n|\r|\n/, options)).on('data', (line: string) => {
    lines = [...lines, line.slice(0, LONGEST)].slice(-KEPT);
  });
  return () => lines;
}
