import type { Tensor } from '../tf.ts';
import { dataWrongForm } from './errors.ts';

/** Reads one batch `{ xs, ys }` or `[xs, ys]`. */
export function pairOf(element: unknown): { readonly xs: Tensor; readonly ys: Tensor } {
  const { xs, ys } = partsOf(element);
  if (isTensor(xs) && isTensor(ys)) return { xs, ys };
  throw dataWrongForm('an element of a dataset', 'not { xs, ys } with two tensors');
}

/** What an element holds as inputs and as targets, whatever they are. */
export function partsOf(element: unknown): { readonly xs: unknown; readonly ys: unknown } {
  if (Array.isArray(element)) return { xs: element[0] as unknown, ys: element[1] as unknown };
  return { xs: undefined, ys: undefined, ...(typeof element === 'object' ? element : {}) };
}

/** Whether a value is a tensor, of whichever copy of the runtime. */
export const isTensor = (value: unknown): value is Tensor =>
  typeof value === 'object' && value !== null && 'dataSync' in value;
