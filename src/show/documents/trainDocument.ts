import type { Trial } from '../../record/attempt.ts';
import { metricOf } from '../../record/summary.ts';
import type { Engine } from '../../hosts/engine.ts';
import { CortexError } from '../../util/errors.ts';
import { noiseAround } from '../../study/noiseFloor.ts';
import type { Study } from '../../study/study.ts';

/** What a training of the file as it is came to, recorded or not. */
export interface Trained {
  readonly trials: readonly Trial[];
  readonly parameters: number | null;
  readonly runtime: string;
  /** `null` where there is no git repository to record it in. */
  readonly commit: string | null;
  /** The study's, this training included; `null` where it is not known. */
  readonly noiseFloor: number | null;
}

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

/**
 * The JSON form of a training; throws where no trial was completed, which the engine refuses
 * before.
 */
export function trainDocument(
  study: Study,
  { trials, parameters, runtime, commit, noiseFloor }: Trained,
) {
  const metric = metricOf({ trials: [...trials] });
  if (!metric) throw new RangeError('a baseline without a completed trial was not refused');
  return {
    metric: { name: study.config.objective.metric, ...metric, values: [...metric.values] },
    noiseFloor,
    parameters,
    runtime,
    // Not by `completedTrials`: it would bring the judge and its statistics into every bundle that
    // speaks of a training.
    curves: trials.flatMap((trial) => (trial.outcome === 'completed' ? [trial.curves] : [])),
    commit,
  };
}
