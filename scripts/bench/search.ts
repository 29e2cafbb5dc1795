import type { Row } from './row.ts';
import { alikeRows } from './search/alikeRows.ts';
import { clusterRows } from './search/clusterRows.ts';
import { lcbenchRows } from './search/lcbenchRows.ts';
import { realRows } from './search/realRows.ts';
import { tableRows } from './search/tableRows.ts';
import { workerRows } from './search/workerRows.ts';

/**
 * A search on public tables, what it takes by itself, searches without anything to find; with
 * `--real`, real trainings beside Optuna, which take hours.
 */
export async function bench(): Promise<Row[]> {
  const real = process.argv.includes('--real') ? await realRows() : [];
  return [
    ...(await tableRows()),
    ...(await lcbenchRows()),
    ...clusterRows(),
    ...(await alikeRows()),
    ...(await workerRows()),
    ...real,
  ];
}
