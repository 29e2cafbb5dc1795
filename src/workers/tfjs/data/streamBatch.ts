import type { Tensor } from '../tf.ts';
import { dataNotANumber, dataWrongForm } from './errors.ts';
import type { Dense, InputLayout } from './types.ts';

/** The tensors of one batch: one for each input and output of the model. */
export interface Pair {
  readonly xs: readonly Tensor[];
  readonly ys: readonly Tensor[];
  readonly xNames: readonly (string | null)[];
  readonly yNames: readonly (string | null)[];
}

/** One batch as plain numbers. */
export interface Batch {
  readonly rows: number;
  readonly inputs: readonly Float32Array[];
  readonly layout: readonly InputLayout[];
  readonly targets: readonly Dense[];
  readonly targetNames: readonly (string | null)[];
}

/** Reads one batch `{ xs, ys }` or `[xs, ys]`, each a tensor, a list or an object of tensors. */
export function pairOf(element: unknown): Pair {
  const { xs, ys } = partsOf(element);
  const [inputs, outputs] = [tensorsOf(xs), tensorsOf(ys)];
  if (!inputs || !outputs)
    throw dataWrongForm('an element of a dataset', 'not { xs, ys } with tensors');
  return {
    xs: inputs.map(([, tensor]) => tensor),
    ys: outputs.map(([, tensor]) => tensor),
    xNames: inputs.map(([name]) => name),
    yNames: outputs.map(([name]) => name),
  };
}

/** Whether an element is a batch: rows that were not batched yet may still be plain arrays. */
export function isBatch(element: unknown): boolean {
  const { xs, ys } = partsOf(element);
  const [inputs, outputs] = [tensorsOf(xs), tensorsOf(ys)];
  const [input, output] = [inputs?.[0]?.[1], outputs?.[0]?.[1]];
  return (
    input !== undefined &&
    output !== undefined &&
    output.rank >= 1 &&
    input.rank >= 2 &&
    input.shape[0] === output.shape[0]
  );
}

/** The batch as numbers; its tensors are disposed of. Throws where one is no finite number. */
export function readBatch(
  element: unknown,
  { part, before }: { readonly part: string; readonly before: number },
): Batch {
  const { xs, ys, xNames, yNames } = pairOf(element);
  const rows = xs[0]?.shape[0] ?? 0;
  const read = (tensor: Tensor, name: string): Float32Array => {
    const values = Float32Array.from(tensor.dataSync());
    requireFinite(values, `${part} dataset, row`, { rows, before, name });
    return values;
  };
  const batch = {
    rows,
    inputs: xs.map((tensor) => read(tensor, 'inputs')),
    layout: xs.map(({ shape }, index) => ({ name: xNames[index] ?? null, shape: shape.slice(1) })),
    targets: ys.map((tensor) => ({
      values: read(tensor, 'targets'),
      rows,
      shape: tensor.shape.slice(1),
    })),
    targetNames: yNames,
  };
  for (const tensor of [...xs, ...ys]) tensor.dispose();
  return batch;
}

function requireFinite(
  values: Float32Array,
  what: string,
  { rows, before, name }: { readonly rows: number; readonly before: number; readonly name: string },
): void {
  const at = values.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return;
  const row = before + Math.floor((at * rows) / values.length) + 1;
  throw dataNotANumber(`${what} ${row}, ${name}`, String(values[at]));
}

function partsOf(element: unknown): { readonly xs: unknown; readonly ys: unknown } {
  if (Array.isArray(element)) return { xs: element[0] as unknown, ys: element[1] as unknown };
  return { xs: undefined, ys: undefined, ...(typeof element === 'object' ? element : {}) };
}

/** A tensor, or all of a list or object; `null` where one is something else. */
function tensorsOf(value: unknown): readonly (readonly [string | null, Tensor])[] | null {
  if (isTensor(value)) return [[null, value]];
  if (typeof value !== 'object' || value === null) return null;
  const entries = Object.entries(value).map(
    ([name, part]) => [Array.isArray(value) ? null : name, part as unknown] as const,
  );
  const tensors = entries.filter((entry): entry is [string | null, Tensor] => isTensor(entry[1]));
  return entries.length > 0 && tensors.length === entries.length ? tensors : null;
}

const isTensor = (value: unknown): value is Tensor =>
  typeof value === 'object' && value !== null && 'dataSync' in value;
