import type { Objective } from '../../record/studyConfig.ts';
import { gainOf } from '../../study/objective.ts';

/** Metrics of which 1 is the most there can be. */
const UP_TO_ONE = /acc|auc|r2|f1|precision|recall|top\d|pearson/i;

/** What a share of this value is a share of: the value, or what is missing to 1. */
export function scaleOf(value: number, { metric, direction }: Objective): number {
  const missing = 1 - value;
  const isShare = direction === 'maximize' && UP_TO_ONE.test(metric) && missing > 0;
  return isShare ? missing : Math.abs(value);
}

/** The gain from one value to another as a share, 0.1 for 10 %; below 0 for a loss. */
export function gainShare(before: number, after: number, objective: Objective): number {
  const scale = scaleOf(before, objective);
  return scale === 0 ? 0 : gainOf(after - before, objective) / scale;
}
