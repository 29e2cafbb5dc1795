import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTrainingLog } from '../../../src/log/readTrainingLog.ts';
import { seededRandom } from '../../../src/util/seededRandom.ts';

const folder = join(import.meta.dirname, '../../../test/fixtures/logs');
/** Shorter lines cost what a reader costs. */
const LEAST_BYTES = 200;
/** A line this many times slower than the median is measured again: something else ran. */
const SUSPECT = 10;
const TIMES = 60;

/** Time per byte of lines of the tests' logs, changed at random, each read by itself. */
export function worstLine(count: number): { readonly median: number; readonly worst: number } {
  const lines = linesOfFixtures();
  const random = seededRandom(7);
  for (let i = 0; i < 5_000; i += 1) costOf(mutated(lines, random));
  const costs = new Float64Array(count);
  let limit = Infinity;
  for (let i = 0; i < count; i += 1) {
    const line = mutated(lines, random);
    const cost = costOf(line);
    if (i === 5_000) limit = SUSPECT * medianOf(costs.slice(0, 5_000));
    costs[i] = cost > limit ? leastCostOf(line, limit) : cost;
  }
  return { median: medianOf(costs), worst: costs.slice(5_000).reduce((a, b) => Math.max(a, b), 0) };
}

/** On a busy machine the compiler of the engine waits, too: only what stays slow is slow. */
function leastCostOf(line: string, limit: number): number {
  let least = Infinity;
  for (let i = 0; i < TIMES && least > limit; i += 1) least = Math.min(least, costOf(line));
  return least;
}

/** Nanoseconds per byte. */
function costOf(line: string): number {
  const begun = process.hrtime.bigint();
  readTrainingLog(line, 'a.log');
  const spent = Number(process.hrtime.bigint() - begun);
  return spent / Math.max(LEAST_BYTES, line.length);
}

function linesOfFixtures(): readonly string[] {
  const names = readdirSync(folder).filter((name) => /\.(?:log|csv|tsv|jsonl)$/.test(name));
  return names.flatMap((name) =>
    readFileSync(join(folder, name), 'utf8')
      .split('\n')
      .filter((line) => line.length > 20)
      .slice(0, 100),
  );
}

/** A piece of a line is repeated, and a sign put behind it. */
function mutated(lines: readonly string[], random: { next(): number }): string {
  const upTo = (most: number): number => Math.floor(random.next() * most);
  const line = lines[upTo(lines.length)] ?? '';
  const at = upTo(line.length);
  const piece = line.slice(at, at + 1 + upTo(8));
  const sign = String.fromCharCode(32 + upTo(90));
  return `${line.slice(0, at)}${piece.repeat(1 + upTo(20))}${sign}${line.slice(at)}\n`;
}

const medianOf = (values: Float64Array): number => values.toSorted()[values.length >> 1] ?? NaN;
