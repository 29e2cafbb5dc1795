import { estimatePaired } from '../../judge/pairedComparison.ts';
import type { PairedEstimate } from '../../judge/pairedComparison.ts';
import { openRace, standingOf } from '../../judge/race.ts';
import type { Attempt } from '../../record/attempt.ts';
import { completedTrials, metricOf } from '../../record/measures.ts';
import { objectiveOf } from '../../record/objectives.ts';
import type { CompletedTrial, Trial } from '../../record/trial.ts';
import { noiseFloor } from '../../study/noiseFloor.ts';
import { gainOf } from '../../study/objective.ts';
import type { AttemptDraft } from '../beginAttempt.ts';
import type { Round } from '../openRound.ts';
import type { Ports } from '../ports.ts';
import type { TrainingCandidate } from './scaleCandidates.ts';

/** A change of the training that beat the baseline, and by what. */
export interface Proven {
  readonly candidate: Omit<TrainingCandidate, 'text'>;
  /** Means over the shared seeds, in units of the metric. */
  readonly from: number;
  readonly to: number;
  readonly estimate: PairedEstimate;
}

/** What a trial of the check takes. */
export interface CheckInput {
  readonly round: Round;
  readonly draft: AttemptDraft;
  /** The baseline's record. */
  readonly root: Attempt;
  readonly ports: Ports;
}

/** Seeds that a change of the training is proven with, at most. */
const MOST_SEEDS = 3;

/** One training of the check. */
export interface Plan {
  readonly change: string;
  readonly operator: string;
  readonly text: string;
  readonly epochs: number;
  readonly seeds: readonly number[];
}

/** Trains by a plan, and records it. */
export type Train = (plan: Plan) => Promise<readonly Trial[]>;

/**
 * Trains a change in full on the baseline's seeds, one after the other, until it is proven, or can
 * hardly be.
 */
export async function prove(
  plan: TrainingCandidate & { readonly epochs: number },
  input: CheckInput,
  train: Train,
): Promise<Proven | null> {
  const { epochs, text, ...candidate } = plan;
  const own = completedTrials(input.root.trials).slice(0, MOST_SEEDS);
  const trials: CompletedTrial[] = [];
  for (const { seed } of own) {
    const [trial] = await train({ text, epochs, ...candidate, seeds: [seed] });
    if (trial?.outcome !== 'completed') return null;
    trials.push(trial);
    const { estimate, standing } = weigh(trials, own, input);
    if (standing === 'proven') return { candidate, estimate, ...meansOf(trials, own, input) };
    if (standing === 'hopeless') return null;
  }
  return null;
}

/**
 * By the race's own rule; a first seed that is no better ends it, and a baseline of one seed has to
 * do with one.
 */
function weigh(
  trials: readonly CompletedTrial[],
  own: readonly CompletedTrial[],
  { root, round }: CheckInput,
): { readonly estimate: PairedEstimate; readonly standing: 'proven' | 'open' | 'hopeless' } {
  const objective = objectiveOf(root.config);
  const { judge } = root.config;
  const estimate = estimatePaired(trials, own, {
    metric: objective.metric,
    noise: noiseFloor(round.history, round.baseline),
  });
  const gain = gainOf(estimate.mean, objective);
  if (gain <= judge.minimumEffect) return { estimate, standing: 'hopeless' };
  if (own.length === 1) return { estimate, standing: 'proven' };
  const standing = standingOf(openRace(judge.maxSeeds), { estimate, gain, needed: 0 });
  return {
    estimate,
    standing: standing === 'better' ? 'proven' : standing === 'open' ? 'open' : 'hopeless',
  };
}

function meansOf(
  trials: readonly CompletedTrial[],
  own: readonly CompletedTrial[],
  { root }: CheckInput,
): Pick<Proven, 'from' | 'to'> {
  const mean = (all: readonly CompletedTrial[]): number =>
    metricOf(all, objectiveOf(root.config).metric)?.mean ?? NaN;
  return { from: mean(own.slice(0, trials.length)), to: mean(trials) };
}
