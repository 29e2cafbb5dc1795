import type { LayersModel, Tensor, Tf } from '../tf.ts';
import type { Blueprint } from '../../../model/blueprint.ts';
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
  { topology, weights, compile }: Blueprint,
  tf: Tf,
): Promise<LayersModel> {
  const model = await tf.models.modelFromJSON(JSON.parse(topology) as ModelJson);
  const tensors = weights.map((weight) => tensorOf(weight, tf));
  model.setWeights(tensors);
  tf.dispose(tensors);
  if (compile)
    model.compile({
      optimizer: optimizerOf(compile.optimizer, tf),
      loss: lossNamed(tf, compile.loss),
    });
  return model;
}

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
