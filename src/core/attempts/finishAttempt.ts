import type { AttemptSummary, Ports, TrainResult } from '../ports.ts';
import type { Attempt, Verdict } from './attempt.ts';
import type { AttemptDraft } from './beginAttempt.ts';

/** How an attempt ended; `result` is absent when it was never trained. */
export interface AttemptEnding {
  readonly verdict: Verdict;
  readonly result?: TrainResult;
  readonly references?: Attempt['references'];
}

/** Commits the attempt and tells whoever listens. */
export async function finishAttempt(draft: AttemptDraft, { verdict, result, references }: AttemptEnding, ports: Ports): Promise<AttemptSummary> {
  const trained: Partial<Attempt> = result
    ? { trials: [...result.trials], parameters: result.parameters, environment: result.environment, dataHash: result.dataHash }
    : {};
  const attempt: Attempt = { ...draft.attempt, ...trained, ...(references && { references }), verdict, finishedAt: new Date(ports.clock.now()).toISOString() };
  const summary = await ports.store.record(draft.study, attempt, draft.text);
  ports.onEvent({ kind: 'recorded', attempt: summary, text: verdict.text });
  return summary;
}
