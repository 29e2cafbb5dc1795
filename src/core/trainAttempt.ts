import type { Attempt, Trial } from './attempts/attempt.ts';
import { beginAttempt, type AttemptDraft } from './attempts/beginAttempt.ts';
import { finishAttempt } from './attempts/finishAttempt.ts';
import { baselineOf } from './attempts/lineage.ts';
import { judgeTrials } from './judge/judgeTrials.ts';
import type { AttemptSummary, Ports } from './ports.ts';
import type { Study } from './study/study.ts';
import { seedsOf } from './study/studyConfig.ts';
import { trainNow } from './trainBaseline.ts';
import { trainDraft } from './trainDraft.ts';

/** Whom a variant is judged against. */
export interface TrainContext {
  readonly study: Study;
  readonly parent: AttemptSummary;
  readonly baseline: AttemptSummary;
  readonly signal: AbortSignal;
}

/** Trains a draft on its parent's seeds, judges it against parent and baseline, and records it. */
export async function trainAttempt(draft: AttemptDraft, context: TrainContext, ports: Ports): Promise<AttemptSummary> {
  const { study, signal } = context;
  const parent = await ports.store.read(study, context.parent.id);
  const result = await trainDraft(draft, { seeds: seedsOfTrials(parent.trials, study), signal }, ports);
  const references = await referencesOf(parent, context, ports);
  return finishAttempt(draft, { result, verdict: judgeTrials(result.trials, references, study.config.objective) }, ports);
}

/** Trains an earlier attempt once more, as a new attempt beside it; a baseline is trained again as a baseline. */
export async function retrainAttempt(study: Study, id: string, signal: AbortSignal, ports: Ports): Promise<AttemptSummary> {
  const history = await ports.store.list(study);
  const earlier = await ports.store.read(study, id);
  const text = await ports.store.readVariant(study, id);
  const parent = history.find((attempt) => attempt.id === earlier.parents[0]);
  if (!parent) return trainNow(study, text, signal, ports);
  const { parents, proposal, review } = earlier;
  const draft = await beginAttempt(study, { parents, proposal, review, text }, ports);
  return trainAttempt(draft, { study, parent, baseline: baselineOf(parent, history), signal }, ports);
}

async function referencesOf(parent: Attempt, { study, baseline }: TrainContext, ports: Ports): Promise<readonly Attempt[]> {
  return baseline.id === parent.id ? [parent] : [parent, await ports.store.read(study, baseline.id)];
}

const seedsOfTrials = (trials: readonly Trial[], study: Study): readonly number[] =>
  trials.length > 0 ? trials.map((trial) => trial.seed) : seedsOf(study.config);
