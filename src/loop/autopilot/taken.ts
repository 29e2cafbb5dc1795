import type { AttemptSummary } from '../../record/attemptSummary.ts';
import type { AutopilotSettings } from '../../record/autopilotSettings.ts';
import type { Left, Taken } from './limits.ts';

const SECONDS_AN_HOUR = 3600;

/** Watt-hours that so many seconds of training take: an estimate. */
export const wattHoursOf = (seconds: number, { watts }: Pick<AutopilotSettings, 'watts'>): number =>
  (seconds * watts) / SECONDS_AN_HOUR;

/** What a run has taken after these attempts, too. */
export const takenBy = (
  attempts: readonly Pick<AttemptSummary, 'spent'>[],
  settings: Pick<AutopilotSettings, 'watts'>,
  before: Taken,
): Taken =>
  attempts.reduce(
    ({ usd, wattHours }, { spent }) => ({
      usd: usd + (spent?.usd ?? 0),
      wattHours: wattHours + wattHoursOf(spent?.seconds ?? 0, settings),
    }),
    before,
  );

/** What a task may take of what is left, were one trial trained at a time. */
export const minutesFor = (
  settings: Pick<AutopilotSettings, 'minutes' | 'watts'>,
  left: Pick<Left, 'minutes' | 'wattHours'>,
): number => Math.min(settings.minutes, left.minutes, (60 * left.wattHours) / settings.watts);
