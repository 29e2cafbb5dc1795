import type { Clock } from '../../ports/clock.ts';
import type { AttemptSummary } from '../../record/attemptSummary.ts';
import { seedsOf, type StudyConfig } from '../../record/studyConfig.ts';
import { timeSpentError } from '../../util/errors.ts';
import { CONFIRMING_RUNS } from './confirmWinner.ts';

/** However quick a run is, the race is kept so much; however slow, the search has the rest. */
const LEAST = 0.25;
const MOST = 0.6;

/** What a search knows of its race before that begins. */
interface Known {
  /** That are left. */
  readonly minutes: number;
  /** What is raced against: it tells how long a run takes. */
  readonly parent: Pick<AttemptSummary, 'spent' | 'metric'>;
  /** Seconds of a whole run of each that may be raced; a larger model takes longer. */
  readonly seconds: readonly number[];
  readonly config: StudyConfig;
  readonly workers: number;
}

/**
 * Share of a search's minutes that is kept for the race of what it finds: as long as the second
 * runs of the best, the seeds of both sides of a race, and those of the model as it is with the
 * batch size of the best are expected to take.
 */
export function raceShare({ minutes, parent, seconds, config, workers }: Known): number {
  const runs = CONFIRMING_RUNS + 3 * seedsOf(config).length;
  const each = Math.max(secondsOfRun(parent), ...seconds);
  return Math.min(MOST, Math.max(LEAST, (runs * each) / workers / (minutes * 60)));
}

/** Share of a search's minutes before which no race is begun. */
export const BEFORE_RACE = 1 - MOST;

const secondsOfRun = ({ spent, metric }: Known['parent']): number =>
  (spent?.seconds ?? 0) / Math.max(1, metric?.values.length ?? 1);

/** How often something to race is looked for once the time for it has come. */
const LOOK_MS = 1_000;

interface Waiting {
  /** Milliseconds before which no race is begun. */
  readonly until: number;
  /** Whether there is something to race, and only the time for that is left. */
  readonly isDue: () => boolean;
  /** All time is over. */
  readonly end: AbortSignal;
}

/**
 * Aborted when only the time for a race is left and there is something to race; where there is
 * not, as soon as there is, or when all time is over. So no run is cut off for a race of nothing.
 */
export function raceTime({ until, isDue, end }: Waiting, clock: Clock): AbortSignal {
  const ripe = new AbortController();
  const look = (milliseconds: number): void => {
    const due = clock.deadline(milliseconds, timeSpentError(until / 60_000));
    const decide = (): void => {
      if (isDue()) ripe.abort(due.reason);
      else if (!end.aborted) look(LOOK_MS);
    };
    if (due.aborted) ripe.abort(due.reason);
    else due.addEventListener('abort', decide, { once: true });
  };
  look(until);
  return AbortSignal.any([ripe.signal, end]);
}
