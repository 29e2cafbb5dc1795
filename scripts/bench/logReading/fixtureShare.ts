import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { LogBytes } from '../../../src/adapters/files/logBytes.ts';

const folder = join(import.meta.dirname, '../../../test/fixtures/logs');

interface Expected {
  readonly epochs: readonly number[];
  readonly series: Readonly<Record<string, readonly (number | string | null)[]>>;
}

/** How many logs of the tests are read with every epoch and number, and of how many. */
export function fixtureShare(): { readonly right: number; readonly of: number } {
  const names = readdirSync(folder).filter((name) => name.endsWith('.expected.json'));
  const right = names.filter((name) => isRight(name.replace('.expected.json', '')));
  return { right: right.length, of: names.length };
}

function isRight(stem: string): boolean {
  const file = readdirSync(folder).find((name) =>
    /^\.(?:log|csv|tsv|json|jsonl|tfevents)$/.test(name.replace(stem, '')),
  );
  if (file === undefined) return false;
  const { epochs, series } = JSON.parse(
    readFileSync(join(folder, `${stem}.expected.json`), 'utf8'),
  ) as Expected;
  const reader = new LogBytes(file);
  reader.push(readFileSync(join(folder, file)));
  const result = reader.finish();
  return (
    result.ok &&
    isDeepStrictEqual(result.value.epochs, epochs) &&
    isDeepStrictEqual({ ...result.value.series }, numbersOf(series))
  );
}

const numbersOf = (series: Expected['series']): unknown =>
  Object.fromEntries(
    Object.entries(series).map(([name, values]) => [
      name,
      values.map((value) => (typeof value === 'string' ? Number(value) : value)),
    ]),
  );
