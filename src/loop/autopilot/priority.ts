import type { AutopilotSettings } from '../../record/autopilotSettings.ts';
import type { Task, TaskKind } from '../../record/autopilotState.ts';
import type { PastCycle } from './pastCycle.ts';
import { signalsOf, type Signals } from './signals.ts';

/** What a task promises, and what moves it. */
export interface Priority {
  /** Share of the metric gained for each minute; comparable between studies. */
  readonly value: number;
  readonly gain: number;
  readonly chance: number;
  readonly minutes: number;
  readonly signals: Signals;
}

interface Prior {
  /** Share of the metric that a success brings. */
  readonly gain: number;
  readonly chance: number;
  /** Of the minutes that a task may take. */
  readonly cost: number;
}

/** What is believed of a kind before it was tried; weighed as so many cycles. */
const PRIORS: Readonly<Record<TaskKind, Prior>> = {
  measure: { gain: 0.05, chance: 0.9, cost: 0.3 },
  training: { gain: 0.15, chance: 0.4, cost: 1 },
  architecture: { gain: 0.2, chance: 0.4, cost: 1 },
  transfer: { gain: 0.1, chance: 0.3, cost: 0.5 },
  optimisation: { gain: 0.05, chance: 0.5, cost: 1 },
  'more-seeds': { gain: 0.03, chance: 0.3, cost: 0.3 },
  ablation: { gain: 0.02, chance: 0.3, cost: 0.5 },
};
const PRIOR_CYCLES = 2;

/** What is known of a study when its tasks are weighed. */
export interface Weighing {
  readonly cycles: readonly PastCycle[];
  readonly settings: AutopilotSettings;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly minutesLeft: number;
}

/**
 * Expected gain × chance ÷ expected cost, each from the study's own record of the kind and a prior,
 * times the signals and a person's weight.
 */
export function priorityOf(
  { kind, weight }: Pick<Task, 'kind' | 'weight'>,
  { cycles, settings, now, minutesLeft }: Weighing,
): Priority {
  const kin = cycles.filter((cycle) => cycle.kind === kind);
  const gains = kin.map(({ gain }) => gain).filter((gain) => gain > 0);
  const prior = PRIORS[kind];
  const gain = weighed(prior.gain, gains);
  const chance = weighed(
    prior.chance,
    kin.map((cycle) => (cycle.gain > 0 ? 1 : 0)),
  );
  const minutes = weighed(
    prior.cost * settings.minutes,
    kin.map(({ seconds }) => seconds / 60),
  );
  const signals = signalsOf(kind, cycles, {
    now,
    patience: settings.patience,
    minutes: { expected: minutes, left: minutesLeft },
  });
  const { reward, stress, fatigue, curiosity } = signals;
  const moved = reward * stress * fatigue * curiosity * weight;
  return { value: ((gain * chance) / minutes) * moved, gain, chance, minutes, signals };
}

/** The mean of what was seen and of a prior that counts as {@link PRIOR_CYCLES} cycles. */
const weighed = (prior: number, seen: readonly number[]): number =>
  (PRIOR_CYCLES * prior + seen.reduce((sum, value) => sum + value, 0)) /
  (PRIOR_CYCLES + seen.length);
