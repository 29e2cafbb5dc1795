import type { Trial } from '../../record/trial.ts';
import { completedTrials, metricOf } from '../../record/measures.ts';
import type { Study } from '../../study/study.ts';
import { objectiveOf } from '../../record/objectives.ts';

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
 * The JSON form of a training; throws where no trial was completed, which the engine refuses
 * before.
 */
export function trainDocument(
  study: Study,
  { trials, parameters, runtime, commit, noiseFloor }: Trained,
) {
  const { metric: name } = objectiveOf(study.config);
  const metric = metricOf(trials, name);
  if (!metric) throw new RangeError('a baseline without a completed trial was not refused');
  return {
    metric: { name, ...metric },
    noiseFloor,
    parameters,
    runtime,
    curves: completedTrials(trials).map(({ curves }) => curves),
    commit,
  };
}
