import { saysSomething } from './lineWords.ts';
import type { Slot } from './slots.ts';
import { isCostUnit } from './words.ts';

/** What a line says beside the numbers that a word names without a sign between. */
interface Beside {
  /** It names its epoch or its step. */
  readonly isCounted: boolean;
  /** How many values it names for sure. */
  readonly measures: number;
  /** Words behind its counter that named nothing. */
  readonly said: readonly string[];
}

/** `[Losses: x 0.3, y 0.2]` */
const isHead = (word: string): boolean => /^(?:losses|metrics|scores)$/i.test(word);

/**
 * `step 3 | loss 0.3 | grad 0.7`: where a line counts and is all names and numbers, one word before
 * a number is its name; so it is of the only value (`epoch 3 running_average 0.7`). `unsure`: the
 * slots of such numbers.
 */
export function withUnsure(
  slots: readonly Slot[],
  unsure: readonly number[],
  { isCounted, measures, said }: Beside,
): readonly Slot[] {
  const isReport = said.every((word) => !saysSomething(word) || isCostUnit(word) || isHead(word));
  const isSure = measures === 0 ? unsure.length === 1 : isReport;
  if (!isCounted || !isSure) return slots;
  const named = new Set(unsure);
  return slots.map((slot, i) => (named.has(i) ? { ...slot, role: 'measure' as const } : slot));
}
