import type { Attempt, GateRun } from '../../record/attempt.ts';
import type { CompletedTrial, Trial } from '../../record/trial.ts';
import type { AttemptDraft } from '../beginAttempt.ts';
import { throwIfAborted } from '../../util/errors.ts';
import { completedTrials, metricOf, valuesOf } from '../../record/measures.ts';
import { noiseFloor } from '../../study/noiseFloor.ts';
import { estimatePaired, type PairedEstimate } from '../../judge/pairedComparison.ts';
import { openRace, standingOf } from '../../judge/race.ts';
import type { Ports } from '../ports.ts';
import type { TrainResult } from '../../ports/trainer.ts';
import type { Round } from '../openRound.ts';
import { gainOf, isBetterValue } from '../../study/objective.ts';
import { trainingCandidates, type TrainingCandidate } from './trainingCandidates.ts';
import { sideBySide } from '../../util/sideBySide.ts';
import { objectiveOf } from '../../record/objectives.ts';

/**
 * Operator name of the one change of the training that no proposal can make: the number of epochs
 * stands in `cortex.json`.
 */
export const MORE_EPOCHS = 'more-epochs';

/** A change of the training that beat the baseline, and by what. */
export interface Proven {
  readonly candidate: Omit<TrainingCandidate, 'text'>;
  /** Means over the shared seeds, in units of the metric. */
  readonly from: number;
  readonly to: number;
  readonly estimate: PairedEstimate;
}

/** All that was trained, the first change that was proven, and what the trainer told of itself. */
export interface Tried {
  readonly runs: readonly GateRun[];
  readonly proven: Proven | null;
  readonly result: TrainResult | null;
}

/** What a trial of the check takes. */
interface CheckInput {
  readonly round: Round;
  readonly draft: AttemptDraft;
  /** The baseline's record. */
  readonly root: Attempt;
  readonly ports: Ports;
}

/** Share of the epochs of the first, short run. */
const RUNG = 0.25;
/** Seeds that a change of the training is proven with, at most. */
const MOST_SEEDS = 3;
/** How many of the short runs' winners may be trained in full. */
const MOST_CONTENDERS = 2;
/** A curve whose best epoch comes before this share of them would gain nothing from more. */
const STILL_IMPROVING = 0.75;

/**
 * Tries other training on a baseline: every candidate on a short run with one seed, the best of
 * them in full on the baseline's own seeds until the interval excludes zero; where none is proven
 * and the curve still improves, twice the epochs.
 */
export async function tryTraining(input: CheckInput): Promise<Tried> {
  const runs: GateRun[] = [];
  const results: TrainResult[] = [];
  let begun = 0;
  const train = async (plan: Plan): Promise<readonly Trial[]> => {
    const place = begun;
    begun += 1;
    const result = await trainPlan(plan, input);
    results.push(result);
    // Short runs may end in any order; they are recorded in that of their beginning.
    runs[place] = {
      change: plan.change,
      operator: plan.operator,
      epochs: plan.epochs,
      source: input.ports.hash(plan.text),
      parameters: result.parameters,
      trials: [...result.trials],
    };
    return result.trials;
  };
  const proven = (await proveContender(input, train)) ?? (await proveEpochs(input, train));
  return { runs: merged(runs), proven, result: results.at(-1) ?? null };
}

interface Plan {
  readonly change: string;
  readonly operator: string;
  readonly text: string;
  readonly epochs: number;
  readonly seeds: readonly number[];
}

type Train = (plan: Plan) => Promise<readonly Trial[]>;

async function trainPlan(
  { change, text, epochs, seeds }: Plan,
  { round, draft, ports }: CheckInput,
): Promise<TrainResult> {
  throwIfAborted(round.signal, 'Checking the baseline');
  const { study, signal } = round;
  ports.onEvent({ kind: 'probing', text: `${change}, ${epochs} epochs` });
  const result = await ports.trainer.train({
    study: { ...study, config: { ...study.config, epochs } },
    variant: { path: study.modelPath, text },
    seeds,
    evaluateOn: 'validation',
    signal,
    onProgress: (progress) => {
      ports.onEvent({ kind: 'progress', attemptId: draft.attempt.id, progress });
    },
  });
  throwIfAborted(signal, 'Checking the baseline');
  return result;
}

async function proveContender(input: CheckInput, train: Train): Promise<Proven | null> {
  for (const candidate of await contenders(input, train)) {
    const proven = await prove({ ...candidate, epochs: input.root.config.epochs }, input, train);
    if (proven) return proven;
  }
  return null;
}

/**
 * The candidates that beat the baseline's own curve by more than its noise, as far as a short run
 * shows; best first.
 */
async function contenders(input: CheckInput, train: Train): Promise<readonly TrainingCandidate[]> {
  const { root, round, ports } = input;
  const objective = objectiveOf(root.config);
  const epochs = Math.max(2, Math.ceil(root.config.epochs * RUNG));
  const [first] = completedTrials(root.trials);
  const own = first?.curves[objective.metric]?.[epochs - 1];
  if (!first || typeof own !== 'number') return [];
  const candidates = [...trainingCandidates(round, ports)];
  const seen = await sideBySide(candidates, ports.trainer.workers, async (candidate) => {
    const trials = await train({ ...candidate, epochs, seeds: [first.seed] });
    return valuesOf(trials, objective.metric).map((value) => ({ candidate, value }));
  });
  const margin = round.baseline.metric?.sd ?? 0;
  return seen
    .flat()
    .filter(({ value }) => isBetterValue(objective, value, own) && Math.abs(value - own) > margin)
    .sort((a, b) => gainOf(b.value - a.value, objective))
    .slice(0, MOST_CONTENDERS)
    .map(({ candidate }) => candidate);
}

/**
 * Where the validation curve is at its best near the end, the same builder for twice the epochs.
 */
async function proveEpochs(input: CheckInput, train: Train): Promise<Proven | null> {
  const { root, round } = input;
  if (!stillImproves(root)) return null;
  const epochs = 2 * root.config.epochs;
  const change = `${epochs} epochs instead of ${root.config.epochs}`;
  const words = {
    operator: MORE_EPOCHS,
    family: 'epochs',
    title: `Train for ${epochs} epochs`,
    change,
    fault: 'stops too early',
    instead:
      `Write "epochs": ${epochs} in cortex.json; that is a study of its own, with a new ` +
      'baseline.',
  };
  return prove({ ...words, text: round.model.text, epochs }, input, train);
}

const stillImproves = ({ trials, config }: Attempt): boolean =>
  completedTrials(trials).some(({ curves }) => {
    const objective = objectiveOf(config);
    const values = (curves[objective.metric] ?? []).flatMap((value, index) =>
      value === null ? [] : [{ value, epoch: index + 1 }],
    );
    const best = values.reduce<(typeof values)[number] | null>(
      (winner, each) =>
        winner === null || isBetterValue(objective, each.value, winner.value) ? each : winner,
      null,
    );
    return best !== null && best.epoch >= STILL_IMPROVING * config.epochs;
  });

/**
 * Trains a change in full on the baseline's seeds, one after the other, until it is proven, or can
 * hardly be.
 */
async function prove(
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

/** Runs of one change and length in one entry. */
const merged = (runs: readonly GateRun[]): readonly GateRun[] =>
  [...Map.groupBy(runs, ({ source, epochs }) => `${source} ${epochs}`).values()].flatMap(
    (group) => {
      const [first] = group;
      return first ? [{ ...first, trials: group.flatMap(({ trials }) => trials) }] : [];
    },
  );
