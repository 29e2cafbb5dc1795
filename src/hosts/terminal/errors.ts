import { verdictKinds } from '../../record/verdictKinds.ts';
import { CortexError } from '../../util/errors.ts';

/** There is nothing to promote. */
export const attemptUnknown = (study: string): CortexError =>
  new CortexError({
    code: 'attempt-unknown',
    kind: 'input',
    happened: `The study ${study} has no attempt yet.`,
    expected: 'an attempt to promote.',
    remedy: 'Start with: cortex improve <model>',
  });

/** Nothing fetched from this remote is a study of the file or folder that was named. */
export const noFetchedStudyError = (remote: string, known: readonly string[]): CortexError =>
  new CortexError({
    code: 'study-not-fetched',
    kind: 'input',
    happened:
      known.length === 0
        ? `No study was fetched from "${remote}".`
        : `No study fetched from "${remote}" is of this file; there are ${known.join(', ')}.`,
    expected: 'a branch cortex/<study> of that remote.',
    remedy:
      known.length === 0
        ? `Fetch it with: git fetch ${remote}`
        : 'Name the study or its model file.',
  });

/** Several studies stand below a folder. */
export const severalFetchedStudiesError = (studies: readonly string[]): CortexError =>
  new CortexError({
    code: 'study-ambiguous',
    kind: 'input',
    happened: `Several fetched studies are meant: ${studies.join(', ')}.`,
    expected: 'one study.',
    remedy: 'Name the study or its model file.',
  });

/** A filter asks for verdicts that no attempt can have. */
export const verdictUnknownError = (names: readonly string[]): CortexError =>
  new CortexError({
    code: 'verdict-unknown',
    kind: 'input',
    happened: `--filter asks for a verdict that is none: ${names.join(', ')}.`,
    expected: `one or more of ${verdictKinds.join(', ')}.`,
    remedy: `For example: --filter "verdict:better,worse"`,
  });

/** A training with more seeds came to no number; it is kept. */
export const attemptNotTrained = (number: number, why: string): CortexError =>
  new CortexError({
    code: 'attempt-not-trained',
    kind: 'training',
    happened: `The training, kept as #${number}, came to no number: ${why}`,
    expected: 'a training that runs to its end.',
    remedy: `See it with: cortex show ${number}`,
  });
