import type { Comparison } from '../record/verdict.ts';
import { formatChange, formatNumber } from '../record/format.ts';
import type { FurtherObjective, Objective } from '../record/studyConfig.ts';
import { limitText } from '../study/objective.ts';
import type { Standing } from './race.ts';
import { plural } from '../util/plural.ts';

/** How a race ended, and what that is called. */
export interface Outcome {
  readonly standing: Standing;
  readonly kind: 'better' | 'worse' | 'inconclusive';
  /** Kept by one of the two alone, which decided it. */
  readonly limit?: FurtherObjective;
}

/** What a variant gained besides: 0.3 of `parameters`. */
export interface SideGain {
  readonly metric: string;
  readonly share: number;
}

/** What the sentence needs of the terms a variant is judged by. */
interface Words {
  readonly objective: Objective;
  readonly minimumEffect: number;
  readonly runs?: 'paired' | 'unpaired';
  readonly side?: SideGain | null;
}

/**
 * One sentence for people: the change, its interval at the look's confidence, the seeds, and
 * "cannot tell" where that is so.
 */
export function describeOutcome(
  { standing, kind, limit }: Outcome,
  comparison: Comparison,
  { objective, minimumEffect, side = null, runs = 'paired' }: Words,
): string {
  const seeds =
    runs === 'paired'
      ? plural(comparison.seeds.length, 'shared seed')
      : `${plural(comparison.seeds.length, 'run')} each without a seed, unpaired`;
  const change = `${objective.metric} ${formatChange(comparison.meanDifference)}`;
  const interval = intervalText(comparison, seeds);
  const besides = side ? sideText(side) : '';
  if (limit) return `${limitSentence(limit, kind)}; ${change} (${interval}).`;
  if (!comparison.interval) return `Cannot tell: only ${seeds}; two are needed to see the noise.`;
  if (kind !== 'inconclusive') return decided({ standing, kind }, { change, interval, besides });
  if (standing === 'better')
    return (
      `Too small to count: ${change} (${interval}); judge.minimumEffect asks for ` +
      `${formatNumber(minimumEffect)}.`
    );
  const more = standing === 'hopeless' ? '; more seeds would hardly show a gain' : '';
  return `Cannot tell: ${change}, but the ${interval}, includes zero${more}.`;
}

const intervalText = ({ interval, confidence }: Comparison, seeds: string): string =>
  interval === null
    ? seeds
    : `${formatNumber(confidence * 100)} % interval ` +
      `${interval.map(formatChange).join(' to ')}, ${seeds}`;

interface Parts {
  readonly change: string;
  readonly interval: string;
  /** Empty where nothing was gained besides. */
  readonly besides: string;
}

function decided({ standing, kind }: Outcome, { change, interval, besides }: Parts): string {
  if (standing === 'equal')
    return `Better (simpler): ${besides} at a score as good as equal, ${change} (${interval}).`;
  if (kind === 'worse') return `Worse: ${change} (${interval}).`;
  return `Better: ${change} (${interval})${besides === '' ? '' : `, with ${besides}`}.`;
}

/** `34 % fewer parameters`, `20 % better in seconds`. */
const sideText = ({ metric, share }: SideGain): string =>
  `${Math.round(share * 100)} % ` +
  (metric === 'parameters' ? 'fewer parameters' : `better in ${metric}`);

const limitSentence = (limit: FurtherObjective, kind: Outcome['kind']): string =>
  kind === 'worse'
    ? `Worse: ${limit.metric} is no longer ${limitText(limit)}`
    : `Better: ${limit.metric} is now ${limitText(limit)}`;
