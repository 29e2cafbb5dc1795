import type { Trained } from '../show/documents/trainDocument.ts';
import { noiseAround } from '../study/noiseFloor.ts';
import type { Study } from '../study/study.ts';
import { CortexError } from '../util/errors.ts';
import type { Engine } from './engine.ts';

/**
 * Trains the file as it is and records it as a baseline; where there is no git repository, it is
 * trained and not recorded.
 */
export async function trainStudy(
  engine: Engine,
  study: Study,
  signal: AbortSignal,
): Promise<Trained> {
  try {
    const summary = await engine.train(study, { retrain: null, signal });
    const attempt = await engine.attempt(study, summary.id);
    return {
      ...attempt,
      runtime: attempt.environment?.runtime ?? 'unknown',
      commit: summary.commit,
      noiseFloor: noiseAround(await engine.history(study))(summary),
    };
  } catch (error) {
    if (!(error instanceof CortexError) || error.code !== 'git-no-repository') throw error;
    const result = await engine.tryOut(study, signal);
    return { ...result, runtime: result.environment.runtime, commit: null, noiseFloor: null };
  }
}
