import { CortexError } from '../../util/errors.ts';

/** A tool that trains and commits was called without anyone's word for it. */
export const notConfirmedError = (what: string): CortexError =>
  new CortexError({
    code: 'mcp-not-confirmed',
    kind: 'input',
    happened:
      `${what} was not confirmed: ` + "it runs the model's code for minutes and records a commit.",
    expected: '"confirm": true, given after the user agreed.',
    remedy: 'Ask the user, then call the tool again with it; nothing was run.',
  });
