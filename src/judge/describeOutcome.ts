import type { Comparison } from '../record/attempt.ts';
import { formatChange, formatNumber } from '../record/format.ts';
import type { Objective } from '../record/studyConfig.ts';
import type { Standing } from './race.ts';
import { plural } from '../util/plural.ts';

/** How a race ended, and what that is called. */
export interface Outcome {
  readonly standing: Standing;
  readonly kind: 'better' | 'worse' | 'inconclusive';
}

/** What the sentence needs of the terms a variant is judged by. */
interface Words {
  readonly objective: Objective;
  readonly minimumEffect: number;
  readonly saved: number;
}

/**
 * One sentence for people: the change, its interval at the look's confidence, the seeds, and
 * "cannot tell" where that is so.
 */
export function describeOutcome(
  { standing, kind }: Outcome,
  comparison: Comparison,
  { objective, minimumEffect, saved }: Words,
): string {
  const seeds = plural(comparison.seeds.length, 'shared seed');
  if (!comparison.interval) return `Cannot tell: only ${seeds}; two are needed to see the noise.`;
  const change = `${objective.metric} ${formatChange(comparison.meanDifference)}`;
  const interval =
    `${formatNumber(comparison.confidence * 100)} % interval ` +
    `${comparison.interval.map(formatChange).join(' to ')}, ${seeds}`;
  const fewer = `${Math.round(saved * 100)} % fewer parameters`;
  if (standing === 'equal')
    return `Better (simpler): ${fewer} at a score as good as equal, ${change} (${interval}).`;
  if (kind === 'better')
    return `Better: ${change} (${interval})${saved >= 0.2 ? `, with ${fewer}` : ''}.`;
  if (kind === 'worse') return `Worse: ${change} (${interval}).`;
  if (standing === 'better')
    return (
      `Too small to count: ${change} (${interval}); judge.minimumEffect asks for ` +
      `${formatNumber(minimumEffect)}.`
    );
  const more = standing === 'hopeless' ? '; more seeds would hardly show a gain' : '';
  return `Cannot tell: ${change}, but the ${interval}, includes zero${more}.`;
}
