import { createTwoFilesPatch } from 'diff';
import { fileName } from '../../util/fileName.ts';
import type { Attempt, AttemptOf } from '../../record/attempt.ts';
import type { Verdict } from '../../record/verdict.ts';
import type { Trial } from '../../record/trial.ts';
import { beginAttempt, type AttemptDraft, type OwnFields } from '../beginAttempt.ts';
import { finishAttempt } from '../finishAttempt.ts';
import { cancelledError, CortexError } from '../../util/errors.ts';
import { describeOutcome } from '../../judge/describeOutcome.ts';
import { judgeFailure } from '../../judge/judgeFailure.ts';
import { completedTrials } from '../../record/measures.ts';
import { noiseFloor, type NoiseFloor } from '../../study/noiseFloor.ts';
import { comparisonAt, estimatePaired } from '../../judge/pairedComparison.ts';
import type { AttemptSummary } from '../../record/attemptSummary.ts';
import type { Ports } from '../ports.ts';
import { resumeDraft } from '../resumeDraft.ts';
import { leaveOneOut, type LeftOut } from '../../review/leaveOneOut.ts';
import type { Study } from '../../study/study.ts';
import { openTraining, type StudySession } from '../studySession.ts';
import { recordIfRefused, trainDraft } from '../trainDraft.ts';
import { readHunkEffects, type HunkEffect } from './hunkEffects.ts';
import { objectiveOf } from '../../record/objectives.ts';
import { gainOf } from '../../study/objective.ts';

/** All seeds are known beforehand and looked at once, so this one confidence holds. */
const CONFIDENCE = 0.95;

/** The attempt that is taken apart, and what its parts are compared with. */
interface AblatedAttempt {
  readonly session: StudySession;
  readonly summary: AttemptSummary;
  readonly trials: Attempt['trials'];
  readonly noise: NoiseFloor | null;
  readonly signal: AbortSignal;
}

/**
 * Which line paid? Trains a better attempt without each of its hunks in turn, on its own seeds;
 * every such variant is an attempt of its own, committed, which can neither become the best nor a
 * parent nor count as a proposal. What was ablated before is not trained again. Rejects where the
 * attempt was not judged better or has a single hunk.
 */
export async function ablateHunks(
  study: Study,
  id: string,
  signal: AbortSignal,
  ports: Ports,
): Promise<readonly HunkEffect[]> {
  const session = await openTraining(study, ports);
  const { history } = session;
  const attempt = await session.attempt(id);
  const summary = history.find((other) => other.id === id);
  const [parent] = attempt.parents;
  if (!summary || parent === undefined || attempt.verdict.kind !== 'better')
    throw notBetter(attempt.number, attempt.verdict.kind);
  const parts = leaveOneOut(await session.variant(parent), await session.variant(id));
  if (parts.length < 2) throw oneHunk(attempt.number, parts.length);
  const ablated: AblatedAttempt = {
    session,
    summary,
    trials: attempt.trials,
    noise: noiseFloor(history, summary),
    signal,
  };
  for (const [index, part] of parts.entries()) {
    if (!isDone(part, ablated, ports))
      await ablate({ part, hunk: index + 1, hunks: parts.length }, ablated, ports);
  }
  return readHunkEffects(id, session);
}

const isDone = (
  { text }: LeftOut,
  { session, summary }: AblatedAttempt,
  { hash }: Ports,
): boolean =>
  session.history.some(
    (other) =>
      other.kind === 'ablation' &&
      other.parents[0] === summary.id &&
      other.sourceHash === hash(text) &&
      other.verdict !== 'cancelled',
  );

interface Part {
  readonly part: LeftOut;
  readonly hunk: number;
  readonly hunks: number;
}

async function ablate(
  { part, hunk, hunks }: Part,
  ablated: AblatedAttempt,
  ports: Ports,
): Promise<void> {
  const { session, summary, signal } = ablated;
  const { study } = session;
  const own = await announcement({ part, hunk, hunks }, ablated);
  const begun = await beginAttempt(session, { parents: [summary.id], own, text: part.text }, ports);
  const built = await recordIfRefused(
    () => begun,
    () => ports.trainer.build(study, { path: study.modelPath, text: part.text }, signal),
    ports,
  );
  const { verdict } = built.ok
    ? await train(begun, ablated, ports)
    : await finishAs(judgeFailure(built.error), begun, ports);
  if (verdict === 'cancelled') throw cancelledError('The ablation');
}

const finishAs = (verdict: Verdict, draft: AttemptDraft, ports: Ports): Promise<AttemptSummary> =>
  finishAttempt(draft, { verdict }, ports);

async function train(
  begun: AttemptDraft,
  ablated: AblatedAttempt,
  ports: Ports,
): Promise<AttemptSummary> {
  const { signal, trials } = ablated;
  const draft = await resumeDraft(begun, { from: 'all', signal }, ports);
  const wanted = completedTrials(trials).map(({ seed }) => seed);
  const known = draft.attempt.trials.filter(({ seed }) => wanted.includes(seed));
  const seeds = wanted.filter((seed) => known.every((trial) => trial.seed !== seed));
  const trained =
    seeds.length === 0 ? draft.attempt : await trainDraft(draft, { seeds, signal }, ports);
  const own = seeds.length === 0 ? known : [...known, ...trained.trials];
  return finishAttempt(
    draft,
    { verdict: judge(own, ablated), result: { ...trained, trials: own } },
    ports,
  );
}

/** The variant against the whole attempt: worse without the hunk means that the hunk pays. */
function judge(
  own: readonly Trial[],
  { session, summary, trials, noise }: AblatedAttempt,
): Verdict {
  const failed = own.find((trial) => trial.outcome === 'failed');
  if (failed) return judgeFailure(failed.failure);
  const objective = objectiveOf(session.study.config);
  const comparison = comparisonAt(
    estimatePaired(own, trials, { metric: objective.metric, noise }),
    summary.id,
    CONFIDENCE,
  );
  const [low, high] = comparison.interval ?? [-Infinity, Infinity];
  const isClear = high < 0 || low > 0;
  const side = gainOf(comparison.meanDifference, objective) > 0 ? 'better' : 'worse';
  const kind = isClear ? side : 'inconclusive';
  const standing = kind === 'inconclusive' ? 'spent' : kind;
  return {
    kind,
    text: describeOutcome({ standing, kind }, comparison, {
      objective,
      minimumEffect: 0,
    }),
    comparisons: [comparison],
  };
}

async function announcement(
  { part, hunk, hunks }: Part,
  { session, summary }: AblatedAttempt,
): Promise<OwnFields<AttemptOf<'ablation'>>> {
  const file = fileName(session.study.modelPath);
  return {
    kind: 'ablation',
    hunk,
    hunks,
    header: part.header,
    title: `#${summary.number} without hunk ${hunk} of ${hunks}`,
    reasoning:
      `Hunk ${hunk} (${part.header}) of #${summary.number} is left out, all else stays: what ` +
      'is lost is what it brought.',
    diff: createTwoFilesPatch(
      `a/${file}`,
      `b/${file}`,
      await session.variant(summary.id),
      part.text,
      undefined,
      undefined,
      { context: 3 },
    ),
  };
}

/** There is nothing to take apart: one hunk is the ablated change. */
const oneHunk = (number: number, hunks: number): CortexError =>
  new CortexError({
    code: 'ablate-one-hunk',
    kind: 'input',
    happened:
      `The change of #${number} has ${hunks === 0 ? 'no hunk' : 'one hunk'}, so there is ` +
      'nothing to leave out.',
    expected: 'an attempt whose change has two hunks or more.',
    remedy: 'Its own verdict says what it brought.',
  });

/** Only a gain can be shared out among hunks. */
const notBetter = (number: number, verdict: string): CortexError =>
  new CortexError({
    code: 'ablate-not-better',
    kind: 'input',
    happened: `#${number} was judged ${verdict}: it brought no gain to share out among its hunks.`,
    expected: 'an attempt that was judged better.',
    remedy: 'Choose one from the history.',
  });
