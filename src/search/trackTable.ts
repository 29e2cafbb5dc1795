import type { AttemptSummary } from '../record/attemptSummary.ts';
import { formatChange } from '../record/format.ts';
import { trackRecord, type TrackBy, type TrackEntry } from '../study/trackRecord.ts';

/** A table of texts: what it is of, its head, and a row for each name, the most used first. */
export interface TrackTable {
  readonly by: TrackBy;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const HEAD = [
  'tried',
  'better',
  'worse',
  'failed',
  'turned down',
  'predicted',
  'came',
  'confidence',
  'came true',
  'Brier',
] as const;

/**
 * What was predicted beside what came, by operator and by proposer; for the terminal and the editor
 * alike.
 */
export function trackTables(history: readonly AttemptSummary[]): readonly TrackTable[] {
  return (['operator', 'proposer'] as const).map((by) => ({
    by,
    head: HEAD,
    rows: sortedTrack(history, by).map(([name, entry]) => [name, ...cellsOf(entry)]),
  }));
}

/** The record of every name, the most used first. */
export const sortedTrack = (
  history: readonly AttemptSummary[],
  by: TrackBy,
): readonly (readonly [string, TrackEntry])[] =>
  [...trackRecord(history, by)].toSorted(([, a], [, b]) => b.tries - a.tries);

function cellsOf({
  tries,
  better,
  worse,
  invalid,
  rejected,
  meanPredicted,
  meanObserved,
  calibration,
}: TrackEntry): readonly string[] {
  const counts = [tries, better, worse, invalid, rejected].map(String);
  const effects = [meanPredicted, meanObserved].map((effect) =>
    effect === null ? '–' : formatChange(effect),
  );
  const kept = calibration
    ? [
        percent(calibration.meanConfidence),
        percent(calibration.cameTrue),
        calibration.brier.toFixed(2),
      ]
    : ['–', '–', '–'];
  return [...counts, ...effects, ...kept];
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** What the columns mean, in one paragraph. */
export const TRACK_LEGEND =
  '“predicted” and “came” are mean changes of the metric, over the attempts that have both. ' +
  '“confidence” is the mean of what was said, “came true” how often it was better then; the ' +
  'Brier score is 0 at best and 0.25 for always saying 50 %.';
