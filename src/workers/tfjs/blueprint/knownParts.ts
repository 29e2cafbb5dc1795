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
 * The names of the losses that TensorFlow.js brings along, as `compile` takes them or as
 * `tf.losses.…`: one for all outputs, or one for each; `null` where one is a function of somebody
 * else's.
 */
export function namedLosses(
  tf: Tf,
  loss: unknown,
  outputNames: readonly string[],
): string | readonly string[] | null {
  const isByName = typeof loss === 'object' && loss !== null && !Array.isArray(loss);
  const all: unknown = isByName
    ? outputNames.map((name): unknown => Reflect.get(loss, name))
    : loss;
  if (!Array.isArray(all)) return namedLoss(tf, all);
  const names = all.flatMap((each) => namedLoss(tf, each) ?? []);
  if (names.length < all.length) return null;
  return names.length === 1 && names[0] !== undefined ? names[0] : names;
}

function namedLoss(tf: Tf, loss: unknown): string | null {
  if (typeof loss === 'string') return loss;
  const [name] = Object.entries(tf.losses).find(([, own]) => own === loss) ?? [];
  return name === undefined ? null : `tf.losses.${name}`;
}

/** What `compile` takes for a name that `namedLoss` gave. */
export function lossNamed(tf: Tf, name: string): string | LossFunction {
  const [own] = /(?<=^tf\.losses\.)\w+$/.exec(name) ?? [];
  return own === undefined ? name : (tf.losses[own as keyof Tf['losses']] as LossFunction);
}
