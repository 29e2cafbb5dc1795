import { CortexError } from '../../util/errors.ts';

/** Cortex and its worker come from different installations. */
export const protocolMismatch = (asked: number, own: number): CortexError =>
  new CortexError({
    code: 'trainer-protocol-mismatch',
    kind: 'environment',
    happened: `Cortex speaks version ${asked} of the training protocol, its worker version ${own}.`,
    expected: 'both to come from the same installation.',
    remedy: 'Reinstall Cortex (or run `npm run build` again).',
  });

/** A line that is no request of the protocol. */
export const badRequest = (problem: string): CortexError =>
  new CortexError({
    code: 'trainer-bad-request',
    kind: 'defect',
    happened: `The worker was sent something it does not understand: ${problem}`,
    expected: 'a request of src/execution/protocol.ts.',
    remedy: 'Report this with the log.',
  });

/** Anything thrown in the worker outside the user's code. */
export const workerDefect = (cause: unknown): CortexError =>
  new CortexError({
    code: 'trainer-defect',
    kind: 'defect',
    happened:
      'The worker failed: ' +
      `${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`,
    expected: 'it to answer.',
    remedy: 'Report this with the log.',
    cause,
  });
