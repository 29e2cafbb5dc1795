import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { readLog } from '../../../src/adapters/files/readLog.ts';

const folder = join(import.meta.dirname, '../../../test/fixtures/logs');

interface Expected {
  readonly epochs: readonly number[];
  readonly series: Readonly<Record<string, readonly (number | string | null)[]>>;
}

/** How many logs of the tests are read with every epoch and number, and of how many. */
export async function fixtureShare(): Promise<{ readonly right: number; readonly of: number }> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.expected.json'));
  const read = await Promise.all(names.map((name) => isRight(name.replace('.expected.json', ''))));
  return { right: read.filter(Boolean).length, of: names.length };
}

/** A log is a file, or a folder of event files. */
async function isRight(stem: string): Promise<boolean> {
  const name = readdirSync(folder).find((one) =>
    /^(?:|\.(?:log|csv|tsv|json|jsonl|tfevents))$/.test(one.replace(stem, '')),
  );
  if (name === undefined) return false;
  const expected = JSON.parse(
    readFileSync(join(folder, `${stem}.expected.json`), 'utf8'),
  ) as Expected;
  const { epochs, series } = await readLog(join(folder, name));
  return (
    isDeepStrictEqual(epochs, expected.epochs) &&
    isDeepStrictEqual({ ...series }, numbersOf(expected.series))
  );
}

const numbersOf = (series: Expected['series']): unknown =>
  Object.fromEntries(
    Object.entries(series).map(([name, values]) => [
      name,
      values.map((value) => (typeof value === 'string' ? Number(value) : value)),
    ]),
  );
