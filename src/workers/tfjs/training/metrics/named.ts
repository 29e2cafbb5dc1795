import type { Task } from '../../data/types.ts';
import { areaUnderCurve, confusionOf, f1Of, mean, pearsonOf, ratio, topShare } from './counting.ts';
import type { Seen } from './seen.ts';

type Metric = (seen: Seen) => number;

/**
 * Metrics by name, as scikit-learn defines them: `precision`, `recall`, `f1`, `auc` (one against
 * the rest) are those of the second of two classes, else the mean over classes or labels;
 * `perplexity` is the exponential of the cross-entropy; `rmse` and `pearson` are means over units.
 */
const OF_TASK: Readonly<Record<Task, Readonly<Record<string, Metric>>>> = {
  classification: {
    precision: (seen) => overClasses(seen, ({ hits, found }) => ratio(hits, found)),
    recall: (seen) => overClasses(seen, ({ hits, real }) => ratio(hits, real)),
    f1: (seen) => overClasses(seen, f1Of),
    auc: (seen) => mean(classesIn(seen).map((unit) => areaUnderCurve(seen, unit, 'class'))),
    perplexity: (seen) => Math.exp(crossEntropy(seen)),
  },
  'multi-label': {
    precision: (seen) => overLabels(seen, ({ hits, found }) => ratio(hits, found)),
    recall: (seen) => overLabels(seen, ({ hits, real }) => ratio(hits, real)),
    f1: (seen) => overLabels(seen, f1Of),
    auc: (seen) => mean(unitsOf(seen).map((unit) => areaUnderCurve(seen, unit, 'label'))),
  },
  regression: {
    rmse: ({ predictions, targets }) =>
      Math.sqrt(mean(Array.from(targets, (value, at) => (value - (predictions[at] ?? NaN)) ** 2))),
    pearson: (seen) => mean(unitsOf(seen).map((unit) => pearsonOf(seen, unit))),
  },
};

/** The metric of this name for a task, `top3` and its like too; `null` where there is none. */
export function metricNamed(name: string, task: Task): Metric | null {
  const [, count] = /^top_?(\d+)$/.exec(name) ?? [];
  if (count !== undefined && task === 'classification')
    return (seen) => topShare(seen, Number(count));
  return OF_TASK[task][name] ?? null;
}

/** The names there are for a task. */
export const metricNames = (task: Task): readonly string[] => [
  ...Object.keys(OF_TASK[task]),
  ...(task === 'classification' ? ['top3', 'top5'] : []),
];

type OfCounts = (counts: ReturnType<typeof confusionOf>) => number;

const overClasses = (seen: Seen, of: OfCounts): number =>
  mean(classesIn(seen).map((unit) => of(confusionOf(seen, unit, 'class'))));

const overLabels = (seen: Seen, of: OfCounts): number =>
  mean(unitsOf(seen).map((unit) => of(confusionOf(seen, unit, 'label'))));

const unitsOf = ({ units }: Seen): readonly number[] =>
  Array.from({ length: units }, (_, unit) => unit);

/** Two classes are told by the second. */
const classesIn = (seen: Seen): readonly number[] => (seen.units === 2 ? [1] : unitsOf(seen));

function crossEntropy({ predictions, targets, units }: Seen): number {
  const surprises = Array.from(targets, (label, row) =>
    Math.log(Math.max(predictions[row * units + label] ?? NaN, 1e-7)),
  );
  return -mean(surprises);
}
