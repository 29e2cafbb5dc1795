import { readFileSync } from 'node:fs';
import { readTrainingLog } from '../../../src/log/readTrainingLog.ts';

type Fall = (u: number) => number;

/** How a curve comes down, by the share `u` of its time that is over: from 1 at 0. */
export interface Shape {
  readonly name: string;
  /** To 0 at 1, where it stays. */
  readonly settling: Fall;
  /** Still falling at 1. */
  readonly long: Fall;
}

/** The shapes that thresholds were chosen on. */
export const TUNED_SHAPES: readonly Shape[] = [
  { name: 'exponential', settling: (u) => Math.exp(-6 * u), long: (u) => Math.exp(-2 * u) },
  {
    name: 'piecewise',
    settling: (u) => Math.max(0, 1 - u),
    long: (u) => (u < 0.5 ? 1 - 1.4 * u : 0.6 - 0.6 * u),
  },
  { name: 'power law', settling: (u) => (1 + 30 * u) ** -2, long: (u) => (1 + 5 * u) ** -0.7 },
  {
    name: 'logistic',
    settling: (u) => 1.0025 / (1 + Math.exp(12 * (u - 0.5))),
    long: (u) => 1 / (1 + Math.exp(4 * (u - 0.6))),
  },
];

/**
 * Shapes that no threshold was chosen on: only the held-out rows of the bench and their test may
 * use them.
 */
export const HELD_OUT_SHAPES: readonly Shape[] = [
  {
    name: 'warm-up hump',
    settling: (u) => (1 + 14 * u) * Math.exp(-9 * u),
    long: (u) => (1 + 5 * u) * Math.exp(-3.5 * u),
  },
  {
    name: 'cosine schedule',
    settling: (u) => (u < 1 ? (1 + Math.cos(Math.PI * u)) / 2 : 0),
    long: (u) => (1 + Math.cos(0.75 * Math.PI * u)) / 2,
  },
  {
    name: 'two speeds',
    settling: (u) => 0.7 * Math.exp(-20 * u) + 0.3 * Math.exp(-5 * u),
    long: (u) => 0.6 * Math.exp(-12 * u) + 0.4 * Math.exp(-1.2 * u),
  },
  {
    name: 'double descent',
    settling: (u) => Math.exp(-8 * u) + bump(u, 0.6),
    long: (u) => Math.exp(-2 * u) + bump(u, 0.3),
  },
  ...['digits', 'diabetes'].map((name) => realShape(name)),
];

const bump = (u: number, at: number): number => 0.15 * Math.exp(-(((u - at) / 0.12) ** 2));

/**
 * The training loss of an example's own log, without its rises, brought to 1 … 0; cut short it
 * still falls at its end.
 */
function realShape(example: string): Shape {
  const log = readTrainingLog(
    readFileSync(new URL(`../../../examples/${example}/train_log.txt`, import.meta.url), 'utf8'),
    'train_log.txt',
  );
  if (!log.ok) throw log.error;
  const loss = (log.value.series['loss'] ?? []).map((value) => value ?? NaN);
  const lowest = loss.map((_, i) => Math.min(...loss.slice(0, i + 1)));
  const [first = 1, last = 0] = [lowest[0], lowest.at(-1)];
  const at: Fall = (u) => {
    const place = Math.min(1, Math.max(0, u)) * (lowest.length - 1);
    const [before, after] = [lowest[Math.floor(place)] ?? last, lowest[Math.ceil(place)] ?? last];
    return (before + (after - before) * (place % 1) - last) / (first - last);
  };
  return { name: `the loss of ${example}`, settling: at, long: (u) => at(0.7 * u) };
}
