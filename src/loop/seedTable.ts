import { completedTrials, onTest } from '../record/measures.ts';
import { openRivals } from './rivals.ts';
import type { StudySession } from './studySession.ts';
import type { Trial } from '../record/trial.ts';
import { referencesOf } from '../record/kinds.ts';
import { baselineOf, numberName, rivalName } from '../study/lineage.ts';
import { objectiveOf } from '../record/objectives.ts';

/** An attempt's seeds beside those of what it was judged against. */
export interface SeedTable {
  readonly columns: readonly SeedColumn[];
  /** In the order they were run; a value is `null` where that one was not trained with the seed. */
  readonly rows: readonly { readonly seed: number; readonly values: readonly (number | null)[] }[];
}

interface SeedColumn {
  readonly id: string;
  /** `#2`, `parent #1`, `baseline #0`. */
  readonly name: string;
}

interface MeasuredColumn extends SeedColumn {
  readonly trials: readonly Trial[];
}

/**
 * The attempt's own seeds, those of its parent and of its baseline; of an opened test part, what
 * was seen on it.
 */
export async function readSeedTable(session: StudySession, id: string): Promise<SeedTable> {
  const asked = await session.attempt(id);
  const { trials, number, environment } = asked;
  const { metric } = objectiveOf(asked.config);
  if (asked.kind === 'unsealing')
    return tableOf(
      referencesOf(asked).map(({ attempt, trials: seen }) => ({
        id: attempt,
        name: numberName(attempt, session.history),
        trials: seen,
      })),
      onTest(metric),
    );
  if (trials.length === 0) return tableOf([], metric);
  const rivals = await rivalColumns(session, id, environment?.runtime);
  return tableOf([{ id, name: `#${number}`, trials }, ...rivals], metric);
}

async function rivalColumns(
  session: StudySession,
  id: string,
  runtime: string | undefined,
): Promise<readonly MeasuredColumn[]> {
  const { history } = session;
  const parentId = history.find((attempt) => attempt.id === id)?.parents[0];
  const known = history.find((attempt) => attempt.id === parentId);
  if (!known) return [];
  const { parent, baseline } = await openRivals(
    { parent: known, baseline: baselineOf(known, history), runtime },
    session,
  );
  return [parent, ...(baseline ? [baseline] : [])].map((rival) => ({
    ...rival,
    name: rivalName(rival.id, { parentId, history }),
  }));
}

function tableOf(columns: readonly MeasuredColumn[], metric: string): SeedTable {
  const [first] = columns;
  const values = columns.map(
    ({ trials }) =>
      new Map(completedTrials(trials).map(({ seed, measures }) => [seed, measures[metric]])),
  );
  return {
    columns: columns.map(({ id, name }) => ({ id, name })),
    rows: (first?.trials ?? []).map(({ seed }) => ({
      seed,
      values: values.map((column) => column.get(seed) ?? null),
    })),
  };
}
