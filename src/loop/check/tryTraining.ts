import type { CheckRun } from '../../record/checkResult.ts';
import type { Trial } from '../../record/trial.ts';
import { throwIfAborted } from '../../util/errors.ts';
import { completedTrials, valuesOf } from '../../record/measures.ts';
import type { TrainResult } from '../../ports/trainer.ts';
import { gainOf, isBetterValue } from '../../study/objective.ts';
import { trainingCandidates } from './trainingCandidates.ts';
import { type TrainingCandidate } from './scaleCandidates.ts';
import { sideBySide } from '../../util/sideBySide.ts';
import { firstObjectiveOf, objectiveOf } from '../../record/objectives.ts';
import { worthOf } from '../../record/worth.ts';
import { prove } from './proveChange.ts';
import type { Proven, CheckInput, Plan, Train } from './proveChange.ts';
import { proveEpochs } from './proveEpochs.ts';

/** All that was trained, the first change that was proven, and what the trainer told of itself. */
export interface Tried {
  readonly runs: readonly CheckRun[];
  readonly proven: Proven | null;
  readonly result: TrainResult | null;
}

/** Share of the epochs of the first, short run. */
const RUNG = 0.25;
/** How many of the short runs' winners may be trained in full. */
const MOST_CONTENDERS = 2;

/**
 * Tries other training on a baseline: every candidate on a short run with one seed, the best of
 * them in full on the baseline's own seeds until the interval excludes zero; where none is proven
 * and the curve still improves, twice the epochs.
 */
export async function tryTraining(input: CheckInput): Promise<Tried> {
  const runs: CheckRun[] = [];
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

async function trainPlan(
  { change, text, epochs, seeds }: Plan,
  { round, draft, ports }: CheckInput,
): Promise<TrainResult> {
  throwIfAborted(round.signal, 'Checking the baseline');
  const { study, signal } = round;
  ports.onEvent({ kind: 'trying', text: `${change}, ${epochs} epochs` });
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
  const curve = first?.curves[objective.metric]?.slice(0, epochs) ?? [];
  const own = worthOf(curve, firstObjectiveOf(root.config));
  if (!first || own === null) return [];
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

/** Runs of one change and length in one entry. */
const merged = (runs: readonly CheckRun[]): readonly CheckRun[] =>
  [...Map.groupBy(runs, ({ source, epochs }) => `${source} ${epochs}`).values()].flatMap(
    (group) => {
      const [first] = group;
      return first ? [{ ...first, trials: group.flatMap(({ trials }) => trials) }] : [];
    },
  );
