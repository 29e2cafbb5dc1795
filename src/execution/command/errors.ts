import { CortexError } from '../../util/errors.ts';

export const unknownPlaceholder = (found: string, known: readonly string[]): CortexError =>
  new CortexError({
    code: 'command-placeholder',
    kind: 'input',
    happened: `The training command asks for ${found}.`,
    expected: `only ${known.map((name) => `{${name}}`).join(', ')} in braces.`,
    remedy: 'Change "train" in cortex.json.',
  });

export const metricNotLogged = (metric: string, found: readonly string[]): CortexError =>
  new CortexError({
    code: 'objective-unknown-metric',
    kind: 'input',
    happened: `The objective's metric "${metric}" is not in the log of the training command.`,
    expected:
      found.length === 0
        ? 'a log with epochs and numbers, in what the command prints or in the file under "log".'
        : `one of: ${found.join(', ')}.`,
    remedy:
      'Change "objective.metric" in cortex.json, or name the file of the log under "log" ' +
      '("logPattern" reads one of your own make).',
  });

export const noGround = (folder: string): CortexError =>
  new CortexError({
    code: 'command-no-ground',
    kind: 'environment',
    happened:
      `A training command would write into ${folder}: this system lets nobody mount over it, and ` +
      'it is in no git repository that could be copied from.',
    expected: 'user namespaces (Linux), or a git repository.',
    remedy: 'Put the project under git (git init, git add, git commit).',
  });

export const nothingSealed = (): CortexError =>
  new CortexError({
    code: 'command-nothing-sealed',
    kind: 'input',
    happened: 'A command trains this study: Cortex keeps no test part of its data.',
    expected: 'a study whose data Cortex deals out itself.',
    remedy: 'Let the command itself measure on rows it has not used, under a name of its own.',
  });

export const noWeights = (): CortexError =>
  new CortexError({
    code: 'command-no-weights',
    kind: 'input',
    happened: 'A command trains this study: Cortex has no weights of its trials.',
    expected: 'a study that Cortex trains itself.',
    remedy: 'Let the command itself save and export its model.',
  });
