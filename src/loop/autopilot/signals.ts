import type { TaskKind } from '../../record/autopilotState.ts';
import { SEEKING, type PastCycle } from './pastCycle.ts';

/** Four bounded numbers by which a priority is multiplied; named after what they stand for. */
export interface Signals {
  /** 1–2. */
  readonly reward: number;
  /** 1/8–1. */
  readonly stress: number;
  /** 1/4–1. */
  readonly fatigue: number;
  /** 1–2. */
  readonly curiosity: number;
}

/** What signals are read from beside the cycles. */
export interface Moment {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Cycles without a gain until a study rests. */
  readonly patience: number;
  /** Expected of the task, and left of the run (`Infinity`: no end). */
  readonly minutes: { readonly expected: number; readonly left: number };
}

/** All four, for a task of this kind. */
export const signalsOf = (
  kind: TaskKind,
  cycles: readonly PastCycle[],
  { now, patience, minutes }: Moment,
): Signals => ({
  reward: rewardOf(kind, cycles),
  stress: stressOf(kind, cycles, minutes),
  fatigue: SEEKING.includes(kind) ? fatigueOf(cycles, { now, patience }) : 1,
  curiosity: curiosityOf(kind, cycles),
});

/**
 * What brought something lately is tried again: 1 + Σ 2^−age over gaining cycles of the kind, age 1
 * for the last one; at most 2. The recency-weighted average with step ½ (Sutton and Barto 2018,
 * "Reinforcement Learning", 2.5).
 */
export function rewardOf(kind: TaskKind, cycles: readonly PastCycle[]): number {
  const kin = cycles.filter((cycle) => cycle.kind === kind).toReversed();
  const sum = kin.reduce((total, { gain }, index) => total + (gain > 0 ? 2 ** -(index + 1) : 0), 0);
  return Math.min(2, 1 + sum);
}

/**
 * What fails waits twice as long each time (binary exponential back-off, Metcalfe and Boggs 1976),
 * and what cannot end in the time left is worth the share of it that can; at least 1/8.
 */
export function stressOf(
  kind: TaskKind,
  cycles: readonly PastCycle[],
  { expected, left }: Moment['minutes'],
): number {
  const kin = cycles.filter((cycle) => cycle.kind === kind);
  const failures = kin.length - 1 - kin.findLastIndex(({ failed }) => !failed);
  const deadline = Math.min(1, Math.max(0, left) / expected);
  return Math.max(1 / 8, 2 ** -failures * deadline);
}

/**
 * A study that brings nothing is left for others: 4^−(dry / patience), at least ¼, where `dry`
 * counts cycles in search of a gain since the last one and halves with each day of rest (the
 * marginal value theorem, Charnov 1976: a patch is left when it yields less than elsewhere).
 */
export const fatigueOf = (
  cycles: readonly PastCycle[],
  moment: Pick<Moment, 'now' | 'patience'>,
): number => 4 ** -Math.min(1, dryCycles(cycles, moment.now) / moment.patience);

const DAY = 24 * 3_600_000;

/** See {@link fatigueOf}. */
export function dryCycles(cycles: readonly PastCycle[], now: number): number {
  const seeking = cycles.filter(({ kind }) => SEEKING.includes(kind));
  const dry = seeking.length - 1 - seeking.findLastIndex(({ gain }) => gain > 0);
  const rest = Math.max(0, now - (seeking.at(-1)?.finishedAt ?? now));
  return dry * 2 ** -(rest / DAY);
}

/**
 * What was tried least is worth a look: 1 + √(ln(1 + N) / (1 + n)) for n of N cycles, at most 2
 * (the bonus of UCB1, Auer, Cesa-Bianchi and Fischer 2002).
 */
export function curiosityOf(kind: TaskKind, cycles: readonly PastCycle[]): number {
  const own = cycles.filter((cycle) => cycle.kind === kind).length;
  return 1 + Math.min(1, Math.sqrt(Math.log(1 + cycles.length) / (1 + own)));
}
