import type { Failure, Measures, Trial } from '../../../record/trial.ts';
import { foldsOf } from '../data/types.ts';
import { openTensorScope } from '../tensorScope.ts';
import { meanCurves, meanOf } from './meanCurves.ts';
import { trainOnce, secondsSince } from './trainOnce.ts';
import type { TrainInput, Progress, Run } from './trainOnce.ts';

/** The model's size, as far as a seed came to one. */
interface Outcome {
  readonly parameters: number | null;
}

/**
 * Trains the variant once per seed, one after the other, and reports each trial as it ends. A
 * variant that cannot be built or trained ends the request; one that diverges may do better with
 * the next seed.
 */
export async function trainSeeds(input: TrainInput): Promise<Outcome> {
  let parameters: number | null = null;
  for (const seed of input.seeds) {
    const run = await runTrial(input, seed);
    parameters = run.parameters ?? parameters;
    input.onTrial(run.trial);
    if (run.trial.outcome === 'failed' && run.trial.failure.kind !== 'not-a-number') break;
  }
  return { parameters };
}

async function runTrial(
  input: TrainInput,
  seed: number,
): Promise<{ trial: Trial; parameters: number | null }> {
  const started = performance.now();
  const progress: Progress = { curves: [], parameters: null, fit: 0, times: {} };
  const shared = (): Pick<Trial, 'seed' | 'curves' | 'epochs' | 'seconds'> => ({
    seed,
    curves: meanCurves(progress.curves),
    epochs: progress.curves.reduce((sum, { loss }) => sum + (loss?.length ?? 0), 0),
    seconds: { fit: progress.fit, total: secondsSince(started) },
  });
  try {
    const folds: Measures[] = [];
    for (const [fold, data] of foldsOf(input.data).entries())
      folds.push(await runFold(input, { seed, fold, data }, progress));
    const run = shared();
    const size = progress.parameters === null ? {} : { parameters: progress.parameters };
    const own = { ...meanMeasures(folds), ...progress.times };
    const measures = { ...own, seconds: run.seconds.total, ...size };
    return { trial: { outcome: 'completed', measures, ...run }, parameters: progress.parameters };
  } catch (error) {
    const failure: Failure = input.failureOf(error);
    return { trial: { outcome: 'failed', failure, ...shared() }, parameters: progress.parameters };
  }
}

async function runFold(input: TrainInput, run: Run, progress: Progress): Promise<Measures> {
  const scope = openTensorScope(input.tf);
  try {
    return await trainOnce(input, run, progress);
  } finally {
    input.tensors.close();
    scope.close();
  }
}

/** Means over folds, by key. */
const meanMeasures = (folds: readonly Measures[]): Measures =>
  Object.fromEntries(
    Object.keys(folds[0] ?? {}).map((key) => [key, meanOf(folds.map((fold) => fold[key] ?? NaN))]),
  );
