import { open, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Uri } from 'vscode';
import { Range, TabInputText, window, workspace, type Disposable, type TextDocument } from 'vscode';
import { setContext } from '../context.ts';
import { Disposables } from '../disposables.ts';
import type { Host } from '../host.ts';
import { Throttle } from '../throttle.ts';
import { logLanguage } from '../contributions.ts';
import { documentOf, isLog } from './logInFront.ts';
import { looksLikeTraining } from './logText.ts';
import type { TrainingLogs } from './trainingLogs.ts';

const SYNC_MS = 300;
const FIRST_LINES = 300;
const LAST_LINES = 60;
const HEAD_BYTES = 64 * 1024;
/** A log may be one long line: so much of its first and last lines is looked at. */
const GLANCE = 64 * 1024;

/**
 * Follows the training logs that are open in an editor; other files of the same language (`*.log`)
 * wake nothing.
 */
export function createLogFollowing({ logs }: Host): Disposable {
  const disposables = new Disposables();
  const throttle = disposables.add(
    new Throttle(
      SYNC_MS,
      () =>
        void openTrainingLogs().then((paths) => {
          logs.follow('editors', paths);
        }),
    ),
  );
  const look = (): void => {
    throttle.poke();
  };
  const lookAt = (document: TextDocument): void => {
    if (document.languageId === logLanguage) look();
  };
  disposables.add(
    tellWhichShowEpochs(logs),
    window.tabGroups.onDidChangeTabs(look),
    window.tabGroups.onDidChangeTabGroups(look),
    workspace.onDidOpenTextDocument(lookAt),
    workspace.onDidCloseTextDocument(lookAt),
    workspace.onDidChangeTextDocument(({ document }) => {
      if (logs.diagnosisOf(document.fileName) === null) lookAt(document);
    }),
    workspace.onDidGrantWorkspaceTrust(look),
  );
  look();
  return disposables;
}

function tellWhichShowEpochs(logs: TrainingLogs): Disposable {
  let told = '';
  return logs.onDidChange(() => {
    const paths = logs.withEpochs();
    if (paths.join('\n') !== told) setContext('cortex.trainingLogs', paths);
    told = paths.join('\n');
  });
}

async function openTrainingLogs(): Promise<readonly string[]> {
  if (!workspace.isTrusted) return [];
  const uris = window.tabGroups.all.flatMap(({ tabs, activeTab }) =>
    tabs.flatMap((tab) => candidateIn(tab.input, tab === activeTab)),
  );
  const unique = [...new Map(uris.map((uri) => [uri.fsPath, uri])).values()];
  const training = await Promise.all(
    unique.map(
      async (uri) => looksLikeTraining(await glance(uri)) || (await hasOwnPattern(uri.fsPath)),
    ),
  );
  return unique.flatMap(({ fsPath }, index) => (training[index] ? [fsPath] : []));
}

/** A log that VS Code has loaded, or one in front that is too large for extensions to see. */
function candidateIn(input: unknown, isInFront: boolean): readonly Uri[] {
  if (!(input instanceof TabInputText) || !isLog(input.uri)) return [];
  return isInFront || documentOf(input.uri) ? [input.uri] : [];
}

/** Its first and last lines. */
async function glance(uri: Uri): Promise<string> {
  const document = documentOf(uri);
  if (!document) return headOf(uri.fsPath);
  const { lineCount } = document;
  const first = document.getText(new Range(0, 0, FIRST_LINES, 0));
  const last = document.getText(new Range(Math.max(0, lineCount - LAST_LINES), 0, lineCount, 0));
  return `${first.slice(0, GLANCE)}\n${last.slice(-GLANCE)}`;
}

/**
 * The study file beside it, or above, tells how lines of an own make are read: the log may look
 * like anything.
 */
async function hasOwnPattern(path: string): Promise<boolean> {
  const folders = [dirname(path), dirname(dirname(path))];
  const texts = await Promise.all(
    folders.map((folder) => readFile(join(folder, 'cortex.json'), 'utf8').catch(() => '')),
  );
  return texts.some((text) => text.includes('"logPattern"'));
}

/** A file that cannot be read is no log to look at; whoever opens it is told so by VS Code. */
async function headOf(path: string): Promise<string> {
  const file = await open(path).catch(() => null);
  if (!file) return '';
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return new TextDecoder().decode(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}
