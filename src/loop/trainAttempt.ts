import { beginAttempt, type AttemptDraft } from './beginAttempt.ts';
import { finishAttempt } from './finishAttempt.ts';
import { noMoreSeedsError } from '../util/errors.ts';
import { completedTrials } from '../judge/judgeTrials.ts';
import { baselineOf } from '../study/lineage.ts';
import type { AttemptSummary } from '../record/attemptSummary.ts';
import type { Ports } from './ports.ts';
import type { Study } from '../study/study.ts';
import { raceDraft, type TrainContext } from './raceDraft.ts';
import { retrainBaseline } from './retrainBaseline.ts';

/**
 * Races a draft against its parent seed by seed, judges it against parent and baseline, and records
 * it with every seed that took.
 */
async function trainAttempt(
  draft: AttemptDraft,
  context: TrainContext,
  ports: Ports,
): Promise<AttemptSummary> {
  return finishAttempt(draft, await raceDraft(draft, context, ports), ports);
}

/** An earlier attempt that is to be trained again. */
export interface Retrain {
  readonly id: string;
  /**
   * How many it is to have in all, those it was trained with included; absent: as many as its
   * verdict takes.
   */
  readonly seeds?: number | undefined;
  readonly signal: AbortSignal;
}

/**
 * Trains an earlier attempt with more seeds, as a new attempt beside it; a baseline's stand under
 * it, and what never trained is trained as a baseline.
 */
export async function retrainAttempt(
  study: Study,
  { id, seeds, signal }: Retrain,
  ports: Ports,
): Promise<AttemptSummary> {
  const history = await ports.store.list(study);
  const earlier = await ports.store.read(study, id);
  const trained = completedTrials(earlier.trials).length;
  if (seeds !== undefined && seeds <= trained) throw noMoreSeedsError(earlier.number, trained);
  const text = await ports.store.readVariant(study, id);
  const parent = history.find((attempt) => attempt.id === earlier.parents[0]);
  if (!parent || earlier.verdict.kind === 'baseline')
    return retrainBaseline(study, { id, seeds, signal }, ports);
  const { parents, proposal, review } = earlier;
  const draft = await beginAttempt(study, { parents, proposal, review, text }, ports);
  return trainAttempt(
    draft,
    { study, parent, baseline: baselineOf(parent, history), signal, stopping: 'never', seeds },
    ports,
  );
}
