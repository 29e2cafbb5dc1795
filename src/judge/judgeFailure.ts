import type { Verdict } from '../record/verdict.ts';
import type { Failure } from '../record/trial.ts';

/**
 * The verdict on a variant that could not be built or trained, or was given up while it trained.
 */
export function judgeFailure(failure: Failure): Verdict {
  const where = failure.line === null ? '' : ` (line ${failure.line})`;
  const text =
    failure.kind === 'stopped'
      ? `Worse: ${failure.message.charAt(0).toLowerCase()}${failure.message.slice(1)}`
      : `${failure.message}${where}`;
  return { kind: KIND_OF_FAILURE[failure.kind], text, comparisons: [] };
}

/** The verdict that a failure ends in. */
export const KIND_OF_FAILURE: Readonly<Record<Failure['kind'], Verdict['kind']>> = {
  syntax: 'invalid',
  builder: 'invalid',
  shape: 'invalid',
  limits: 'invalid',
  refused: 'invalid',
  data: 'invalid',
  'not-a-number': 'crashed',
  time: 'crashed',
  memory: 'crashed',
  died: 'crashed',
  cancelled: 'cancelled',
  interrupted: 'cancelled',
  stopped: 'worse',
};
