import { characterRow } from './ideas/characterRow.ts';
import { everyIdeaRows } from './ideas/everyIdea.ts';
import { taskRows } from './ideas/taskRows.ts';
import { vectorRow } from './ideas/vectorRow.ts';
import type { Row } from './row.ts';

/**
 * Every idea builds and trains a step in each library; twelve tasks of known structure call for
 * theirs; a network found on a text beats an LSTM of its size; random vectors
 * become builders and back. `--task=words` takes some of the
 * tasks alone.
 */
export async function bench(): Promise<Row[]> {
  const isWhole = !process.argv.some((word) => word.startsWith('--task='));
  return [
    ...(isWhole ? await everyIdeaRows() : []),
    ...(await taskRows()),
    ...(isWhole ? [await characterRow(), await vectorRow()] : []),
  ];
}
