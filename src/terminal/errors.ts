import { CortexError } from '../core/errors.ts';

/** There is nothing to promote. */
export const attemptUnknown = (study: string): CortexError =>
  new CortexError({
    code: 'attempt-unknown',
    kind: 'input',
    happened: `The study ${study} has no attempt yet.`,
    expected: 'an attempt to promote.',
    remedy: 'Start with: cortex improve <model>',
  });
