import { workspace } from 'vscode';
import { cancelledError } from '../../../util/errors.ts';
import type { Study } from '../../../study/study.ts';
import type { ModelReference } from '../contributions.ts';
import type { Host } from '../host.ts';
import { fileName } from '../../../util/fileName.ts';
import { attachScript } from './attachScript.ts';
import { chooseModel } from './chooseModel.ts';
import { ask } from '../messages.ts';

/**
 * The study a training command is about, with its model file saved, and a log where one is given;
 * `undefined` when the user closed a question.
 */
export async function prepareModel(
  host: Host,
  reference: ModelReference | undefined,
  logPath?: string,
): Promise<Study | undefined> {
  const path = await chooseModel(host, reference);
  if (!path) return undefined;
  await saveModel(path);
  const study = await host.studies.open(path, logPath);
  return (await attachScript(host, study)) ? host.studies.open(path, logPath) : study;
}

/** Training reads the file on disk: asks what to do with changes that are only in the editor. */
async function saveModel(path: string): Promise<void> {
  const document = workspace.textDocuments.find((open) => open.fileName === path && open.isDirty);
  if (!document) return;
  const save = 'Save and Continue';
  const choice = await ask(
    `${fileName(path)} has unsaved changes.`,
    'Cortex works with the saved file.',
    save,
    'Use the Saved File',
  );
  if (!choice) throw cancelledError('The command');
  if (choice === save) await document.save();
}
