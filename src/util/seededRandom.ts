import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/**
 * A repeatable source of numbers in [0, 1): the same seed gives the same sequence (xoroshiro128+,
 * Blackman and Vigna 2018).
 */
export function seededRandom(seed: number): { next(): number } {
  const generator = xoroshiro128plus(seed);
  return { next: () => uniformFloat64(generator) };
}
