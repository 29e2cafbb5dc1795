import type { CompletedTrial } from '../record/trial.ts';
import { completedTrials } from '../record/measures.ts';
import type { AttemptSummary } from '../record/attemptSummary.ts';
import type { StudySession } from './studySession.ts';
import { withLentSeeds } from './lentSeeds.ts';

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
