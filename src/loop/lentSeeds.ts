import type { Attempt } from '../record/attempt.ts';
import { referencesOf } from '../record/kinds.ts';
import { completedTrials } from '../record/measures.ts';
import type { Trial } from '../record/trial.ts';
import { ranOn } from './earlierTrials.ts';
import type { StudySession } from './studySession.ts';

/**
 * An attempt with all the seeds it is known with: its own, and those it was trained with later, for
 * a verdict on a child; those of one runtime, or of any.
 */
export async function withLentSeeds(
  id: string,
  session: StudySession,
  runtime?: string,
): Promise<Attempt> {
  const own = await session.attempt(id);
  const children = await Promise.all(
    session.history
      .filter(({ parents, metric }) => metric !== null && parents[0] === id)
      .map((child) => session.attempt(child.id)),
  );
  const isUsable = (attempt: Attempt): boolean => runtime === undefined || ranOn(attempt, runtime);
  const lent = children
    .filter((child) => child.dataHash === own.dataHash && isUsable(child))
    .flatMap((child) => lentTo(id, child));
  const kept = isUsable(own) ? own.trials : [];
  const known = completedTrials(kept);
  const more = [
    ...new Map(completedTrials(lent).map((trial) => [trial.seed, trial])).values(),
  ].filter(({ seed }) => known.every((trial) => trial.seed !== seed));
  return { ...own, trials: [...kept, ...more] };
}

const lentTo = (id: string, child: Attempt): readonly Trial[] =>
  child.kind === 'more-seeds'
    ? child.trials
    : referencesOf(child)
        .filter(({ attempt }) => attempt === id)
        .flatMap(({ trials }) => trials);
