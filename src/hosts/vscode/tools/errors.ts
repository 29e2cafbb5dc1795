import { CortexError } from '../../../util/errors.ts';

/** A tool was called with an input that its schema does not allow. */
export const toolInputError = (key: string, expected: string): CortexError =>
  new CortexError({
    code: 'vscode-tool-input',
    kind: 'input',
    happened: `The tool was called with a wrong "${key}".`,
    expected: `${expected}.`,
    remedy: 'Call it again with one; nothing was run.',
  });

/** A tool was called with a path that the user's trust in the workspace does not cover. */
export const outsideWorkspaceError = (path: string): CortexError =>
  new CortexError({
    code: 'vscode-tool-outside',
    kind: 'input',
    happened: `${path} is not in this workspace.`,
    expected:
      'a path inside an open folder: Cortex runs the code of models, and only this workspace ' +
      'is trusted.',
    remedy: 'Give such a path, or open the folder; nothing was run.',
  });
