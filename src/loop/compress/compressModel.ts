import { estimatePaired } from '../../judge/pairedComparison.ts';
import { nonInferiority, type Margin } from '../../judge/nonInferiority.ts';
import { completedTrials, meansOf } from '../../record/measures.ts';
import { weightBytes } from '../../model/quantize.ts';
import type { Study } from '../../study/study.ts';
import { putBack, trainedSeeds } from '../export/trainedSeed.ts';
import { finishAttempt, type Trained } from '../finishAttempt.ts';
import type { AttemptDraft } from '../beginAttempt.ts';
import type { Ports } from '../ports.ts';
import { openTraining } from '../studySession.ts';
import { confirmSmaller } from './confirmSmaller.ts';
import { marginOf } from './marginOf.ts';
import { awareOfBytes, plansFor, type Plan } from './plans.ts';
import { openOriginal, type Original } from './original.ts';
import { onValidation, quantizedTrials, type Built, type Shipped } from './quantizedTrials.ts';
import { beginSmaller, ownFields, recordFailed, verdictOf } from './recordSmaller.ts';
import {
  bestOf,
  smallestFirst,
  type Compressed,
  type CompressRequest,
  type Smaller,
} from './smaller.ts';
import { trainSmaller } from './trainSmaller.ts';

/**
 * Makes a trained attempt smaller: by fewer bits alone, and by all that is planned for it, each
 * again with fewer bits. Every one is compared with the attempt on the same seeds, and recorded.
 */
export async function compressModel(
  study: Study,
  request: CompressRequest,
  ports: Ports,
): Promise<Compressed> {
  const session = await openTraining(study, ports);
  const summary = session.history.find(({ id }) => id === request.id);
  if (!summary) throw new RangeError(`${request.id} is not of this study`);
  const original = await openOriginal(session, summary, request, ports);
  const margin = marginOf(original, request);
  const work: Work = { original, request, margin, trained: new Map(), ports };
  const tried = [...(await trySmaller(null, work))];
  const aware = tried.some(holdsAsBytes) ? [] : [awareOfBytes(original)];
  for (const plan of [...aware, ...plansFor(original, request.limit, ports)])
    tried.push(...(await trySmaller(plan, work)));
  return compressedOf(tried, work);
}

const holdsAsBytes = ({ precision, verdict }: Smaller): boolean =>
  precision === 'uint8' && verdict.kind === 'not-worse';

/** What was tried, the smallest first; the best of it is held against the sealed part if asked. */
async function compressedOf(tried: Smaller[], work: Work): Promise<Compressed> {
  const { original, request, margin, ports } = work;
  tried.sort(smallestFirst);
  const best = bestOf(tried, request.limit);
  const built = work.trained.get(best?.attempt ?? '');
  const { signal, confirm } = request;
  const confirmed =
    confirm && best && built
      ? await confirmSmaller({ original, best, built, margin, signal }, ports)
      : null;
  await putBack(built?.seeds ?? [], original.session.study, ports);
  return {
    metric: margin.objective.metric,
    margin: margin.margin,
    framework: original.model.facts.framework,
    seeds: original.trials.map(({ seed }) => seed),
    original: {
      bytes: weightBytes(original.model, 'float32'),
      parameters: original.parameters,
      measures: meansOf(original.trials),
    },
    tried,
    best,
    confirmed,
  };
}

interface Work {
  readonly original: Original;
  readonly request: CompressRequest;
  readonly margin: Margin;
  /** Seeds of what was tried, by attempt: what is kept on the disk may be let go of. */
  readonly trained: Map<string, Built>;
  readonly ports: Ports;
}

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
  if (seeds.length === 0) return recordFailed(draft, trained, ports);
  const built = { seeds, text: draft.text };
  work.trained.set(draft.attempt.id, built);
  const shipped = await quantizedTrials(session, built, onValidation(signal), ports);
  const smaller = shipped
    .map((each) => smallerOf(each, { plan, draft }, work))
    .filter(({ bytes }) => bytes < weightBytes(original.model, 'float32'));
  await recordSmaller(draft, { plan, trained, smaller }, work);
  return smaller;
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
    change: plan?.change ?? '',
    precision,
    bytes,
    parameters,
    trials,
    measures: meansOf(trials),
    verdict: nonInferiority(estimate, margin),
    attempt: draft.attempt.id,
  };
}

interface Outcome {
  readonly plan: Plan | null;
  readonly trained: Trained;
  readonly smaller: readonly Smaller[];
}

/** The smallest that holds stands for all; where none does, the largest. */
async function recordSmaller(
  draft: AttemptDraft,
  { plan, trained, smaller }: Outcome,
  { original, margin, ports }: Work,
): Promise<void> {
  const bySize = smaller.toSorted((a, b) => a.bytes - b.bytes);
  const chosen = bySize.find(({ verdict }) => verdict.kind === 'not-worse') ?? bySize.at(-1);
  if (!chosen) return;
  const attempt = { ...draft.attempt, ...ownFields(original, plan, chosen) };
  const verdict = verdictOf(chosen, { original, metric: margin.objective.metric });
  await finishAttempt({ ...draft, attempt } as AttemptDraft, { verdict, result: trained }, ports);
}
