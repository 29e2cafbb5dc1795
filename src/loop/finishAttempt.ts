import type { AttemptSummary } from '../record/attemptSummary.ts';
import type { Ports } from './ports.ts';
import type { Attempt, AttemptOf } from '../record/attempt.ts';
import type { Environment } from '../record/environment.ts';
import type { Verdict } from '../record/verdict.ts';
import { dropWeights } from './weights/dropWeights.ts';
import { completedTrials } from '../record/measures.ts';
import type { Trial } from '../record/trial.ts';
import type { AttemptDraft } from './beginAttempt.ts';

/** What training came to; earlier trials that count again are among its trials. */
export interface Trained {
  readonly trials: readonly Trial[];
  readonly parameters: number | null;
  readonly environment: Environment | null;
  readonly dataHash: string | null;
}

/** How an attempt ended; `result` is absent when it was never trained. */
export interface AttemptEnding {
  readonly verdict: Verdict;
  readonly result?: Trained;
  /** What a race trained others with for this verdict. */
  readonly references?: AttemptOf<'change'>['references'];
}

/** The verdict on what its reviewer turned down. */
export const REJECTED: Verdict = {
  kind: 'rejected',
  text: 'Rejected in review.',
  comparisons: [],
};

/** Commits the attempt and tells whoever listens. */
export async function finishAttempt(
  draft: AttemptDraft,
  { verdict, result, references }: AttemptEnding,
  ports: Ports,
): Promise<AttemptSummary> {
  const trained = result
    ? {
        trials: [...result.trials],
        parameters: result.parameters,
        environment: result.environment,
        dataHash: result.dataHash,
      }
    : {};
  const attempt: Attempt = {
    ...draft.attempt,
    ...trained,
    ...(references && { references }),
    verdict,
    finishedAt: new Date(ports.clock.now()).toISOString(),
  };
  const summary = await draft.session.record(attempt, draft.text);
  ports.onEvent({ kind: 'recorded', attempt: summary, text: verdict.text });
  if (completedTrials(attempt.trials).some(({ weights }) => weights !== undefined))
    await dropWeights(draft.session, ports);
  return summary;
}
