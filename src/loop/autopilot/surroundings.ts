import type { Conditions } from '../../ports/surroundings.ts';
import type { AutopilotSettings } from '../../record/autopilotSettings.ts';
import { formatNumber } from '../../record/format.ts';

/** Less than this free, and a trial would push other programs out; in MiB. */
const LEAST_MEMORY = 512;

/** Why the machine is better left alone now, a sentence; `null` where it is not. */
export function busyText(
  { loadPerCore, freeMemoryMB, onBattery }: Conditions,
  settings: Pick<AutopilotSettings, 'maxLoad' | 'onBattery'>,
): string | null {
  if (onBattery && !settings.onBattery) return 'Waiting: the machine runs on its battery.';
  if (loadPerCore !== null && loadPerCore > settings.maxLoad)
    return (
      `Waiting: ${formatNumber(loadPerCore)} programs want each core ` +
      `(at most ${settings.maxLoad}).`
    );
  return freeMemoryMB < LEAST_MEMORY
    ? `Waiting: ${Math.round(freeMemoryMB)} MiB of memory are free.`
    : null;
}

/**
 * Why nothing is begun beside a person who types, a sentence; `null` where nobody does. Times are
 * milliseconds since the epoch; one to come, of a clock that was set back, tells nothing.
 */
export function typingText(
  typedAt: number | null,
  now: number,
  { typingMinutes }: Pick<AutopilotSettings, 'typingMinutes'>,
): string | null {
  const minutes = typedAt === null ? Infinity : (now - typedAt) / 60_000;
  return minutes >= 0 && minutes < typingMinutes ? 'Waiting: you are typing.' : null;
}
