import type { Attempt } from '../record/attempt.ts';
import type { CompletedTrial, Trial } from '../record/trial.ts';
import { ranOn } from './earlierTrials.ts';
import { referencesOf } from '../record/kinds.ts';
import { completedTrials } from '../record/measures.ts';
import type { AttemptSummary } from '../record/attemptSummary.ts';
import type { StudySession } from './studySession.ts';

/** An earlier attempt with all the seeds it is known with. */
export interface Rival {
  readonly id: string;
  readonly text: string;
  readonly trials: readonly CompletedTrial[];
}

/** Whom a variant is raced against; the baseline is `null` where it is the parent. */
export interface Rivals {
  readonly parent: Rival;
  readonly baseline: Rival | null;
}

/** Who is raced against, and where. */
interface RivalsWanted {
  readonly parent: AttemptSummary;
  readonly baseline: AttemptSummary;
  /**
   * Only what was trained on this one: another one's numbers are others for the same seed. Absent:
   * whatever there is.
   */
  readonly runtime?: string | undefined;
}

/**
 * Parent and baseline, each with its own trials, those it was trained with later, and those that
 * its children were judged against.
 */
export async function openRivals(
  { parent, baseline, runtime }: RivalsWanted,
  session: StudySession,
): Promise<Rivals> {
  return {
    parent: await rival(parent, session, runtime),
    baseline: baseline.id === parent.id ? null : await rival(baseline, session, runtime),
  };
}

async function rival(
  { id }: AttemptSummary,
  session: StudySession,
  runtime: string | undefined,
): Promise<Rival> {
  const { trials } = await withLentSeeds(id, session, runtime);
  return { id, text: await session.variant(id), trials: completedTrials(trials) };
}

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
