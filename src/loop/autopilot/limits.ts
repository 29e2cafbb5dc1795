import { CortexError } from '../../util/errors.ts';
import { deadline } from '../../util/deadline.ts';
import type { AutopilotPorts } from './work.ts';

/** How long a run may go on; whichever ends first ends it. */
export interface AutopilotLimits {
  /** Of the machine awake; absent: no limit. */
  readonly hours?: number;
  /** On the wall's clock, in milliseconds since the epoch; absent: no limit. */
  readonly until?: number;
  /** US dollars for language models; absent: no limit. */
  readonly maxUsd?: number;
  /** Watt-hours of training, by the `watts` of the studies; absent: no limit. */
  readonly maxWattHours?: number;
}

/** What a run has taken so far. */
export interface Taken {
  readonly usd: number;
  readonly wattHours: number;
}

/** A run of an autopilot, as it was asked for. */
export interface AutopilotSpec extends AutopilotLimits {
  /** One task a study, whatever the machine is busy with; then the end. */
  readonly scope: 'once' | 'until-done';
  /** Studies that are worked on at the same time. */
  readonly tasks: number;
  readonly signal: AbortSignal;
}

/** What is left of a run. */
export interface Left {
  /** `Infinity`: no end. */
  readonly minutes: number;
  readonly wattHours: number;
  /** Why it is over, a sentence; `null` while it is not. */
  readonly end: string | null;
  /** Aborts when the time is over. */
  readonly signal: AbortSignal;
}

/**
 * Says what is left, after so much. Hours are counted by a clock that nobody sets and that
 * stands still in sleep; a time of day counts by both clocks, so that neither a clock set back nor
 * a night asleep carries a run beyond it.
 */
export function limitsOf(
  { hours = Infinity, until = Infinity, ...amounts }: AutopilotLimits,
  { machine, now }: Pick<AutopilotPorts, 'machine' | 'now'>,
): (taken: Taken) => Left {
  const { maxUsd = Infinity, maxWattHours = Infinity } = amounts;
  const startedAt = machine.awakeMs();
  const span = Math.min(hours * 60, (until - now()) / 60_000);
  const over = new CortexError({
    code: 'autopilot-time-over',
    kind: 'cancelled',
    happened: 'Stopped: the time of the autopilot was over.',
    expected: 'it to end within its time.',
    remedy: 'The next one goes on with it.',
  });
  const signal = Number.isFinite(span)
    ? deadline(span * 60_000, over)
    : new AbortController().signal;
  return (taken) => {
    const awake = span - (machine.awakeMs() - startedAt) / 60_000;
    const minutes = Math.min(awake, (until - now()) / 60_000);
    const wattHours = maxWattHours - taken.wattHours;
    const end = endOf(minutes, taken, { maxUsd, maxWattHours });
    return { minutes, wattHours, signal, end };
  };
}

function endOf(
  minutes: number,
  { usd, wattHours }: Taken,
  { maxUsd, maxWattHours }: Required<Pick<AutopilotLimits, 'maxUsd' | 'maxWattHours'>>,
): string | null {
  if (minutes <= 0) return 'The time is over.';
  if (usd >= maxUsd) return `The ${maxUsd} US dollars are spent.`;
  return wattHours >= maxWattHours ? `The ${maxWattHours} watt-hours are used.` : null;
}
