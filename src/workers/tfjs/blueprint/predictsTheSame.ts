import type { Blueprint } from '../../../model/blueprint.ts';
import type { LayersModel, Tensor, Tf } from '../tf.ts';
import { assembleModel } from './assembleModel.ts';

/** Rows to compare on: enough for a batch statistic, few enough to cost nothing. */
const ROWS = 4;

/** Whether a model that was put together again predicts what the drawn one does. */
export async function predictsTheSame(
  model: LayersModel,
  blueprint: Blueprint,
  tf: Tf,
): Promise<boolean> {
  const copy = await assembleModel(blueprint, tf);
  const inputs = model.inputs.map(({ shape, dtype }) =>
    tf.ones(
      [ROWS, ...shape.slice(1).map((size) => size ?? ROWS)],
      dtype === 'string' ? 'float32' : dtype,
    ),
  );
  try {
    const [expected, got] = await Promise.all([valuesOf(model, inputs), valuesOf(copy, inputs)]);
    return (
      expected.length === got.length && expected.every((value, at) => agree(value, got[at] ?? NaN))
    );
  } finally {
    tf.dispose(inputs);
    copy.dispose();
  }
}

/** Weight constraints are applied again when weights are set, which rounds. */
const agree = (a: number, b: number): boolean =>
  Object.is(a, b) || Math.abs(a - b) <= 1e-5 * (1 + Math.abs(a));

async function valuesOf(model: LayersModel, inputs: readonly Tensor[]): Promise<readonly number[]> {
  const outputs = [model.predict([...inputs])].flat();
  const values = await Promise.all(outputs.map((output) => output.data()));
  for (const output of outputs) output.dispose();
  return values.flatMap((each) => [...each]);
}
