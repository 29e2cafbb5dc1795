import type { AttemptSummary } from '../record/attemptSummary.ts';
import { attemptsOf, trackRecord, type TrackEntry } from '../study/trackRecord.ts';

/**
 * What each side's own record is weighed against: so many tries at the chance that a change turned
 * out better in this study, whoever proposed it.
 */
const PRIOR_TRIES = 10;
/** The share is at most halved or doubled. */
const MOST = 2;

/** The two that share the rounds, by the names they have in the history. */
interface Sides {
  readonly model: string;
  readonly engine: string;
}

/**
 * A language model's share of the rounds, moved by how often its proposals turned out better beside
 * the engine's in this study. A share of 0 or 1 is the user's decision and stays.
 */
export function earnedShare(
  share: number,
  { model, engine }: Sides,
  history: readonly AttemptSummary[],
): number {
  if (share <= 0 || share >= 1) return share;
  const record = trackRecord(
    [...attemptsOf(history, model), ...attemptsOf(history, engine)],
    'proposer',
  );
  const entries = [record.get(model), record.get(engine)];
  const [models = 1, engines = 1] = entries.map((entry) => chanceOf(entry, usualChance(entries)));
  return Math.min(1, share * Math.min(MOST, Math.max(1 / MOST, models / engines)));
}

/** Of both together; neither 0 nor 1 while there are few tries. */
function usualChance(entries: readonly (TrackEntry | undefined)[]): number {
  const sum = (count: (entry: TrackEntry) => number): number =>
    entries.reduce((total, entry) => total + (entry ? count(entry) : 0), 0);
  return (sum(({ better }) => better) + 1) / (sum(({ tries }) => tries) + 2);
}

const chanceOf = (entry: TrackEntry | undefined, usual: number): number =>
  ((entry?.better ?? 0) + PRIOR_TRIES * usual) / ((entry?.tries ?? 0) + PRIOR_TRIES);
