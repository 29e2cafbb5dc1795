import type { AttemptSummary } from '../../record/attemptSummary.ts';
import { seedsOf, type StudyConfig } from '../../record/studyConfig.ts';
import { CONFIRMING_RUNS } from './confirmWinner.ts';

/** However quick a run is, the race is kept so much; however slow, the search has the rest. */
const LEAST = 0.25;
const MOST = 0.6;

/** What a search knows of its race before it begins. */
interface Known {
  readonly minutes: number;
  /** What is raced against: it tells how long a run takes. */
  readonly parent: Pick<AttemptSummary, 'spent' | 'metric'>;
  readonly config: StudyConfig;
  readonly workers: number;
}

/**
 * Share of a search's minutes that is kept for the race of what it finds: as long as the second
 * runs of the best and the seeds of both sides of a race are expected to take.
 */
export function raceShare({ minutes, parent, config, workers }: Known): number {
  const runs = CONFIRMING_RUNS + 2 * seedsOf(config).length;
  const seconds = (runs * secondsOfRun(parent)) / workers;
  return Math.min(MOST, Math.max(LEAST, seconds / (minutes * 60)));
}

const secondsOfRun = ({ spent, metric }: Known['parent']): number =>
  (spent?.seconds ?? 0) / Math.max(1, metric?.values.length ?? 1);
