import { judgeFailure } from '../judge/judgeFailure.ts';
import type { SearchResult } from '../ports/searcher.ts';
import { formatNumber } from '../record/format.ts';
import { objectiveOf } from '../record/objectives.ts';
import type { Failure, Trial } from '../record/trial.ts';
import type { Verdict } from '../record/verdict.ts';
import type { Rung } from '../search/rungs.ts';
import type { Proposal } from '../study/proposal.ts';
import type { CortexError } from '../util/errors.ts';
import { finishAttempt } from './finishAttempt.ts';
import type { Trained } from './finishAttempt.ts';
import type { Round } from './openRound.ts';
import type { Ports } from './ports.ts';
import { beginProposal } from './proposalAttempt.ts';

/**
 * A proposal after its latest short run; `value` is the objective there, `null` before one and
 * where it failed.
 */
export interface Contestant {
  readonly proposal: Proposal;
  readonly value: number | null;
  readonly failure: Failure | null;
  readonly trained: Trained | null;
}

/** Why a proposal is not taken further. */
export function verdictOn(
  rung: Rung,
  {
    candidate: { proposal, value, failure },
    best,
  }: { readonly candidate: Contestant; readonly best: Contestant | undefined },
  { study }: Round,
): Verdict {
  if (failure || value === null)
    return judgeFailure(
      failure ?? {
        kind: 'died',
        message: 'Its short run came to no number.',
        line: null,
        stderr: [],
      },
    );
  const { epochs } = study.config;
  const { metric } = objectiveOf(study.config);
  const text =
    `"${proposal.title}" is not taken further: after ${rung.epochs} of ${epochs} epochs with ` +
    `one seed its ${metric} was ${formatNumber(value)}, that of ` +
    `"${best?.proposal.title ?? ''}" ${formatNumber(best?.value ?? NaN)}.`;
  return { kind: 'inconclusive', text, comparisons: [] };
}

/** Records a proposal that is not taken further. */
export async function leaveBehind(
  { proposal, trained }: Contestant,
  verdict: Verdict,
  round: Round,
  ports: Ports,
): Promise<SearchResult> {
  const draft = await beginProposal(
    { proposal, repairs: [] },
    { text: proposal.text, review: null },
    round,
    ports,
  );
  const ending = { verdict, ...(trained && { result: trained }) };
  return { proposal, attempt: await finishAttempt(draft, ending, ports) };
}

/** A short run is no measure of an attempt: it stands in the record as a seed that was stopped. */
export function stoppedAt(rung: Rung, candidate: Contestant, round: Round): Contestant {
  const { trained } = candidate;
  return {
    ...candidate,
    trained: trained && {
      ...trained,
      trials: trained.trials.map((trial) => asStopped(trial, rung, round)),
    },
  };
}

function asStopped(trial: Trial, rung: Rung, { study }: Round): Trial {
  if (trial.outcome === 'failed') return trial;
  const { seed, curves, epochs, seconds } = trial;
  const message =
    `Stopped at epoch ${rung.epochs} of ${study.config.epochs}: another proposal of the round ` +
    'did better.';
  return {
    outcome: 'failed',
    seed,
    failure: { kind: 'stopped', message, line: null, stderr: [] },
    curves,
    epochs,
    seconds,
  };
}

/** Records all that were still in it when the round was cancelled. */
export async function recordCancelled(
  left: readonly Contestant[],
  error: CortexError,
  round: Round,
  ports: Ports,
): Promise<void> {
  for (const candidate of left)
    await leaveBehind(
      { ...candidate, trained: null },
      { kind: 'cancelled', text: error.happened, comparisons: [] },
      round,
      ports,
    );
}
