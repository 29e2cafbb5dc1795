import type { Attempt, AttemptOf } from '../../record/attempt.ts';
import type { CheckResult, CheckRun } from '../../record/checkResult.ts';
import { beginAttempt, type OwnFields } from '../beginAttempt.ts';
import { finishAttempt } from '../finishAttempt.ts';
import { formatNumber } from '../../record/format.ts';
import { findingOnTraining, headlineOn } from './findings.ts';
import { findingsOnReferences } from './referenceFindings.ts';
import { completedTrials, valuesOf } from '../../record/measures.ts';
import { noiseFloor } from '../../study/noiseFloor.ts';
import type { AttemptSummary } from '../../record/attemptSummary.ts';
import type { Ports } from '../ports.ts';
import type { ReferenceScores } from '../../record/dataProfile.ts';
import type { Round } from '../openRound.ts';
import { CHECK_TITLE } from '../../record/kinds.ts';
import type { StudySession } from '../studySession.ts';
import { tryTraining, type Tried } from './tryTraining.ts';
import { worthOf } from '../../record/worth.ts';
import { plural } from '../../util/plural.ts';
import { firstObjectiveOf, objectiveOf } from '../../record/objectives.ts';

/** What a check came to, and the attempt that holds it. */
export interface Check {
  readonly id: string | null;
  readonly checked: CheckResult;
}

/**
 * The record of an earlier check of this baseline; `null` where there was none that came to its
 * end.
 */
export async function findCheck(
  root: AttemptSummary,
  session: StudySession,
): Promise<AttemptOf<'check'> | null> {
  const check = session.history.findLast(
    ({ kind, parents, verdict }) =>
      kind === 'check' && parents[0] === root.id && verdict !== 'cancelled',
  );
  const record = check && (await session.attempt(check.id));
  return record?.kind === 'check' ? record : null;
}

/**
 * Tries other training on a baseline and records what came of it, as one attempt with all its runs.
 * `round` starts at the baseline.
 */
export async function checkBaseline(
  round: Round,
  scores: ReferenceScores | null,
  ports: Ports,
): Promise<Check> {
  const { session, baseline, model } = round;
  const root = await session.attempt(baseline.id);
  const draft = await beginAttempt(
    session,
    { parents: [baseline.id], own: announcement(), text: model.text },
    ports,
  );
  const tried = await tryTraining({ round, draft, root, ports }).catch(async (error: unknown) => {
    const text = error instanceof Error ? error.message : String(error);
    await finishAttempt(draft, { verdict: { kind: 'cancelled', text, comparisons: [] } }, ports);
    throw error;
  });
  const checked = checkResultOf(tried, { round, scores });
  const { proven, result, runs } = tried;
  const attempt = {
    ...draft.attempt,
    title: `${CHECK_TITLE}${outcomeOf(proven, checked)}`,
    evidence: runs.map((run) => ({ text: describeRun(run, root), finding: null, lines: [] })),
    checked,
  };
  const text = checked.findings.length > 0 ? checked.findings.join(' ') : adequate(runs, checked);
  await finishAttempt(
    { ...draft, attempt },
    {
      verdict: { kind: 'inconclusive', text, comparisons: [] },
      ...(result && { result: { ...result, trials: [] } }),
    },
    ports,
  );
  return { id: draft.attempt.id, checked };
}

function checkResultOf(
  { runs, proven }: Tried,
  {
    round: { baseline, history, study },
    scores,
  }: { readonly round: Round; readonly scores: ReferenceScores | null },
): CheckResult {
  const objective = objectiveOf(study.config);
  const simple = baseline.metric
    ? findingsOnReferences(
        { metric: baseline.metric, noise: noiseFloor(history, baseline) },
        scores,
        objective,
      )
    : [];
  return {
    scores,
    runs,
    winner: proven?.candidate.title ?? null,
    headline: proven && headlineOn(proven, objective),
    findings: [...(proven ? [findingOnTraining(proven, study.config)] : []), ...simple],
  };
}

const announcement = (): OwnFields<AttemptOf<'check'>> => ({
  kind: 'check',
  title: CHECK_TITLE,
  reasoning:
    'Before any layer is changed: is the baseline trained as well as it could be, and does ' +
    'it beat simple models?',
  evidence: [],
  checked: { scores: null, runs: [], winner: null, headline: null, findings: [] },
});

function outcomeOf(proven: Tried['proven'], { findings }: CheckResult): string {
  if (proven) return `: found ${proven.candidate.change}`;
  return findings.length > 0 ? ': no other training is proven better' : ': trained well enough';
}

const adequate = (runs: readonly CheckRun[], { scores }: CheckResult): string => {
  const simple = scores
    ? `; it beats ${scores.linear ? 'a trivial and a linear model' : 'a trivial model'}`
    : '';
  const changes = new Set(runs.map(({ change }) => change)).size;
  return (
    `The baseline is trained well enough: none of ${plural(changes, 'other way')} to train it ` +
    `was proven better${simple}.`
  );
};

/**
 * `learning rate 0.01 instead of 0.001: val_loss 0.12 after 5 of 20 epochs, 1 seed (as it is:
 * 0.5)`.
 */
function describeRun({ change, epochs, trials }: CheckRun, root: Attempt): string {
  const { metric } = objectiveOf(root.config);
  const values = valuesOf(trials, metric);
  const failed = trials.find((trial) => trial.outcome === 'failed');
  const length =
    epochs === root.config.epochs
      ? `all ${epochs} epochs`
      : epochs < root.config.epochs
        ? `${epochs} of ${root.config.epochs} epochs`
        : `${epochs} epochs`;
  const came =
    failed?.outcome === 'failed'
      ? failed.failure.message
      : `${metric} ${formatNumber(meanOf(values))} after ${length}, ` +
        `${plural(values.length, 'seed')}`;
  const own = completedTrials(root.trials)
    .slice(0, trials.length)
    .flatMap(({ curves }) => {
      const curve = curves[metric]?.slice(0, epochs) ?? [];
      return worthOf(curve, firstObjectiveOf(root.config)) ?? [];
    });
  return `${change}: ${came}${own.length > 0 ? ` (as it is: ${formatNumber(meanOf(own))})` : ''}`;
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
