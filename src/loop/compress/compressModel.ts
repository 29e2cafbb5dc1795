import { estimatePaired } from '../../judge/pairedComparison.ts';
import { judgeFailure } from '../../judge/judgeFailure.ts';
import { nonInferiority, type Margin } from '../../judge/nonInferiority.ts';
import { completedTrials, meansOf } from '../../record/measures.ts';
import { objectiveOf } from '../../record/objectives.ts';
import type { Objective } from '../../record/studyConfig.ts';
import { weightBytes } from '../../model/quantize.ts';
import type { Study } from '../../study/study.ts';
import { trainedSeeds } from '../export/trainedSeed.ts';
import { finishAttempt, type Trained } from '../finishAttempt.ts';
import type { AttemptDraft } from '../beginAttempt.ts';
import type { Ports } from '../ports.ts';
import { openSession } from '../studySession.ts';
import { narrowings } from './narrowings.ts';
import { openOriginal, type Original } from './original.ts';
import { quantizedTrials, type Shipped } from './quantizedTrials.ts';
import { beginSmaller, ownFields, verdictOf } from './recordSmaller.ts';
import type { Compressed, CompressRequest, Smaller } from './smaller.ts';
import { METHODS, trainSmaller, type Plan } from './trainSmaller.ts';

/** One-sided, of every verdict on a smaller model. */
const CONFIDENCE = 0.95;

/**
 * Makes a trained attempt smaller: fewer bits alone, and narrower layers by plain narrowing, by
 * pruning units and training on, and by distillation, each again with fewer bits. Every one is
 * compared with the attempt on the same seeds, and recorded.
 */
export async function compressModel(
  study: Study,
  request: CompressRequest,
  ports: Ports,
): Promise<Compressed> {
  const session = await openSession(study, ports);
  const summary = session.history.find(({ id }) => id === request.id);
  if (!summary) throw new RangeError(`${request.id} is not of this study`);
  const original = await openOriginal(session, summary, request, ports);
  const work: Work = { original, request, margin: marginOf(original, request), ports };
  const tried = [...(await trySmaller(null, work))];
  for (const narrowing of narrowings(original, request.limit, ports))
    for (const method of METHODS) tried.push(...(await trySmaller({ ...narrowing, method }, work)));
  tried.sort((a, b) => a.bytes - b.bytes || leastGain(b) - leastGain(a));
  return {
    metric: work.margin.objective.metric,
    margin: work.margin.margin,
    seeds: original.trials.map(({ seed }) => seed),
    original: {
      bytes: weightBytes(original.model, 'float32'),
      parameters: original.parameters,
      measures: meansOf(original.trials),
    },
    tried,
    best: tried.find((each) => isFit(each, request)) ?? null,
  };
}

interface Work {
  readonly original: Original;
  readonly request: CompressRequest;
  readonly margin: Margin;
  readonly ports: Ports;
}

const leastGain = ({ verdict }: Smaller): number => verdict.gain?.least ?? -Infinity;

const isFit = ({ bytes, verdict }: Smaller, { limit }: CompressRequest): boolean =>
  bytes <= limit && verdict.kind === 'not-worse';

/** One way to train it, with every precision; one record. */
async function trySmaller(plan: Plan | null, work: Work): Promise<readonly Smaller[]> {
  const { original, request, ports } = work;
  const { session } = original;
  const { signal } = request;
  const draft = await beginSmaller(original, plan, ports);
  const trained = plan
    ? await trainSmaller(draft, { plan, original }, { signal, ports })
    : { ...original.attempt, trials: original.trials };
  const seeds = plan
    ? await trainedSeeds(session, completedTrials(trained.trials), ports)
    : original.seeds;
  if (seeds.length === 0) return recordFailed(draft, trained, work);
  const shipped = await quantizedTrials(session, seeds, signal, ports);
  const smaller = shipped.map((each) => smallerOf(each, { plan, draft }, work));
  const isSmaller = ({ bytes }: Smaller): boolean => bytes < weightBytes(original.model, 'float32');
  await recordSmaller(draft, { plan, trained, smaller: smaller.filter(isSmaller) }, work);
  return smaller.filter(isSmaller);
}

function smallerOf(
  { precision, bytes, parameters, trials }: Shipped,
  { plan, draft }: { readonly plan: Plan | null; readonly draft: AttemptDraft },
  { original, margin }: Work,
): Smaller {
  const { metric } = margin.objective;
  const estimate = estimatePaired(trials, original.trials, { metric, noise: null });
  return {
    method: plan?.method ?? 'as-trained',
    widths: plan?.change ?? '',
    precision,
    bytes,
    parameters,
    trials,
    measures: meansOf(trials),
    verdict: nonInferiority(estimate, margin),
    attempt: draft.attempt.id,
  };
}

/** The smallest that holds stands for all; where none does, the largest. */
async function recordSmaller(
  draft: AttemptDraft,
  {
    plan,
    trained,
    smaller,
  }: {
    readonly plan: Plan | null;
    readonly trained: Trained;
    readonly smaller: readonly Smaller[];
  },
  { original, margin, ports }: Work,
): Promise<void> {
  const bySize = smaller.toSorted((a, b) => a.bytes - b.bytes);
  const chosen = bySize.find(({ verdict }) => verdict.kind === 'not-worse') ?? bySize.at(-1);
  if (!chosen) return;
  const attempt = { ...draft.attempt, ...ownFields(original, plan, chosen) };
  const verdict = verdictOf(chosen, { original, metric: margin.objective.metric });
  await finishAttempt({ ...draft, attempt } as AttemptDraft, { verdict, result: trained }, ports);
}

async function recordFailed(
  draft: AttemptDraft,
  trained: Trained,
  { ports }: Work,
): Promise<readonly Smaller[]> {
  const failed = trained.trials.find((trial) => trial.outcome === 'failed');
  const verdict = failed
    ? judgeFailure(failed.failure)
    : { kind: 'cancelled' as const, text: 'No weights came of it.', comparisons: [] };
  await finishAttempt(draft, { verdict, result: trained }, ports);
  return [];
}

/** Of an accuracy or R² in its own units, of anything else a share of the original's value. */
function marginOf({ session, trials, model }: Original, request: CompressRequest): Margin {
  const own = objectiveOf(session.study.config);
  const isClasses = model.facts.task === 'classification';
  const metric = request.metric ?? (isClasses ? 'val_accuracy' : own.metric);
  const isShare = /accuracy|r2/.test(metric);
  const direction = isShare ? 'maximize' : 'minimize';
  const objective: Objective = metric === own.metric ? own : { metric, direction };
  const value = Math.abs(meansOf(trials)[metric] ?? 0);
  return {
    objective,
    margin: isShare ? request.mayLose : request.mayLose * value,
    confidence: CONFIDENCE,
  };
}
