import type { Row } from './row.ts';
import { alikeRows } from './search/alikeRows.ts';
import { clusterRows } from './search/clusterRows.ts';
import { realRows } from './search/realRows.ts';
import { tableRows } from './search/tableRows.ts';

/**
 * A search on public tables, what it takes by itself, searches without anything to find, and real
 * trainings beside Optuna.
 */
export async function bench(): Promise<Row[]> {
  return [...(await tableRows()), ...clusterRows(), ...(await alikeRows()), ...(await realRows())];
}
