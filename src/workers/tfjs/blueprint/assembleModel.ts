import type { LayersModel, Tensor, Tf } from '../tf.ts';
import type { Blueprint } from '../../../model/blueprint.ts';
import { freeze } from './frozen.ts';
import { lossNamed, registeredClasses } from './knownParts.ts';

type Weight = Blueprint['weights'][number];
type ModelJson = Parameters<Tf['models']['modelFromJSON']>[0];
type Optimizer = ReturnType<Tf['train']['adam']>;

/** An optimiser's class makes itself from its configuration. */
interface OptimizerClass {
  fromConfig(cls: unknown, config: unknown): Optimizer;
}

/**
 * Puts a model together from data, with its weights and, where it was compiled, its optimiser and
 * loss. Runs no code but TensorFlow.js's; throws where the data names a class that is not known.
 */
export async function assembleModel(
  { topology, weights, frozen = [], compile }: Blueprint,
  tf: Tf,
): Promise<LayersModel> {
  const model = await tf.models.modelFromJSON(JSON.parse(topology) as ModelJson);
  const tensors = weights.map((weight) => tensorOf(weight, tf));
  model.setWeights(tensors);
  tf.dispose(tensors);
  freeze(model, frozen);
  if (compile)
    model.compile({
      optimizer: optimizerOf(compile.optimizer, tf),
      loss: lossesNamed(tf, compile.loss) as Parameters<LayersModel['compile']>[0]['loss'],
    });
  return model;
}

/** One for all outputs, or one for each. */
const lossesNamed = (
  tf: Tf,
  names: NonNullable<Blueprint['compile']>['loss'],
): ReturnType<typeof lossNamed> | ReturnType<typeof lossNamed>[] =>
  typeof names === 'string' ? lossNamed(tf, names) : names.map((name) => lossNamed(tf, name));

function optimizerOf(
  { className, config }: NonNullable<Blueprint['compile']>['optimizer'],
  tf: Tf,
): Optimizer {
  const known = registeredClasses(tf).get(className) as OptimizerClass | undefined;
  if (!known) throw new RangeError(`TensorFlow.js has no optimiser ${className}.`);
  return known.fromConfig(known, config);
}

function tensorOf({ shape, dtype, values }: Weight, tf: Tf): Tensor {
  const bytes = Buffer.from(values, 'base64');
  const buffer = new Uint8Array(bytes).buffer;
  const typed = dtype === 'int32' ? new Int32Array(buffer) : new Float32Array(buffer);
  return tf.tensor(typed, [...shape], dtype === 'int32' ? 'int32' : 'float32');
}
