import type { ReferenceScores } from '../../record/dataProfile.ts';
import { metricOf } from '../../record/measures.ts';
import { objectiveOf } from '../../record/objectives.ts';
import { seedsOf } from '../../record/studyConfig.ts';
import type { Trial } from '../../record/trial.ts';
import { gainOf } from '../../study/objective.ts';
import type { Study } from '../../study/study.ts';
import { throwIfAborted } from '../../util/errors.ts';
import type { Ports } from '../ports.ts';
import { noneTrains } from './errors.ts';

/** A model's source under its name. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** What first models reached in one training each, in their order, beside simple references. */
export interface Rated {
  readonly references: ReferenceScores | null;
  readonly scores: readonly { readonly score: number | null; readonly failure: string | null }[];
  /** `null` where none was tried. */
  readonly best: string | null;
}

/**
 * Trains each model once on the study's data. A single seed ranks, it proves nothing: what is
 * chosen is a start. Rejects where the data cannot be read, or no model trains.
 */
export async function rateModels(
  study: Study,
  models: readonly NamedText[],
  signal: AbortSignal,
  ports: Pick<Ports, 'trainer' | 'onEvent'>,
): Promise<Rated> {
  const references = await ports.trainer.references(study, signal);
  const scores: Rated['scores'][number][] = [];
  for (const model of models) {
    throwIfAborted(signal, 'The first training');
    ports.onEvent({ kind: 'trying', text: `Trying ${model.name} …` });
    scores.push(await rate(study, model, signal, ports));
  }
  const { direction } = objectiveOf(study.config);
  const tried = models.flatMap(({ name }, index) => {
    const score = scores[index]?.score ?? null;
    return score === null ? [] : [{ name, score }];
  });
  const [first, ...others] = tried;
  if (!first) throw noneTrains(scores.find(({ failure }) => failure !== null)?.failure ?? '');
  const best = others.reduce(
    (found, other) => (gainOf(other.score - found.score, { direction }) > 0 ? other : found),
    first,
  );
  return { references, scores, best: best.name };
}

async function rate(
  study: Study,
  { text }: NamedText,
  signal: AbortSignal,
  { trainer, onEvent }: Pick<Ports, 'trainer' | 'onEvent'>,
): Promise<Rated['scores'][number]> {
  const { trials } = await trainer.train({
    study,
    variant: { path: study.modelPath, text },
    seeds: seedsOf(study.config).slice(0, 1),
    evaluateOn: 'validation',
    signal,
    onProgress: (progress) => {
      onEvent({ kind: 'progress', attemptId: '', progress });
    },
  });
  const metric = metricOf(trials, objectiveOf(study.config).metric);
  return metric
    ? { score: metric.mean, failure: null }
    : { score: null, failure: failureOf(trials) };
}

const failureOf = (trials: readonly Trial[]): string =>
  trials.flatMap((trial) => (trial.outcome === 'failed' ? [trial.failure.message] : []))[0] ??
  'it has no score';
