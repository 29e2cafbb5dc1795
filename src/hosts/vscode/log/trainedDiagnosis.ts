import type { Diagnosis } from '../../../log/diagnosis.ts';
import { objectivesOf } from '../../../record/objectives.ts';
import type { AttemptSummary } from '../../../record/attemptSummary.ts';
import { standingOf } from '../history/standing.ts';
import type { Host } from '../host.ts';

/** An attempt, and what its own training says. */
interface TrainedDiagnosis {
  readonly attempt: AttemptSummary;
  readonly diagnosis: Diagnosis;
}

const known = new WeakMap<AttemptSummary, Promise<Diagnosis>>();

/**
 * What stands for the log of a model file that has none: the training of its best attempt so far,
 * which the next proposal answers; `null` while nothing was trained, or where the study cannot be
 * read (the history says why).
 */
export async function trainedDiagnosisOf(
  { studies, engine }: Pick<Host, 'studies' | 'engine'>,
  modelPath: string,
): Promise<TrainedDiagnosis | null> {
  // One that failed is tried again by the history alone: each try is told to all views.
  if (studies.peek(modelPath)?.state === 'failed') return null;
  const entry = await studies.load(modelPath);
  if (entry.state !== 'ready') return null;
  const { study, attempts } = entry;
  const { best } = standingOf(attempts, objectivesOf(study.config));
  if (!best) return null;
  const reading =
    known.get(best) ?? engine.get().then((loaded) => loaded.diagnoseAttempt(study, best.id));
  known.set(best, reading);
  return { attempt: best, diagnosis: await reading };
}
