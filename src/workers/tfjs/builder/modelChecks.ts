import type { DataProfile } from '../../../record/dataProfile.ts';
import type { LayersModel } from '../tf.ts';
import { VariantFault } from '../variantFault.ts';

/** Throws a fault where a model's shapes are not the data's. */
export function checkShapes(model: LayersModel, data: BuildData): void {
  if (model.inputs.length !== 1 || model.outputs.length !== 1) {
    throw new VariantFault(
      'shape',
      `The model has ${counted(model.inputs.length, 'input')} and ` +
        `${counted(model.outputs.length, 'output')}: models with several of them can be ` +
        'inspected, not trained yet. The study needs one of each.',
    );
  }
  requireShape('takes inputs', model.inputs[0]?.shape ?? [], data.inputShape);
  const output = model.outputs[0]?.shape ?? [];
  if (isOneForTwo(output, data)) return;
  requireNumbers(output, data);
  requireShape('gives outputs', output, data.outputShape ?? [data.outputUnits]);
}

const counted = (count: number, what: string): string =>
  `${count} ${what}${count === 1 ? '' : 's'}`;

/** One unit tells two classes apart: its output is the probability of the second. */
const isOneForTwo = (output: Dimensions, { task, outputUnits }: BuildData): boolean =>
  task === 'classification' && outputUnits === 2 && output.length === 2 && output[1] === 1;

/** One output for many classes: the targets were taken for classes, and are a quantity. */
function requireNumbers(output: Dimensions, { task, outputUnits }: BuildData): void {
  if (task !== 'classification' || output.length !== 2 || output[1] !== 1) return;
  throw new VariantFault(
    'shape',
    `The model gives one number; the targets are whole numbers and were taken for ${outputUnits} ` +
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

/** What the study's data asks of a model. */
export interface BuildData extends Pick<DataProfile, 'inputShape' | 'outputUnits'> {
  /** Absent where the data are elsewhere, and the model is checked there. */
  readonly task?: DataProfile['task'];
  readonly outputShape?: readonly number[] | undefined;
}

/** Sizes of a tensor's axes; `null` for rows. */
export type Dimensions = readonly (number | null)[];
