import type { createHash } from 'node:crypto';
import type { Dataset } from '../tf.ts';
import { dataEndless, dataNotANumber, dataTooFewRows } from './errors.ts';
import { pairOf } from './streamElements.ts';

/** A dataset of which not even its size is known, and that goes on for longer, has no end. */
const LONGEST_SURVEY_MS = 30_000;

/** What one pass over a part found. */
export interface Survey {
  readonly rows: number;
  readonly inputShape: readonly number[];
  readonly width: number;
  readonly targets: Float32Array;
}

/** Goes once through a part; the hash takes in all of its numbers. */
export async function survey(
  set: Dataset,
  part: string,
  hash: ReturnType<typeof createHash>,
): Promise<Survey> {
  const seen = {
    rows: 0,
    inputShape: [] as readonly number[],
    width: 1,
    targets: [] as Float32Array[],
  };
  if (set.size === Infinity) throw dataEndless(part, 0);
  const started = performance.now();
  await set.forEachAsync((element) => {
    if (performance.now() - started > LONGEST_SURVEY_MS) throw dataEndless(part, seen.rows);
    const batch = readBatch(element);
    requireFinite(batch, part, seen.rows);
    hash.update(new Uint8Array(batch.inputs.buffer)).update(new Uint8Array(batch.targets.buffer));
    seen.rows += batch.rows;
    seen.inputShape = batch.inputShape;
    seen.width = batch.targetWidth;
    seen.targets.push(batch.targets);
  });
  if (seen.rows < 2) throw dataTooFewRows(`The ${part} dataset`, seen.rows, 2);
  const targets = new Float32Array(seen.rows * seen.width);
  seen.targets.reduce((at, batch) => (targets.set(batch, at), at + batch.length), 0);
  return { ...seen, targets };
}

function readBatch(element: unknown): Batch {
  const { xs, ys } = pairOf(element);
  const batch = {
    rows: xs.shape[0] ?? 0,
    inputs: Float32Array.from(xs.dataSync()),
    inputShape: xs.shape.slice(1),
    targets: Float32Array.from(ys.dataSync()),
    targetWidth: ys.shape.slice(1).reduce((product, axis) => product * axis, 1),
  };
  xs.dispose();
  ys.dispose();
  return batch;
}

function requireFinite({ inputs, targets, rows }: Batch, part: string, before: number): void {
  for (const [name, values] of [
    ['inputs', inputs],
    ['targets', targets],
  ] as const) {
    const at = values.findIndex((value) => !Number.isFinite(value));
    if (at >= 0)
      throw dataNotANumber(
        `${part} dataset, row ${before + Math.floor((at * rows) / values.length) + 1}, ${name}`,
        String(values[at]),
      );
  }
}

/** One batch as plain numbers; tensors are disposed of. */
export interface Batch {
  readonly rows: number;
  readonly inputs: Float32Array;
  readonly inputShape: readonly number[];
  readonly targets: Float32Array;
  readonly targetWidth: number;
}
