import type { Signals } from '../../loop/autopilot/signals.ts';

const BAR = 5;

/** The signals by which an autopilot's priorities move, and the most that each can be. */
export const SIGNAL_BOUNDS: readonly (readonly [keyof Signals, number])[] = [
  ['reward', 2],
  ['stress', 1],
  ['fatigue', 1],
  ['curiosity', 2],
];

/** `▮▮▮▯▯ 1.20`. */
export function bar(value: number, most: number): string {
  const filled = Math.round((BAR * value) / most);
  return `${'▮'.repeat(filled)}${'▯'.repeat(BAR - filled)} ${value.toFixed(2)}`;
}
