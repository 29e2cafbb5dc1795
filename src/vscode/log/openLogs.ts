import { open } from 'node:fs/promises';
import type { Uri} from 'vscode';
import { Range, TabInputText, window, workspace, type Disposable, type TextDocument } from 'vscode';
import { Disposables } from '../disposables.ts';
import type { Host } from '../host.ts';
import { Throttle } from '../throttle.ts';
import { logLanguage } from '../contributions.ts';
import { looksLikeTraining } from './logText.ts';

const SYNC_MS = 300;
const FIRST_LINES = 300;
const LAST_LINES = 60;
const HEAD_BYTES = 64 * 1024;
/** What a file that is too large for VS Code to hand over has to be called. */
const logName = /\.log$|[\\/]train(?:ing)?_log[^\\/]*\.txt$/i;

/** Follows the training logs that are open in an editor; other files of the same language (`*.log`) wake nothing. */
export function createLogFollowing({ logs }: Host): Disposable {
  const disposables = new Disposables();
  const throttle = disposables.add(new Throttle(SYNC_MS, () => void openTrainingLogs().then((paths) => { logs.follow('editors', paths); })));
  const look = (): void => { throttle.poke(); };
  const lookAt = (document: TextDocument): void => { if (document.languageId === logLanguage) look(); };
  disposables.add(
    window.tabGroups.onDidChangeTabs(look),
    window.tabGroups.onDidChangeTabGroups(look),
    workspace.onDidOpenTextDocument(lookAt),
    workspace.onDidCloseTextDocument(lookAt),
    workspace.onDidChangeTextDocument(({ document }) => { if (logs.diagnosisOf(document.fileName) === null) lookAt(document); }),
    workspace.onDidGrantWorkspaceTrust(look),
  );
  look();
  return disposables;
}

async function openTrainingLogs(): Promise<readonly string[]> {
  if (!workspace.isTrusted) return [];
  const uris = window.tabGroups.all.flatMap(({ tabs, activeTab }) => tabs.flatMap((tab) => candidateIn(tab.input, tab === activeTab)));
  const unique = [...new Map(uris.map((uri) => [uri.fsPath, uri])).values()];
  const training = await Promise.all(unique.map(async (uri) => looksLikeTraining(await glance(uri))));
  return unique.flatMap(({ fsPath }, index) => (training[index] ? [fsPath] : []));
}

/** A log that VS Code has loaded, or one in front that is too large for extensions to see. */
function candidateIn(input: unknown, isInFront: boolean): readonly Uri[] {
  if (!(input instanceof TabInputText) || input.uri.scheme !== 'file') return [];
  const document = documentOf(input.uri);
  const isLog = document ? document.languageId === logLanguage : isInFront && logName.test(input.uri.fsPath);
  return isLog ? [input.uri] : [];
}

const documentOf = (uri: Uri): TextDocument | undefined => workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());

/** Its first and last lines. */
async function glance(uri: Uri): Promise<string> {
  const document = documentOf(uri);
  if (!document) return headOf(uri.fsPath);
  const { lineCount } = document;
  return `${document.getText(new Range(0, 0, FIRST_LINES, 0))}\n${document.getText(new Range(Math.max(0, lineCount - LAST_LINES), 0, lineCount, 0))}`;
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
