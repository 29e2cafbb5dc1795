import type { MetricSummary } from '../attempts/attempt.ts';
import { formatNumber, spreadText } from '../attempts/format.ts';
import type { AttemptSummary, ReferenceScores } from '../ports.ts';
import { isBetterValue } from '../study/objective.ts';
import type { Study } from '../study/study.ts';
import type { Objective } from '../study/studyConfig.ts';
import { halfWidth } from './pairedComparison.ts';

/** Operator name of the gate's own proposal: another learning rate, found by a short probe. */
export const LEARNING_RATE_PROBE = 'learning-rate-probe';

const CONFIDENCE = 0.95;

/** What a network has to beat, in sentences for people; empty where it does. `null` scores: nothing to compare with. */
export function findingsOnReferences(metric: MetricSummary, scores: ReferenceScores | null, objective: Objective): readonly string[] {
  const own = `${objective.metric} ${spreadText(metric.values)}`;
  const trivial = scores?.trivial[objective.metric];
  const linear = scores?.linear?.[objective.metric];
  return [
    ...(trivial !== undefined && !clearlyBetter(metric, trivial, objective)
      ? [`Your network is no better than always giving the same answer (${objective.metric} ${formatNumber(trivial)} against ${own}).`]
      : []),
    ...(linear !== undefined && !clearlyBetter(metric, linear, objective)
      ? [`A linear model does at least as well as your network as it is: ${objective.metric} ${formatNumber(linear)} on the same data against ${own}.`]
      : []),
  ];
}

/** All that the gate has to say of a baseline at the end of a run. */
export function concludeAdequacy({ root, best, history, scores }: Concluded, { config: { objective } }: Study): readonly string[] {
  const training = findingOnTraining(root, history, objective);
  const simple = root.metric ? findingsOnReferences(root.metric, scores, objective) : [];
  const linear = scores?.linear?.[objective.metric];
  const suffices = linear !== undefined && best.metric && !clearlyBetter(best.metric, linear, objective)
    ? [`A linear model suffices: it reaches ${objective.metric} ${formatNumber(linear)}, the best network so far ${spreadText(best.metric.values)}.`]
    : [];
  return [...(training === null ? [] : [training]), ...simple, ...suffices];
}

/** A run of the search at its end. */
interface Concluded {
  readonly root: AttemptSummary;
  readonly best: AttemptSummary;
  readonly history: readonly AttemptSummary[];
  readonly scores: ReferenceScores | null;
}

/** The gate's finding on training, once it is proven: `null` while it is not. */
function findingOnTraining(root: AttemptSummary, history: readonly AttemptSummary[], objective: Objective): string | null {
  const proven = history.find(({ parents, operator, verdict }) => parents[0] === root.id && operator === LEARNING_RATE_PROBE && verdict === 'better');
  if (!proven?.metric || !root.metric) return null;
  const title = `${proven.title.charAt(0).toLowerCase()}${proven.title.slice(1)}`;
  return `Your baseline is under-trained, not too small: ${title} takes ${objective.metric} from ${formatNumber(root.metric.mean)} to ${formatNumber(proven.metric.mean)}.`;
}

/** The network's own interval over seeds lies on the good side of `value`; a single seed counts as it stands. */
function clearlyBetter({ mean, sd, values }: MetricSummary, value: number, objective: Objective): boolean {
  const half = halfWidth({ seeds: [...values.keys()], mean, deviation: sd, degreesOfFreedom: values.length - 1 }, CONFIDENCE) ?? 0;
  return isBetterValue(objective, objective.direction === 'minimize' ? mean + half : mean - half, value);
}
