import type { Row } from './row.ts';
import { alikeRows } from './search/alikeRows.ts';
import { clusterRows } from './search/clusterRows.ts';
import { lcbenchRows } from './search/lcbenchRows.ts';
import { realRows } from './search/realRows.ts';
import { tableRows } from './search/tableRows.ts';
import { workerRows } from './search/workerRows.ts';

/** What is measured, by the name that `--part=` asks for. */
const PARTS: Readonly<Record<string, () => readonly Row[] | Promise<readonly Row[]>>> = {
  tables: tableRows,
  lcbench: lcbenchRows,
  cluster: clusterRows,
  alike: alikeRows,
  workers: workerRows,
  real: realRows,
};

/**
 * A search on public tables, what it takes by itself, searches without anything to find; with
 * `--real`, real trainings beside Optuna, which take hours. `--part=tables` runs one part alone.
 */
export async function bench(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const part of partsAsked()) rows.push(...((await PARTS[part]?.()) ?? []));
  return rows;
}

function partsAsked(): readonly string[] {
  const asked = process.argv.find((argument) => argument.startsWith('--part='))?.slice(7);
  const all = Object.keys(PARTS);
  if (asked === undefined)
    return all.filter((part) => part !== 'real' || process.argv.includes('--real'));
  if (all.includes(asked)) return [asked];
  throw new Error(`There is no part called ${asked}; there are: ${all.join(', ')}.`);
}
