import { formatChange, formatNumber } from '../record/format.ts';
import type { Objective } from '../record/studyConfig.ts';
import { gainOf } from '../study/objective.ts';
import { halfWidth, type PairedEstimate } from './pairedComparison.ts';

/**
 * `not-worse`: what is lost is below the margin at the confidence; `worse`: it is above it; else
 * the seeds cannot tell.
 */
export interface NonInferiority {
  readonly kind: 'not-worse' | 'worse' | 'cannot-tell';
  /** One-sided bounds of the gain, in units of the metric; `null` below two shared seeds. */
  readonly gain: { readonly least: number; readonly most: number } | null;
  /** One sentence for people. */
  readonly text: string;
}

/** What is held against what. */
export interface Margin {
  readonly objective: Objective;
  /** What may be lost, in units of the metric; above 0. */
  readonly margin: number;
  /** One-sided. */
  readonly confidence: number;
}

/**
 * Whether a variant is not worse than its reference by more than a margin: the one-sided interval
 * of the paired difference against −margin (Walker and Nowacki 2011, "Understanding equivalence
 * and noninferiority testing", J Gen Intern Med 26).
 */
export function nonInferiority(
  estimate: PairedEstimate,
  { objective, margin, confidence }: Margin,
): NonInferiority {
  const half = halfWidth(estimate, 2 * confidence - 1);
  const mean = gainOf(estimate.mean, objective);
  if (half === null)
    return { kind: 'cannot-tell', gain: null, text: 'One seed cannot tell what was lost.' };
  const gain = { least: mean - half, most: mean + half };
  const kind = kindOf(gain, margin);
  return { kind, gain, text: textOf(kind, gain, { objective, margin, confidence }) };
}

/** Both at once: no more is lost than the margin, and no more is gained. */
export const isEquivalent = ({ gain }: NonInferiority, margin: number): boolean =>
  gain !== null && gain.least > -margin && gain.most < margin;

function kindOf(
  { least, most }: { readonly least: number; readonly most: number },
  margin: number,
): NonInferiority['kind'] {
  if (least > -margin) return 'not-worse';
  return most < -margin ? 'worse' : 'cannot-tell';
}

function textOf(
  kind: NonInferiority['kind'],
  { least, most }: { readonly least: number; readonly most: number },
  { objective, margin, confidence }: Margin,
): string {
  const what = {
    'not-worse': 'Not worse by more than',
    worse: 'Worse by more than',
    'cannot-tell': 'Cannot tell whether it is worse by more than',
  }[kind];
  return (
    `${what} ${formatNumber(margin)} of ${objective.metric} at ` +
    `${formatNumber(confidence * 100)} %: gain ${formatChange(least)} to ${formatChange(most)}.`
  );
}
