import type { Attempt, AttemptOf } from '../record/attempt.ts';
import type { AttemptSummary } from '../record/attemptSummary.ts';
import { comparableConfig } from '../record/comparableConfig.ts';
import { completedTrials } from '../record/measures.ts';
import { seedsOf } from '../record/studyConfig.ts';
import { baselineOf } from '../study/lineage.ts';
import type { Study } from '../study/study.ts';
import { judgeBaseline } from '../judge/judgeTrials.ts';
import { noMoreSeedsError } from '../util/errors.ts';
import { beginAttempt, type OwnFields } from './beginAttempt.ts';
import { finishAttempt, type Trained } from './finishAttempt.ts';
import type { Ports } from './ports.ts';
import { raceDraft, type RacedDraft } from './raceDraft.ts';
import { runtimeOf } from './resumeDraft.ts';
import { openRivals, type Rival } from './rivals.ts';
import { openTraining, type StudySession } from './studySession.ts';
import { findTrained, readTrainable, trainNow } from './trainBaseline.ts';
import { trainDraft } from './trainDraft.ts';
import { objectiveOf } from '../record/objectives.ts';

/** An earlier attempt that is to be trained again. */
export interface Retrain {
  readonly id: string;
  /**
   * How many it is to have in all, those it was trained with included; absent: as many as its
   * verdict takes.
   */
  readonly seeds?: number | undefined;
  readonly signal: AbortSignal;
}

/** What is trained: the file as it is, or an earlier attempt with more seeds. */
export interface TrainRequest extends Omit<Retrain, 'id'> {
  /** Id of the attempt; `null`: the file. */
  readonly retrain: string | null;
}

/**
 * Trains the model file as it is: as a baseline, or with further seeds where this code was trained
 * on this data and configuration before.
 */
export async function trainFile(
  study: Study,
  signal: AbortSignal,
  ports: Ports,
): Promise<AttemptSummary> {
  const { text } = await readTrainable(study, ports);
  const session = await openTraining(study, ports);
  const known = await findTrained(session, text, signal, ports);
  return known
    ? retrainWithin(session, { id: known.id, signal }, ports)
    : trainNow(session, text, signal, ports);
}

/**
 * Trains an earlier attempt with more seeds, as a new attempt beside it; a baseline's stand under
 * it, and what never trained is trained as a baseline.
 */
export const retrainAttempt = async (
  study: Study,
  retrain: Retrain,
  ports: Ports,
): Promise<AttemptSummary> => retrainWithin(await openTraining(study, ports), retrain, ports);

async function retrainWithin(
  session: StudySession,
  { id, seeds, signal }: Retrain,
  ports: Ports,
): Promise<AttemptSummary> {
  const earlier = await session.attempt(id);
  const trained = completedTrials(earlier.trials).length;
  if (seeds !== undefined && seeds <= trained) throw noMoreSeedsError(earlier.number, trained);
  const parent = session.history.find((attempt) => attempt.id === earlier.parents[0]);
  if (!parent || !isRaced(earlier)) return retrainBaseline(session, { id, seeds, signal }, ports);
  const { parents } = earlier;
  const text = await session.variant(id);
  const draft = await beginAttempt(session, { parents, own: again(earlier), text }, ports);
  const baseline = baselineOf(parent, session.history);
  const ending = await raceDraft(
    draft,
    { parent, baseline, signal, stopping: 'never', seeds },
    ports,
  );
  return finishAttempt(draft, ending, ports);
}

type Raced = RacedDraft['attempt'];

const isRaced = (attempt: Attempt): attempt is Raced =>
  (attempt.kind === 'change' || attempt.kind === 'ablation') && attempt.verdict.kind !== 'baseline';

/** What it was, without what was spent on it. */
function again(earlier: Raced): OwnFields<Raced> {
  if (earlier.kind === 'change') {
    const { kind, proposal, review } = earlier;
    return { kind, proposal, review, repairs: [], cost: null };
  }
  const { kind, title, reasoning, hunk, hunks, header, diff } = earlier;
  return { kind, title, reasoning, hunk, hunks, header, diff };
}

/**
 * Trains a baseline with the seeds it lacks, those that its children lent it counted. What comes of
 * it stands under the baseline and takes nobody's place; its trials are the baseline's from then
 * on. On other data or with another configuration than the baseline was trained with there is
 * nothing to add to: it is trained anew, as a baseline of its own.
 */
async function retrainBaseline(
  session: StudySession,
  { id, seeds, signal }: Retrain,
  ports: Ports,
): Promise<AttemptSummary> {
  const asked = session.history.find((attempt) => attempt.id === id);
  const baseline = asked && baselineOf(asked, session.history);
  if (baseline?.verdict !== 'baseline' || !(await isComparable(session, baseline, signal, ports)))
    return trainNow(session.withSeeds(seeds), await session.variant(id), signal, ports);
  const text = await session.variant(baseline.id);
  const { parent: known } = await openRivals(
    { parent: baseline, baseline, runtime: await runtimeOf({ session, text }, signal, ports) },
    session,
  );
  const count = seeds ?? known.trials.length + seedsOf(session.study.config).length;
  if (count <= known.trials.length) throw noMoreSeedsError(baseline.number, known.trials.length);
  return addSeeds(session, { baseline, known, count, signal }, ports);
}

interface MoreSeeds {
  readonly baseline: AttemptSummary;
  /** The baseline with all the seeds it is known with. */
  readonly known: Rival;
  /** How many it is to have in all. */
  readonly count: number;
  readonly signal: AbortSignal;
}

async function addSeeds(
  session: StudySession,
  { baseline, known, count, signal }: MoreSeeds,
  ports: Ports,
): Promise<AttemptSummary> {
  const { config } = session.study;
  const missing = lacking(
    known.trials.map(({ seed }) => seed),
    seedsOf(config),
    count,
  );
  const draft = await beginAttempt(
    session,
    {
      parents: [baseline.id],
      own: announcement(baseline, missing),
      text: known.text,
    },
    ports,
  );
  const trained: Trained = await trainDraft(
    { ...draft, attempt: { ...draft.attempt, trials: [...known.trials] } },
    { seeds: missing, signal },
    ports,
  );
  const result = { ...trained, trials: [...known.trials, ...trained.trials] };
  return finishAttempt(
    draft,
    { result, verdict: judgeBaseline(result.trials, objectiveOf(config)) },
    ports,
  );
}

async function isComparable(
  session: StudySession,
  { dataHash, configHash }: AttemptSummary,
  signal: AbortSignal,
  { hash }: Pick<Ports, 'hash'>,
): Promise<boolean> {
  const data = await session.profile(signal);
  return (
    dataHash === (data?.hash ?? null) && configHash === hash(comparableConfig(session.study.config))
  );
}

/** The study's own seeds first, then new ones, until there are `count` in all. */
function lacking(
  known: readonly number[],
  own: readonly number[],
  count: number,
): readonly number[] {
  const next = Math.max(0, ...known, ...own) + 1;
  const further = Array.from({ length: count }, (_, index) => next + index);
  return [...own, ...further]
    .filter((seed) => !known.includes(seed))
    .slice(0, count - known.length);
}

const announcement = (
  { number }: AttemptSummary,
  seeds: readonly number[],
): OwnFields<AttemptOf<'more-seeds'>> => ({
  kind: 'more-seeds',
  title: `More seeds for #${number}`,
  reasoning:
    `Baseline #${number} was trained with seed${seeds.length === 1 ? '' : 's'} ` +
    `${seeds.join(', ')} too: its noise is known better, and what is proposed from it is ` +
    'compared on them without training it again.',
});
