import type { Attempt } from '../../record/attempt.ts';
import type { AttemptSummary } from '../../record/attemptSummary.ts';
import { completedTrials } from '../../record/measures.ts';
import { objectiveOf } from '../../record/objectives.ts';
import { seedsOf } from '../../record/studyConfig.ts';
import type { CompletedTrial } from '../../record/trial.ts';
import type { Study } from '../../study/study.ts';
import { isBetterValue } from '../../study/objective.ts';
import type { Ports } from '../ports.ts';
import type { StudySession } from '../studySession.ts';
import { madeFromOthers, weightsNeverKept, weightsNotKept } from './exportErrors.ts';

/** The file of one trained seed. */
export interface TrainedSeed {
  readonly trial: CompletedTrial;
  /** Absolute path of the kept file. */
  readonly path: string;
  readonly file: Uint8Array;
}

/** Which seed of an attempt is wanted, and whether it may be trained for it. */
export interface SeedChoice {
  /** `null`: the best on the validation part of those that are kept. */
  readonly seed: number | null;
  /** Where nothing is kept the seed is trained again. */
  readonly missing: 'refuse' | 'train-again';
  readonly signal: AbortSignal;
}

/** The trained weights of an attempt's seed; rejects where they are not kept. */
export async function trainedSeed(
  session: StudySession,
  summary: AttemptSummary,
  choice: SeedChoice,
  ports: Ports,
): Promise<TrainedSeed> {
  const attempt = await session.attempt(summary.id);
  const trials = completedTrials(attempt.trials);
  const kept = await keptOf(session, ranked(trials, session, choice.seed), ports);
  if (kept) return kept;
  if (!isOfSeedAlone(attempt)) throw madeFromOthers(summary.number);
  if (choice.missing === 'refuse') throw weightsNotKept(summary.number);
  const again = await trainAgain(session, summary, choice, ports);
  const trained = await keptOf(session, again, ports);
  if (!trained) throw weightsNeverKept(summary.number);
  return trained;
}

/** Where a model began with another's weights, or was taught, its seed does not make it again. */
const isOfSeedAlone = (attempt: Attempt): boolean =>
  attempt.kind === 'compression'
    ? !/pruning|factors|aware/.test(attempt.method)
    : attempt.kind !== 'distillation';

/** The trials whose weights are kept, with them. */
export async function trainedSeeds(
  session: StudySession,
  trials: readonly CompletedTrial[],
  ports: Pick<Ports, 'artifacts'>,
): Promise<readonly TrainedSeed[]> {
  const found = await Promise.all(trials.map((trial) => keptOf(session, [trial], ports)));
  return found.filter((seed) => seed !== null);
}

/** Keeps them still: what was recorded since may have taken their place. */
export async function putBack(
  seeds: readonly TrainedSeed[],
  study: Study,
  { artifacts }: Pick<Ports, 'artifacts'>,
): Promise<void> {
  await Promise.all(seeds.map(({ file }) => artifacts?.put(study, file)));
}

async function keptOf(
  { study }: StudySession,
  trials: readonly CompletedTrial[],
  { artifacts }: Pick<Ports, 'artifacts'>,
): Promise<TrainedSeed | null> {
  for (const trial of trials) {
    if (!artifacts || trial.weights === undefined) continue;
    const file = await artifacts.get(study, trial.weights);
    const path = file && (await artifacts.locate(study, trial.weights));
    if (file && path !== null) return { trial, path, file };
  }
  return null;
}

/** The seed that is asked for, or all, the best first. */
function ranked(
  trials: readonly CompletedTrial[],
  { study }: StudySession,
  seed: number | null,
): readonly CompletedTrial[] {
  if (seed !== null) return trials.filter((trial) => trial.seed === seed);
  const objective = objectiveOf(study.config);
  const valueOf = ({ measures }: CompletedTrial): number => measures[objective.metric] ?? NaN;
  return trials.toSorted((a, b) => (isBetterValue(objective, valueOf(a), valueOf(b)) ? -1 : 1));
}

async function trainAgain(
  session: StudySession,
  { id, number, parents }: AttemptSummary,
  { seed, signal }: SeedChoice,
  { trainer, onEvent }: Ports,
): Promise<readonly CompletedTrial[]> {
  const { study } = session;
  const text = await session.variant(id);
  onEvent({ kind: 'training', title: `#${number} again`, attemptId: id, number, parents });
  const { trials } = await trainer.train({
    study,
    variant: { path: study.modelPath, text },
    seeds: [seed ?? seedsOf(study.config)[0] ?? 1],
    evaluateOn: 'validation',
    keepWeights: true,
    signal,
    onProgress: (progress) => onEvent({ kind: 'progress', attemptId: id, progress }),
  });
  return completedTrials(trials);
}
