import { CortexError } from '../../util/errors.ts';

/** The thread that makes the map has ended without one. */
export const mapFailedError = (cause: unknown): CortexError =>
  new CortexError({
    code: 'map-failed',
    kind: 'defect',
    happened: 'The map of the architectures could not be made.',
    expected: 'a place for each architecture.',
    remedy:
      'The table and the other figures do not need it; ' +
      'the log has the details, please report them.',
    cause,
  });
