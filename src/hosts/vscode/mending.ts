import { commands, Position, Range, Uri, window } from 'vscode';
import type { CortexError } from '../../util/errors.ts';
import { runCommand } from './runCommand.ts';

/** Errors that say that a study is not set up yet: the form comes instead of their words. */
export const isNotSetUp = ({ code }: CortexError): boolean => NOT_SET_UP.includes(code);

const NOT_SET_UP: readonly string[] = ['data-file-missing', 'attach-no-script'];

/** A button on an error: what it says, and what it does about it. */
export interface Mending {
  readonly label: string;
  /** `again` does what failed once more, where that is the next step. */
  readonly mend: (again: () => Promise<void>) => Thenable<unknown>;
}

/** What can be done about an error at once; `null` where its words are all there is. */
export function mendingOf(error: CortexError): Mending | null {
  if (error.builders.length > 0) return chooseBuilder(error);
  if (error.file !== null) return openFile(error.file, error.line);
  return byCode[error.code] ?? null;
}

const open = (label: string, id: Parameters<typeof runCommand>[0]): Mending => ({
  label,
  mend: () => runCommand(id),
});

const settings = open('Open Settings', 'cortex.openSettings');

const key: Mending = {
  label: 'Set API Key…',
  mend: async (again) => {
    await runCommand('cortex.setApiKey');
    await again();
  },
};

const setUp: Mending = {
  label: 'Set Up Cortex…',
  mend: (again) => runCommand('cortex.setUp', undefined, again),
};

const byCode: Readonly<Record<string, Mending>> = {
  'attach-failed': setUp,
  'attach-time': setUp,
  'data-no-loader': setUp,
  'git-no-repository': {
    label: 'Initialize Repository…',
    mend: (again) => runCommand('cortex.initRepository', undefined, again),
  },
  'llm-key-missing': key,
  'llm-key-refused': key,
  'llm-model-missing': settings,
  'node-too-old': settings,
  'python-not-found': settings,
  'trainer-no-runtime': settings,
  'vscode-busy': open('Cancel the Run', 'cortex.cancel'),
  'vscode-no-attempt': open('Train', 'cortex.train'),
  'vscode-no-log': open('Choose the Log…', 'cortex.chooseLog'),
  'vscode-no-model-file': open('Open the Digits Example', 'cortex.openExample'),
  'vscode-untrusted': {
    label: 'Manage Workspace Trust',
    mend: () => commands.executeCommand('workbench.trust.manage'),
  },
};

const chooseBuilder = ({ builders }: CortexError): Mending => ({
  label: 'Choose the Builder…',
  mend: async () => {
    const modelPath = window.activeTextEditor?.document.fileName;
    const items = builders.map(({ name, line }) => ({ label: name, description: `line ${line}` }));
    const choice = await window.showQuickPick(items, {
      title: 'Cortex: Which function builds the model?',
      ignoreFocusOut: true,
    });
    if (choice && modelPath !== undefined)
      await runCommand('cortex.improveBuilder', { modelPath, builder: choice.label });
  },
});

const openFile = (file: string, line: number | null): Mending => ({
  label: 'Open the File',
  mend: () => {
    const start = new Position((line ?? 1) - 1, 0);
    return window.showTextDocument(Uri.file(file), { selection: new Range(start, start) });
  },
});
