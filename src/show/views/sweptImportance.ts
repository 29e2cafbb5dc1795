import type { SweptConfiguration } from '../../record/searchRecords.ts';
import type { Objective } from '../../record/studyConfig.ts';
import type { Configuration, Dimension, Value } from '../../search/space/dimension.ts';
import { Space } from '../../search/space/space.ts';
import { importances, type Importance } from '../../search/sweep/importance.ts';
import { scoreOf } from '../../search/sweep/score.ts';

/** A number whose largest value is so many times its smallest is told apart by its logarithm. */
const WIDE = 30;

/**
 * How much of the differences between the configurations of a search each thing that it turned
 * explains by itself: from the record alone, the widest range tried in place of the one searched.
 */
export function sweptImportance(
  configurations: readonly SweptConfiguration[],
  objective: Objective,
): readonly Importance[] {
  const ranked = configurations
    .flatMap(({ values, results: [last], unfit }) => {
      const score = last && unfit === undefined ? scoreOf(last.measures, [objective]) : null;
      return last && score !== null
        ? [{ values: values as Configuration, epochs: last.epochs, score }]
        : [];
    })
    // What lasted longer was better.
    .toSorted((a, b) => b.epochs - a.epochs || a.score - b.score)
    .map(({ values }, rank) => ({ values, score: rank }));
  const names = new Set(ranked.flatMap(({ values }) => Object.keys(values)));
  const dimensions = [...names].map((name) =>
    dimensionOf(
      name,
      ranked.flatMap(({ values }) => values[name] ?? []),
    ),
  );
  return importances(new Space(dimensions), ranked);
}

function dimensionOf(name: string, values: readonly Value[]): Dimension {
  const numbers = values.filter((value) => typeof value === 'number');
  const [initial = ''] = values;
  if (numbers.length < values.length)
    return { kind: 'categorical', name, choices: [...new Set(values)], initial };
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  const log = low > 0 && high >= WIDE * low;
  return { kind: 'real', name, low, high, log, initial: low };
}
