import { CortexError } from '../../util/errors.ts';

/** Nothing runs before the user trusts the workspace: training executes its code. */
export const untrustedError = (): CortexError =>
  new CortexError({
    code: 'vscode-untrusted',
    kind: 'input',
    happened: 'This workspace is in Restricted Mode, and Cortex runs the code in it.',
    expected: 'a workspace you trust.',
    remedy: 'Trust it by "Workspaces: Manage Workspace Trust" and try again.',
  });

/** A command was called without a model file in sight. */
export const noModelFileError = (): CortexError =>
  new CortexError({
    code: 'vscode-no-model-file',
    kind: 'input',
    happened: 'There is no model file here.',
    expected:
      'an open TypeScript, JavaScript or Python file with a build_model or buildModel function.',
    remedy: 'Open one, or run "Cortex: Open the Digits Example".',
  });

/** A command about a training log was called where none is open. */
export const noOpenLogError = (): CortexError =>
  new CortexError({
    code: 'vscode-no-open-log',
    kind: 'input',
    happened: 'No training log is open.',
    expected: 'an editor that shows a log with epochs.',
    remedy:
      'Open the log; where its name does not end in .log, choose "Training Log" in the ' +
      "status bar's language picker.",
  });

/** A model file has no training log that could be opened. */
export const noLogOfModelError = (file: string): CortexError =>
  new CortexError({
    code: 'vscode-no-log',
    kind: 'input',
    happened: `No training log was found for ${file}.`,
    expected:
      'a log named in cortex.json, beside the model file, or in a folder such as logs/ beside it.',
    remedy: 'Choose one by "Cortex: Choose the Log of a Model File".',
  });

/** One study is worked on at a time in a window, so that trials are timed fairly. */
export const busyError = (study: string): CortexError =>
  new CortexError({
    code: 'vscode-busy',
    kind: 'input',
    happened: `Cortex is already at work on ${study}.`,
    expected: 'one run at a time in a window.',
    remedy: 'Wait for it, or stop it by "Cortex: Cancel".',
  });

/** A command about an attempt was called where there is none. */
export const noAttemptError = (): CortexError =>
  new CortexError({
    code: 'vscode-no-attempt',
    kind: 'input',
    happened: 'There is no attempt to choose from yet.',
    expected: 'a study with at least one attempt.',
    remedy: 'Run "Cortex: Train" or "Cortex: Improve Architecture" first.',
  });

/** A review command was called without a review. */
export const noReviewError = (): CortexError =>
  new CortexError({
    code: 'vscode-no-review',
    kind: 'input',
    happened: 'No review is open.',
    expected: 'an editor that shows a proposal.',
    remedy: 'Run "Cortex: Improve Architecture" to get one.',
  });

/** The buffer refused an edit (read-only file, or it changed at the same moment). */
export const editRefusedError = (file: string): CortexError =>
  new CortexError({
    code: 'vscode-edit-refused',
    kind: 'environment',
    happened: `VS Code did not change ${file}.`,
    expected: 'a file that can be edited.',
    remedy: 'Check that it is not read-only and try again; nothing was lost.',
  });

/** Whatever was thrown, as a `CortexError`: an unknown error is a defect of Cortex. */
export function asCortexError(thrown: unknown): CortexError {
  if (thrown instanceof CortexError) return thrown;
  return new CortexError({
    code: 'vscode-defect',
    kind: 'defect',
    happened:
      'Cortex stopped unexpectedly: ' +
      `${thrown instanceof Error ? thrown.message : String(thrown)}.`,
    expected: 'this not to happen.',
    remedy: 'The log has the details; please report them.',
    cause: thrown,
  });
}
