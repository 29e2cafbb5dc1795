import { Uri, window } from 'vscode';
import { fileName } from '../../../util/fileName.ts';
import { folderOf } from '../folderOf.ts';
import type { Host } from '../host.ts';

interface LogItem {
  readonly label: string;
  readonly description: string;
  readonly path: string;
}

const browse: LogItem = { label: '$(folder-opened) Browse…', description: 'any file', path: '' };

/** Offers the log Cortex finds by itself. */
export const found: LogItem = {
  label: '$(search) The Log that Cortex Finds',
  description: 'forget what was chosen',
  path: '',
};

/** Asks which log belongs to a model; `undefined` when nothing was chosen. */
export async function pickLog(
  { engine, links, studies }: Host,
  modelPath: string,
): Promise<LogItem | undefined> {
  const [logs, { logPath: current }] = await Promise.all([
    engine.get().then(({ logsOfModel }) => logsOfModel(modelPath)),
    studies.open(modelPath),
  ]);
  const paths = current === null ? logs : [current, ...logs.filter((path) => path !== current)];
  const items = paths.map((path): LogItem => ({
    label: fileName(path),
    description: [folderOf(path), ...(path === current ? ['read now'] : [])]
      .filter(Boolean)
      .join(', '),
    path,
  }));
  const reset = links.chosenLog(modelPath) === null ? [] : [found];
  const choice = await window.showQuickPick([...items, ...reset, browse], {
    title: `Cortex: Training Log of ${fileName(modelPath)}`,
    placeHolder: 'Training log',
    matchOnDescription: true,
  });
  if (choice !== browse) return choice;
  const [file] =
    (await window.showOpenDialog({
      canSelectMany: false,
      openLabel: 'Choose Log',
      defaultUri: Uri.joinPath(Uri.file(modelPath), '..'),
    })) ?? [];
  return file && { ...browse, path: file.fsPath };
}
