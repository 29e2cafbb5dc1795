import type { Tf } from '../tf.ts';
import { isNamespace, lineageOf, reachable } from './reachable.ts';
import type { Held, Root } from './reachable.ts';

/**
 * Every function of the runtime: its namespaces, every class of layer, optimiser and initializer,
 * the engine and the backend.
 */
export function heldOfRuntime(tf: Tf): readonly Held[] {
  const backend = tf.backend() as object & {
    readonly wasm?: { readonly tfjs?: object };
    readonly binding?: object;
  };
  const native = backend.wasm?.tfjs ?? backend.binding;
  return [
    ...reachable(
      [
        ['LayersModel', tf.LayersModel.prototype],
        ['Sequential', tf.Sequential.prototype],
        ['Tensor', tf.Tensor.prototype],
        ['Dataset', tf.data.Dataset.prototype],
        ...classes(tf),
        ...lineageOf('engine', tf.engine()),
        ...lineageOf('backend', backend),
        ...lineageOf('environment', tf.env()),
        ...(native ? [['backend', native] as const] : []),
      ],
      () => false,
    ),
    ...reachable([['tf', tf]], isNamespace),
  ];
}

/** Classes by the name they are saved under; those that a variant adds are its own. */
export const classesOf = (tf: Tf): Readonly<Record<string, readonly unknown[]>> =>
  tf.serialization.SerializationMap.getMap().classNameMap;

function classes(tf: Tf): readonly Root[] {
  return Object.entries(classesOf(tf)).flatMap(([name, [owner]]): Root[] =>
    typeof owner === 'function' ? lineageOf(name, owner.prototype as object) : [],
  );
}
