import type { Tf } from '../tf.ts';

/**
 * Takes away what a variant left where its next model would find it: names of the whole process,
 * and classes of layers.
 */
export function watchAdditions(tf: Tf): () => void {
  const classes = tf.serialization.SerializationMap.getMap().classNameMap;
  const owners = [globalThis, classes].map((owner) => ({
    owner,
    known: new Set(Reflect.ownKeys(owner)),
  }));
  return () => {
    for (const { owner, known } of owners)
      for (const key of Reflect.ownKeys(owner))
        if (!known.has(key)) Reflect.deleteProperty(owner, key);
  };
}
