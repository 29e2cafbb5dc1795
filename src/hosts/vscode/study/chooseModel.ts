import { basename } from 'node:path';
import { window } from 'vscode';
import type { ModelReference } from '../contributions.ts';
import { noModelFileError } from '../errors.ts';
import { folderOf } from '../folderOf.ts';
import type { Host } from '../host.ts';
import { builderLineIn } from './modelFiles.ts';

const selectedKey = 'selectedModel';

/**
 * The model file a command is about: what it was called on, the active editor, the attempt that is
 * selected in a view, the selected study, the only one – or the user's pick. `undefined` when they
 * closed the list.
 */
export async function chooseModel(
  host: Host,
  reference: ModelReference | undefined,
): Promise<string | undefined> {
  if (reference)
    return remember(host, 'modelPath' in reference ? reference.modelPath : reference.fsPath);
  const document = window.activeTextEditor?.document;
  if (document && builderLineIn(document) !== null) return remember(host, document.fileName);
  const paths = await knownModels(host);
  const selected = host.selection.current[0]?.modelPath ?? host.memory.get<string>(selectedKey);
  if (selected && paths.includes(selected)) return selected;
  return paths.length === 1 ? paths[0] : pick(host, paths, selectTitle);
}

/** What the list of model files is called where nothing more is known. */
export const selectTitle = 'Select Study';

/** Lets the user pick a model file, which commands without a target are about from then on. */
export async function pickModel(host: Host, title: string): Promise<string | undefined> {
  return pick(host, await knownModels(host), title);
}

async function knownModels({ studies }: Host): Promise<readonly string[]> {
  await studies.discover();
  const paths = studies.all().map((entry) => entry.modelPath);
  if (paths.length === 0) throw noModelFileError();
  return paths;
}

async function pick(
  host: Host,
  paths: readonly string[],
  title: string,
): Promise<string | undefined> {
  const items = paths.map((path) => ({ label: basename(path), description: folderOf(path), path }));
  const choice = await window.showQuickPick(items, {
    title: `Cortex: ${title}`,
    placeHolder: 'Model file',
    matchOnDescription: true,
  });
  return choice && remember(host, choice.path);
}

async function remember({ memory, studies }: Host, path: string): Promise<string> {
  studies.see(path);
  await memory.update(selectedKey, path);
  return path;
}
