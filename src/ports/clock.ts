import type { CortexError } from '../util/errors.ts';

/** Time. Milliseconds since the epoch. */
export interface Clock {
  now(): number;
  /** Aborted with `reason` after so many milliseconds; does not keep the process alive. */
  deadline(milliseconds: number, reason: CortexError): AbortSignal;
}
