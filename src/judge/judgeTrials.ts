import type { Verdict } from '../record/verdict.ts';
import { completedTrials, valuesOf } from '../record/measures.ts';
import type { Failure, Measures, Trial } from '../record/trial.ts';
import { spreadText } from '../record/format.ts';
import type { FurtherObjective, Objective } from '../record/studyConfig.ts';
import { brokenLimits, gainOf, shareGained } from '../study/objective.ts';
import { describeOutcome, type Outcome, type SideGain } from './describeOutcome.ts';
import type { NoiseFloor } from '../study/noiseFloor.ts';
import { comparisonAt, estimatePaired, type PairedEstimate } from './pairedComparison.ts';
import { estimateUnpaired } from './unpairedComparison.ts';
import { confidenceOf, standingOf, type Race } from './race.ts';
import { plural } from '../util/plural.ts';
import { judgeFailure, KIND_OF_FAILURE } from './judgeFailure.ts';

/**
 * What a variant's trials are judged against; the parent first, then (if another one) the baseline.
 */
export type References = readonly { readonly id: string; readonly trials: readonly Trial[] }[];

/** The verdict on a baseline: it has nothing to be compared with, but it can fail. */
export function judgeBaseline(trials: readonly Trial[], objective: Objective): Verdict {
  const failure = firstFailure(trials);
  if (failure) return judgeFailed(failure, trials, objective);
  const values = valuesOf(trials, objective.metric);
  return {
    kind: 'baseline',
    text:
      `The baseline: ${objective.metric} ${spreadText(values)} over ` +
      `${plural(values.length, 'seed')}.`,
    comparisons: [],
  };
}

/** What a variant is judged by besides its trials. */
export interface Terms {
  readonly objective: Objective;
  readonly race: Race;
  /** The study's, before this attempt; `null` while no attempt has two seeds. */
  readonly noise: NoiseFloor | null;
  /** Smallest mean gain that counts, in units of the metric. */
  readonly minimumEffect: number;
  /** What else is asked, in order, and what of it is known of the variant and its parent. */
  readonly further: readonly FurtherObjective[];
  /** Runs without a seed are compared as they come; default: seed by seed. */
  readonly runs?: 'paired' | 'unpaired';
  readonly measures: { readonly own: Measures; readonly parent: Measures };
}

/** A verdict, and whether more seeds could still change it. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly decided: boolean;
}

/**
 * The verdict on a variant after the seeds run so far: better or worse only when the interval of
 * the paired difference to its parent excludes zero at the look's confidence; better, too, when it
 * is as good and clearly better in the next objective (usually: fewer parameters), or keeps a limit
 * that its parent breaks. What breaks a limit that its parent keeps is worse.
 */
export function judgeTrials(
  trials: readonly Trial[],
  references: References,
  terms: Terms,
): Judgement {
  const failure = firstFailure(trials);
  if (failure) return { verdict: judgeFailed(failure, trials, terms.objective), decided: true };
  const [parent, ...others] = references.map(({ id, trials: own }) => ({
    id,
    estimate: estimateOf(trials, own, terms),
  }));
  if (!parent) return { verdict: judgeBaseline(trials, terms.objective), decided: true };
  const { race } = terms;
  const outcome = outcomeOf(parent.estimate, terms);
  const side = outcome.standing === 'worse' || outcome.standing === 'hopeless' ? 'worse' : 'better';
  const toParent = comparisonAt(
    parent.estimate,
    parent.id,
    confidenceOf(race, side, parent.estimate),
  );
  const comparisons = [
    toParent,
    ...others.map(({ id, estimate }) =>
      comparisonAt(estimate, id, confidenceOf(race, side, estimate)),
    ),
  ];
  return {
    verdict: {
      kind: outcome.kind,
      text: describeOutcome(outcome, toParent, { ...terms, side: sideGain(terms) }),
      comparisons,
    },
    decided: outcome.standing !== 'open',
  };
}

const estimateOf = (
  trials: readonly Trial[],
  own: readonly Trial[],
  { objective: { metric }, noise, runs = 'paired' }: Terms,
): PairedEstimate =>
  (runs === 'paired' ? estimatePaired : estimateUnpaired)(trials, own, { metric, noise });

function outcomeOf(estimate: PairedEstimate, terms: Terms): Outcome {
  const { objective, race, noise, minimumEffect } = terms;
  const held = heldApart(terms);
  if (held) return held;
  const gain = gainOf(estimate.mean, objective);
  const tolerance = sideGain(terms) && noise ? Math.SQRT2 * noise.sd : 0;
  const standing = standingOf(race, { estimate, gain, needed: -tolerance });
  if (standing === 'better' && gain < minimumEffect && tolerance === 0)
    return { standing, kind: 'inconclusive' };
  return {
    standing,
    kind:
      standing === 'equal'
        ? 'better'
        : standing === 'better' || standing === 'worse'
          ? standing
          : 'inconclusive',
  };
}

/** Decided by a limit that only one of the two keeps. */
function heldApart({ further, measures: { own, parent } }: Terms): Outcome | null {
  const [broken, before] = [brokenLimits(own, further), brokenLimits(parent, further)];
  const [worse] = broken;
  if (worse && before.length === 0) return { standing: 'worse', kind: 'worse', limit: worse };
  const [better] = before;
  return better && broken.length === 0
    ? { standing: 'better', kind: 'better', limit: better }
    : null;
}

/**
 * The first of the further objectives in which the variant and its parent differ by more than its
 * tolerance, where that is for the better; `null` else.
 */
function sideGain({
  further,
  measures: { own, parent },
}: Pick<Terms, 'further' | 'measures'>): SideGain | null {
  for (const objective of further.filter(({ limit }) => limit === undefined)) {
    const share = shareGained(parent, own, objective);
    if (share !== 0 && Math.abs(share) >= (objective.tolerance ?? 0))
      return share > 0 ? { metric: objective.metric, share } : null;
  }
  return null;
}

/** A failure among trials; where only some seeds diverged, which, and how they were counted. */
function judgeFailed(failure: Failure, trials: readonly Trial[], { metric }: Objective): Verdict {
  const verdict = judgeFailure(failure);
  const completed = completedTrials(trials);
  if (failure.kind !== 'not-a-number' || completed.length === 0) return verdict;
  const diverged = trials.filter(({ outcome }) => outcome === 'failed').map(({ seed }) => seed);
  const which =
    `${diverged.length === 1 ? 'Seed' : 'Seeds'} ${diverged.join(', ')} of ` +
    `${trials.map(({ seed }) => seed).join(', ')}`;
  const others =
    `${completed.length === 1 ? 'the other came' : `the other ${completed.length} came`} to ` +
    `${metric} ${spreadText(valuesOf(trials, metric))}`;
  return {
    ...verdict,
    text:
      `${which}: ${verdict.text} Counted as crashed: ${others}, but what fails with some seeds ` +
      'cannot be relied on.',
  };
}

function firstFailure(trials: readonly Trial[]): Failure | null {
  const failed = trials.flatMap((trial) => (trial.outcome === 'failed' ? [trial.failure] : []));
  return (
    failed.find((failure) => KIND_OF_FAILURE[failure.kind] === 'cancelled') ?? failed[0] ?? null
  );
}
