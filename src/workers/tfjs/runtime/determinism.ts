import { seededRandom } from '../../../util/seededRandom.ts';
import type { Tf } from '../tf.ts';

/**
 * Puts all randomness of this process in a state that depends on `seed` alone: from here on the
 * same calls draw the same numbers. TensorFlow.js takes every unseeded draw (initialisers, dropout
 * and noise masks, `tf.random*`, the shuffle of
 * `fit`) from `Math.random`, which is replaced; `tf.data`'s shuffle, which takes the clock, is
 * given a seed from there. Returns how many numbers were drawn since.
 */
export function seedRuntime(tf: Tf, seed: number): () => number {
  const random = seededRandom(seed);
  let draws = 0;
  Math.random = () => {
    draws += 1;
    return random.next();
  };
  seedDatasetShuffle(tf);
  return () => draws;
}

type Shuffle = (
  this: unknown,
  bufferSize: number,
  seed?: string,
  reshuffleEachIteration?: boolean,
) => unknown;

const SEEDED = Symbol('seeded by Cortex');

function seedDatasetShuffle(tf: Tf): void {
  const prototype = tf.data.Dataset.prototype as unknown as {
    shuffle: Shuffle & { [SEEDED]?: true };
  };
  const original = prototype.shuffle;
  if (original[SEEDED]) return;
  const seeded: Shuffle = function seeded(bufferSize, seed, reshuffle) {
    return original.call(this, bufferSize, seed ?? String(Math.random()), reshuffle);
  };
  prototype.shuffle = Object.assign(seeded, { [SEEDED]: true as const });
}
