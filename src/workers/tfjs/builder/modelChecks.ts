import type { OutputLayout, InputLayout } from '../data/types.ts';
import type { LayersModel } from '../tf.ts';
import { orderOf } from '../training/order.ts';
import { VariantFault } from '../variantFault.ts';

/** What the study's data asks of a model. */
export interface BuildData {
  readonly inputs: readonly InputLayout[];
  readonly outputs: readonly Pick<OutputLayout, 'name' | 'task' | 'shape' | 'units'>[];
}

/** Sizes of a tensor's axes; `null` for rows. */
export type Dimensions = readonly (number | null)[];

type Output = BuildData['outputs'][number];

/** Throws a fault where a model's shapes are not the data's. */
export function checkShapes(model: LayersModel, { inputs, outputs }: BuildData): void {
  requireCount('input', model.inputs.length, inputs.length);
  requireCount('output', model.outputs.length, outputs.length);
  orderOf(inputs, model.inputNames).forEach((index, place) => {
    const shape = model.inputs[place]?.shape ?? [];
    requireShape('takes inputs', shape, inputs[index]?.shape ?? []);
  });
  orderOf(outputs, model.outputNames).forEach((index, place) => {
    const output = outputs[index];
    if (output) requireOutput(model.outputs[place]?.shape ?? [], output, outputs.length);
  });
}

function requireCount(what: 'input' | 'output', has: number, needed: number): void {
  if (has === needed) return;
  const back = what === 'input' ? 'inputs' : 'targets';
  throw new VariantFault(
    'shape',
    `The model has ${counted(has, what)}; the study's data has ${counted(needed, what)}. ` +
      `loadData returns one table for each ${what} of a model with several: ` +
      `${back}: { a: …, b: … }, by the names of its ${what}s or in their order.`,
  );
}

function requireOutput(shape: Dimensions, output: Output, count: number): void {
  if (isOneForTwo(shape, output)) return;
  if (count === 1) requireNumbers(shape, output);
  requireShape('gives outputs', shape, output.shape);
}

/** One unit tells two classes apart: its output is the probability of the second. */
const isOneForTwo = (shape: Dimensions, { task, units }: Output): boolean =>
  task === 'classification' && units === 2 && shape.length === 2 && shape[1] === 1;

/** One output for many classes: the targets were taken for classes, and are a quantity. */
function requireNumbers(shape: Dimensions, { task, units }: Output): void {
  if (task !== 'classification' || shape.length !== 2 || shape[1] !== 1) return;
  throw new VariantFault(
    'shape',
    `The model gives one number; the targets are whole numbers and were taken for ${units} ` +
      "classes. Where they are a quantity, say so: task: 'regression' in what loadData returns, " +
      'or "task": "regression" in cortex.json.',
  );
}

function requireShape(what: string, got: Dimensions, expected: readonly number[]): void {
  const own = got.slice(1);
  const agrees =
    own.length === expected.length &&
    own.every((size, axis) => size === null || size === expected[axis]);
  if (!agrees)
    throw new VariantFault(
      'shape',
      `The model ${what} of shape [${own.join(', ')}]; the study's data needs ` +
        `[${expected.join(', ')}].`,
    );
}

const counted = (count: number, what: string): string =>
  `${count} ${what}${count === 1 ? '' : 's'}`;
