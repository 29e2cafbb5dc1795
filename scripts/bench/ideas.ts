import { characterRow } from './ideas/characterRow.ts';
import { everyIdeaRows } from './ideas/everyIdea.ts';
import { taskRows } from './ideas/taskRows.ts';
import { vectorRow } from './ideas/vectorRow.ts';
import type { Row } from './row.ts';

/** What is measured apart from the rest, by its name. */
const PARTS: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
  steps: everyIdeaRows,
  tasks: taskRows,
  characters: async () => [await characterRow()],
  rowVectors: async () => [await vectorRow('row')],
  imageVectors: async () => [await vectorRow('image')],
  stepVectors: async () => [await vectorRow('steps')],
};

/**
 * Every idea builds and trains a step in each library; twelve tasks of known structure call for
 * theirs; a network found on a text beats an LSTM of its size; random vectors become builders and
 * back. `--part=steps` takes one of `PARTS` alone, `--task=words` some of the tasks.
 */
export async function bench(): Promise<Row[]> {
  const parts = asked(/^--part=(.*)$/);
  const tasks = asked(/^--task=(.*)$/);
  const named = tasks.length > 0 ? ['tasks'] : parts;
  const rows: Row[] = [];
  for (const [name, measure] of Object.entries(PARTS))
    if (named.length === 0 || named.includes(name)) rows.push(...(await measure()));
  return rows;
}

const asked = (pattern: RegExp): readonly string[] =>
  process.argv.flatMap((word) => pattern.exec(word)?.slice(1) ?? []);
