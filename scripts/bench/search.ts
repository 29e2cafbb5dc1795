import type { Row } from './row.ts';
import { tableRows } from './search/tableRows.ts';

/** A search on public tables, and what it takes by itself; `search/` holds the parts. */
export async function bench(): Promise<Row[]> {
  return [...(await tableRows())];
}
