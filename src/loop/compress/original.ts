import type { ModelFile } from '../../model/modelFile.ts';
import { parametersOf, readModel, type TrainedModel } from '../../model/trainedModel.ts';
import type { Architecture } from '../../model/architecture.ts';
import { readArchitecture } from '../../propose/readArchitecture.ts';
import type { Attempt } from '../../record/attempt.ts';
import type { AttemptSummary } from '../../record/attemptSummary.ts';
import { completedTrials } from '../../record/measures.ts';
import type { CompletedTrial } from '../../record/trial.ts';
import { weightsNeverKept } from '../export/exportErrors.ts';
import { trainedSeeds, type TrainedSeed } from '../export/trainedSeed.ts';
import { asKept } from '../../record/worth.ts';
import type { Ports } from '../ports.ts';
import type { StudySession } from '../studySession.ts';
import { onValidation, quantizedTrials, type Built } from './quantizedTrials.ts';
import type { CompressRequest } from './smaller.ts';

/** The attempt that is to become smaller, with the trained seeds that others are held against. */
export interface Original {
  readonly session: StudySession;
  readonly summary: AttemptSummary;
  readonly attempt: Attempt;
  readonly file: Omit<ModelFile, 'language'>;
  readonly architecture: Architecture;
  /** Of its first seed; all seeds have the same shapes. */
  readonly model: TrainedModel;
  readonly parameters: number;
  readonly seeds: readonly TrainedSeed[];
  readonly trials: readonly CompletedTrial[];
}

/**
 * Reads it, and trains it with the seeds that are missing; rejects where its weights do not come to
 * Cortex.
 */
export async function openOriginal(
  session: StudySession,
  summary: AttemptSummary,
  request: CompressRequest,
  ports: Ports,
): Promise<Original> {
  const { study } = session;
  const attempt = await session.attempt(summary.id);
  const text = await session.variant(summary.id);
  const kept = await trainedSeeds(session, completedTrials(attempt.trials), ports);
  const more = lacking(kept, request.seeds ?? study.config.judge.maxSeeds);
  const { signal } = request;
  const added = await trainMore(session, { summary, text, seeds: more, signal }, ports);
  const seeds = [...kept, ...(await trainedSeeds(session, added, ports))];
  const [first] = seeds;
  if (!first) throw weightsNeverKept(summary.number);
  const model = readModel(first.file);
  return {
    session,
    summary,
    attempt,
    file: { path: study.modelPath, text },
    architecture: await readArchitecture(
      { path: study.modelPath, text },
      ports.syntax,
      study.config,
    ),
    model,
    parameters: parametersOf(model),
    seeds,
    trials: await trialsAsKept(session, { seeds, text }, signal, ports),
  };
}

/**
 * What the weights that are kept come to. With folds the trials' own measures are means over all
 * of them, and the weights are those of the first: they are measured there.
 */
async function trialsAsKept(
  session: StudySession,
  built: Built,
  signal: AbortSignal,
  ports: Ports,
): Promise<readonly CompletedTrial[]> {
  if (session.study.config.split.folds === 1) return built.seeds.map(({ trial }) => asKept(trial));
  const asked = { ...onValidation(signal), precisions: ['float32'] as const };
  const [measured] = await quantizedTrials(session, built, asked, ports);
  return measured?.trials ?? [];
}

interface Missing {
  readonly summary: AttemptSummary;
  readonly text: string;
  readonly seeds: readonly number[];
  readonly signal: AbortSignal;
}

async function trainMore(
  { study }: StudySession,
  { summary, text, seeds, signal }: Missing,
  { trainer, onEvent }: Ports,
): Promise<readonly CompletedTrial[]> {
  if (seeds.length === 0) return [];
  const { id, number, parents } = summary;
  onEvent({ kind: 'training', title: 'with more seeds', attemptId: id, number, parents });
  const { trials } = await trainer.train({
    study,
    variant: { path: study.modelPath, text },
    seeds,
    evaluateOn: 'validation',
    keepWeights: true,
    signal,
    onProgress: (progress) => onEvent({ kind: 'progress', attemptId: id, progress }),
  });
  return completedTrials(trials);
}

/** New seeds until there are `count` in all. */
function lacking(kept: readonly TrainedSeed[], count: number): readonly number[] {
  const known = kept.map(({ trial }) => trial.seed);
  const all = Array.from({ length: count + known.length }, (_, index) => index + 1);
  return all.filter((seed) => !known.includes(seed)).slice(0, Math.max(0, count - known.length));
}
