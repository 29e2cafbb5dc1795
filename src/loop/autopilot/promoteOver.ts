import { nonInferiority } from '../../judge/nonInferiority.ts';
import { comparisonAt, estimatePaired } from '../../judge/pairedComparison.ts';
import type { Attempt } from '../../record/attempt.ts';
import type { AttemptSummary } from '../../record/attemptSummary.ts';
import type { AutopilotSettings } from '../../record/autopilotSettings.ts';
import type { Promotion } from '../../record/autopilotState.ts';
import { comparisonText, formatNumber } from '../../record/format.ts';
import type { Objective } from '../../record/studyConfig.ts';
import { noiseFloor } from '../../study/noiseFloor.ts';
import { gainOf } from '../../study/objective.ts';
import { gainShare, scaleOf } from './gainShare.ts';

/** Of a promotion; the verdicts themselves have their own, spent over the looks of their race. */
const CONFIDENCE = 0.95;
/** Share of the parameters, or bytes, that a smaller model must do without. */
export const SMALLER = 0.2;

/** An attempt with its record. */
export interface Known {
  readonly summary: AttemptSummary;
  readonly record: Attempt;
}

/** What a promotion is decided by. */
export interface Contest {
  readonly candidate: Known;
  /** What stands promoted now. */
  readonly promoted: Known;
  readonly history: readonly AttemptSummary[];
  readonly objective: Objective;
  readonly settings: Pick<AutopilotSettings, 'minimumGain' | 'mayLose'>;
}

/**
 * Whether the best attempt is promoted over the one that was: judged better by its race, and on the
 * seeds that both have better by the minimum gain, or not worse and smaller. In words, where it is
 * not.
 */
export function promoteOver(contest: Contest): Omit<Promotion, 'cycle'> | string {
  const { candidate, promoted, objective, settings, history } = contest;
  const { metric } = objective;
  const estimate = estimatePaired(candidate.record.trials, promoted.record.trials, {
    metric,
    noise: noiseFloor(history, candidate.summary),
  });
  const { id, number } = candidate.summary;
  const over = promoted.summary;
  const compared = comparisonAt(estimate, over.id, CONFIDENCE);
  const { interval, meanDifference } = compared;
  if (!interval || !over.metric) return `#${number} and #${over.number} share too few seeds.`;
  const share = gainShare(over.metric.mean, over.metric.mean + meanDifference, objective);
  const words = `#${number} over #${over.number}: ${metric} ${comparisonText(compared)}`;
  const decided = {
    attempt: id,
    over: over.id,
    difference: meanDifference,
    interval: [...interval] as [number, number],
    seeds: compared.seeds.length,
    share,
  };
  const least = Math.min(...interval.map((bound) => gainOf(bound, objective)));
  if (least > 0 && share >= settings.minimumGain)
    return { ...decided, why: 'better', text: `${words}, ${percent(share)} better` };
  const margin = settings.mayLose * scaleOf(over.metric.mean, objective);
  const held = nonInferiority(estimate, { objective, margin, confidence: CONFIDENCE });
  const smaller = smallerBy(over, candidate.summary);
  if (held.kind === 'not-worse' && smaller >= SMALLER)
    return {
      ...decided,
      why: 'smaller',
      text: `${words}, not worse by more than ${formatNumber(margin)}, ${percent(smaller)} smaller`,
    };
  return (
    `${words}: ${percent(share)}, where ${percent(settings.minimumGain)} is the least that is ` +
    'promoted.'
  );
}

/** Share of the parameters that is gone; 0 where they are not known. */
function smallerBy(from: AttemptSummary, to: AttemptSummary): number {
  const [before, after] = [from.parameters ?? 0, to.parameters ?? 0];
  return before > 0 && after > 0 ? 1 - after / before : 0;
}

/** In tenths of a percent. */
export const percent = (share: number): string =>
  `${formatNumber(Math.round(1000 * share) / 10)} %`;
