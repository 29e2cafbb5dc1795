import { beginAttempt, type AttemptDraft } from './attempts/beginAttempt.ts';
import { finishAttempt } from './attempts/finishAttempt.ts';
import { baselineOf } from './attempts/lineage.ts';
import type { AttemptSummary, Ports } from './ports.ts';
import type { Study } from './study/study.ts';
import { trainNow } from './trainBaseline.ts';
import { raceDraft, type TrainContext } from './raceDraft.ts';

/** Races a draft against its parent seed by seed, judges it against parent and baseline, and records it with every seed that took. */
async function trainAttempt(draft: AttemptDraft, context: TrainContext, ports: Ports): Promise<AttemptSummary> {
  return finishAttempt(draft, await raceDraft(draft, context, ports), ports);
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
  return trainAttempt(draft, { study, parent, baseline: baselineOf(parent, history), signal, stopping: 'never' }, ports);
}
