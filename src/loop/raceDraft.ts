import type { Attempt, AttemptOf } from '../record/attempt.ts';
import type { Failure, Measures, Trial } from '../record/trial.ts';
import type { AttemptDraft } from './beginAttempt.ts';
import type { AttemptEnding, Trained } from './finishAttempt.ts';
import { limitBehind } from '../util/errors.ts';
import { openRivals, type Rival, type Rivals } from './rivals.ts';
import { curveBounds } from '../judge/curveBounds.ts';
import type { CurveBound } from '../judge/fallenBehind.ts';
import { judgeTrials, type Judgement, type Terms } from '../judge/judgeTrials.ts';
import { judgeFailure } from '../judge/judgeFailure.ts';
import { completedTrials, meansOf, metricOf } from '../record/measures.ts';
import { noiseFloor, type NoiseFloor } from '../study/noiseFloor.ts';
import { openRace } from '../judge/race.ts';
import type { AttemptSummary } from '../record/attemptSummary.ts';
import type { Ports } from './ports.ts';
import { resumeDraft, runtimeOf } from './resumeDraft.ts';
import { seedsOf } from '../record/studyConfig.ts';
import { comparesPairs } from '../study/commandSeeding.ts';
import type { Study } from '../study/study.ts';
import { recordIfRefused, trainDraft, type DraftTraining } from './trainDraft.ts';
import { objectivesOf, firstObjectiveOf } from '../record/objectives.ts';

/** Whom a variant is judged against. */
export interface TrainContext {
  readonly parent: AttemptSummary;
  readonly baseline: AttemptSummary;
  readonly signal: AbortSignal;
  /**
   * `never`: every seed runs to its end, however far behind; default: a seed that falls behind its
   * parent is given up.
   */
  readonly stopping?: 'behind' | 'never';
  /**
   * Trained in any case, and judged once; absent: one after the other, as many as the verdict
   * takes.
   */
  readonly seeds?: number | undefined;
}

/** Every race starts with this many seeds: one shows no noise. */
const FIRST_SEEDS = 2;

/** What is raced: a change, and a change without one of its hunks. */
export type RacedDraft = AttemptDraft<AttemptOf<'change' | 'ablation'>>;

/** A race under way: the draft and the parent with what they were trained with so far. */
interface RaceState extends Rivals {
  readonly draft: RacedDraft;
  readonly signal: AbortSignal;
}

/** The seeds in the order they are run, and what the variant is judged by. */
interface Plan {
  readonly seeds: readonly number[];
  /** How many are trained before the first look. */
  readonly first: number;
  readonly terms: Omit<Terms, 'measures' | 'noise'>;
  readonly history: readonly AttemptSummary[];
  readonly parent: AttemptSummary;
  readonly stopping: 'behind' | 'never';
}

/**
 * Trains a draft with two seeds, then one more at a time while the verdict is open; the parent gets
 * the seeds it lacks, and keeps them for its later children. Seeds that an interrupted race of the
 * same variant had trained count again.
 */
export async function raceDraft(
  begun: RacedDraft,
  { signal, parent, baseline, stopping = 'behind', seeds }: TrainContext,
  ports: Ports,
): Promise<AttemptEnding> {
  const { study, history } = begun.session;
  const draft = await resumeDraft(begun, { from: 'all', signal }, ports);
  const runtime = await recordIfRefused(
    () => draft,
    () => runtimeOf(draft, signal, ports),
    ports,
  );
  const rivals = await openRivals({ parent, baseline, runtime }, draft.session);
  if (rivals.parent.trials.length === 0)
    ports.onEvent({
      kind: 'notice',
      text:
        `#${parent.number} was trained on another runtime: its seeds are trained again on this ` +
        'one, so that the change is all that differs.',
    });
  return runRace(
    { draft, signal, ...rivals },
    { ...planOf({ draft, rivals, study, seeds }), history, parent, stopping },
    ports,
  );
}

/** Which seeds are trained in which order, and by what terms they are judged. */
function planOf({
  draft,
  rivals,
  study,
  seeds,
}: {
  readonly draft: RacedDraft;
  readonly rivals: Rivals;
  readonly study: Study;
  readonly seeds: number | undefined;
}): Pick<Plan, 'first' | 'seeds' | 'terms'> {
  const [objective, ...further] = objectivesOf(study.config);
  const { judge } = study.config;
  const known = draft.attempt.trials.map(({ seed }) => seed);
  const parents = rivals.parent.trials.map(({ seed }) => seed);
  const race = openRace(
    seeds ?? (known.length < judge.maxSeeds ? judge.maxSeeds : known.length + judge.maxSeeds),
  );
  return {
    first: seeds ?? FIRST_SEEDS,
    seeds: seedOrder([...known, ...parents], study, race.maxSeeds),
    terms: {
      objective,
      further,
      race,
      minimumEffect: judge.minimumEffect,
      runs: comparesPairs(study.config) ? 'paired' : 'unpaired',
    },
  };
}

async function runRace(start: RaceState, plan: Plan, ports: Ports): Promise<AttemptEnding> {
  let state = start;
  for (let count = Math.max(plan.first, state.draft.attempt.trials.length); ; count++) {
    const seeds = plan.seeds.slice(0, count);
    state = await runSeeds(state, { ...plan, seeds, among: plan.seeds }, ports);
    const { verdict, decided } = judge(state, plan);
    if (decided || count >= plan.seeds.length)
      return endingOf(state, withLimit(verdict, state.signal));
  }
}

/** The draft, and then its parent, with the seeds they lack trained. */
async function runSeeds(
  state: RaceState,
  plan: Plan & Required<Pick<DraftTraining, 'among'>>,
  ports: Ports,
): Promise<RaceState> {
  const { signal, parent } = state;
  const { seeds, among } = plan;
  const own = lacking(seeds, state.draft.attempt.trials);
  const draft =
    own.length === 0
      ? state.draft
      : withTrained(
          state.draft,
          await trainDraft(
            state.draft,
            { seeds: own, among, signal, bounds: boundsOf(own, state, plan) },
            ports,
          ),
        );
  const missing = failureIn(draft.attempt.trials) ? [] : lacking(seeds, parent.trials);
  if (missing.length === 0) return { ...state, draft };
  const { trials } = await trainDraft(
    draft,
    { seeds: missing, among, signal, reference: { attempt: parent.id, text: parent.text } },
    ports,
  );
  return {
    ...state,
    draft: withReference(draft, parent, trials),
    parent: { ...parent, trials: [...parent.trials, ...completedTrials(trials)] },
  };
}

const boundsOf = (
  seeds: readonly number[],
  { draft, parent }: RaceState,
  plan: Plan,
): readonly CurveBound[] =>
  // Behind at the end says nothing where the best epoch counts.
  plan.stopping === 'never' || firstObjectiveOf(draft.attempt.config).at === 'best'
    ? []
    : curveBounds(seeds, draft.attempt.trials.length, {
        objective: plan.terms.objective,
        trials: parent.trials,
        noise: noiseOf(parent, plan),
      });

/** What ended by a limit of the run says so: "cancelled" alone is the user's doing. */
function withLimit(verdict: Attempt['verdict'], signal: AbortSignal): Attempt['verdict'] {
  const limit = verdict.kind === 'cancelled' ? limitBehind(signal) : null;
  return limit === null ? verdict : { ...verdict, text: limit };
}

const lacking = (seeds: readonly number[], trials: readonly Trial[]): readonly number[] =>
  seeds.filter((seed) => trials.every((trial) => trial.seed !== seed));

/**
 * A parent that cannot be trained with a new seed ends the race: as cancelled where it was stopped,
 * else with what there is.
 */
function judge({ draft: { attempt }, parent, baseline }: RaceState, plan: Plan): Judgement {
  const broken = failureIn((attempt.references ?? []).flatMap(({ trials }) => trials));
  if (broken?.kind === 'cancelled') return { verdict: judgeFailure(broken), decided: true };
  const terms = {
    ...plan.terms,
    noise: noiseOf(parent, plan),
    measures: {
      own: known(attempt.trials, attempt.parameters),
      parent: known(parent.trials, plan.parent.parameters),
    },
  };
  const judgement = judgeTrials(attempt.trials, baseline ? [parent, baseline] : [parent], terms);
  return broken ? { ...judgement, decided: true } : judgement;
}

/** The study's noise floor, the seeds that the parent has been given since included. */
const noiseOf = (rival: Rival, { history, parent, terms }: Plan): NoiseFloor | null =>
  noiseFloor(
    history.map((attempt) =>
      attempt.id === rival.id
        ? { ...attempt, metric: metricOf(rival.trials, terms.objective.metric) }
        : attempt,
    ),
    parent,
  );

const failureIn = (trials: readonly Trial[]): Failure | null =>
  trials.flatMap((trial) => (trial.outcome === 'failed' ? [trial.failure] : []))[0] ?? null;

const endingOf = (
  {
    draft: {
      attempt: { trials, parameters, environment, dataHash, references },
    },
  }: RaceState,
  verdict: Attempt['verdict'],
): AttemptEnding => ({
  result: { trials, parameters, environment, dataHash },
  verdict,
  ...(references && { references }),
});

/** The seeds known first, in the study's order; then new ones up to `count`. */
function seedOrder(known: readonly number[], study: Study, count: number): readonly number[] {
  const listed = [...new Set([...known, ...seedsOf(study.config)])];
  const next = Math.max(0, ...listed) + 1;
  return [...listed, ...Array.from({ length: count }, (_, index) => next + index)].slice(0, count);
}

const withTrained = (
  draft: RacedDraft,
  { trials, parameters, environment, dataHash }: Trained,
): RacedDraft => ({
  ...draft,
  attempt: {
    ...draft.attempt,
    trials: [...draft.attempt.trials, ...trials],
    parameters: parameters ?? draft.attempt.parameters,
    environment: environment ?? draft.attempt.environment,
    dataHash: dataHash ?? draft.attempt.dataHash,
  },
});

function withReference(draft: RacedDraft, { id }: Rival, trials: readonly Trial[]): RacedDraft {
  const [earlier] = draft.attempt.references ?? [];
  return {
    ...draft,
    attempt: {
      ...draft.attempt,
      references: [{ attempt: id, trials: [...(earlier?.trials ?? []), ...trials] }],
    },
  };
}

/** Means of what was measured; the size is known before a trial ends. */
const known = (trials: readonly Trial[], parameters: number | null): Measures => ({
  ...meansOf(trials),
  ...(parameters !== null && { parameters }),
});
