import type { Tensor, Tf } from '../tf.ts';

type LossFunction = (yTrue: Tensor, yPred: Tensor) => Tensor;

/** Class names of Keras's JSON, and the class behind each. */
export type RegisteredClasses = ReadonlyMap<string, unknown>;

/** What TensorFlow.js can put together from JSON at this moment. */
export function registeredClasses(tf: Tf): RegisteredClasses {
  const { classNameMap } = tf.serialization.SerializationMap.getMap();
  return new Map(Object.entries(classNameMap).map(([name, entry]) => [name, entry[0]]));
}

/**
 * The name of a loss that TensorFlow.js brings along, as `compile` takes it or as `tf.losses.…`;
 * `null` for a function of somebody else's, and for several losses.
 */
export function namedLoss(tf: Tf, loss: unknown): string | null {
  const [only, ...others] = Array.isArray(loss) ? (loss as unknown[]) : [loss];
  if (others.length > 0) return null;
  if (typeof only === 'string') return only;
  const [name] = Object.entries(tf.losses).find(([, own]) => own === only) ?? [];
  return name === undefined ? null : `tf.losses.${name}`;
}

/** What `compile` takes for a name that `namedLoss` gave. */
export function lossNamed(tf: Tf, name: string): string | LossFunction {
  const [own] = /(?<=^tf\.losses\.)\w+$/.exec(name) ?? [];
  return own === undefined ? name : (tf.losses[own as keyof Tf['losses']] as LossFunction);
}
