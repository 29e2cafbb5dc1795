import { CortexError } from '../../util/errors.ts';

/** There is nothing to take apart: one hunk is the whole change. */
export const oneHunk = (number: number, hunks: number): CortexError =>
  new CortexError({
    code: 'ablate-one-hunk',
    kind: 'input',
    happened:
      `The change of #${number} has ${hunks === 0 ? 'no hunk' : 'one hunk'}, so there is ` +
      'nothing to leave out.',
    expected: 'an attempt whose change has two hunks or more.',
    remedy: 'Its own verdict says what it brought.',
  });

/** Only a gain can be shared out among hunks. */
export const notBetter = (number: number, verdict: string): CortexError =>
  new CortexError({
    code: 'ablate-not-better',
    kind: 'input',
    happened: `#${number} was judged ${verdict}: it brought no gain to share out among its hunks.`,
    expected: 'an attempt that was judged better.',
    remedy: 'Choose one from the history.',
  });
