import type { createHash } from 'node:crypto';
import type { Dataset } from '../tf.ts';
import { dataEndless, dataTooFewRows } from './errors.ts';
import { readBatch, type Batch } from './streamBatch.ts';
import type { Dense, InputLayout } from './types.ts';

/** A dataset of which not even its size is known, and that goes on for longer, has no end. */
const LONGEST_SURVEY_MS = 8_000;

/** What one pass over a part found. */
export interface Survey {
  readonly rows: number;
  readonly inputs: readonly InputLayout[];
  readonly targets: readonly Dense[];
  readonly names: readonly (string | null)[];
}

/** Goes once through a part; the hash takes in all of its numbers. */
export async function survey(
  set: Dataset,
  part: string,
  hash: ReturnType<typeof createHash>,
): Promise<Survey> {
  const batches: Batch[] = [];
  let rows = 0;
  if (set.size === Infinity) throw dataEndless(part, 0);
  const started = performance.now();
  await set.forEachAsync((element) => {
    if (performance.now() - started > LONGEST_SURVEY_MS) throw dataEndless(part, rows);
    const { inputs, ...batch } = readBatch(element, { part, before: rows });
    for (const values of [...inputs, ...batch.targets.map((each) => each.values)])
      hash.update(new Uint8Array(values.buffer));
    batches.push({ ...batch, inputs: [] });
    rows += batch.rows;
  });
  const [first] = batches;
  if (!first || rows < 2) throw dataTooFewRows(`The ${part} dataset`, rows, 2);
  return {
    rows,
    inputs: first.layout,
    names: first.targetNames,
    targets: first.targets.map((_, index) => together(batches, index, rows)),
  };
}

/** One output's targets of all batches. */
function together(batches: readonly Batch[], index: number, rows: number): Dense {
  const parts = batches.flatMap(({ targets }) => targets[index] ?? []);
  const values = new Float32Array(parts.reduce((sum, part) => sum + part.values.length, 0));
  parts.reduce((at, part) => (values.set(part.values, at), at + part.values.length), 0);
  return { values, rows, shape: parts[0]?.shape ?? [] };
}
