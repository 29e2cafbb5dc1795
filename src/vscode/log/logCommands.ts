import { commands, languages, Uri, window, workspace, type Disposable, type TextDocument } from 'vscode';
import { fileName } from '../../util/fileName.ts';
import { diagnosisView, logLanguage, type LogReference, type ModelReference } from '../contributions.ts';
import { Disposables } from '../disposables.ts';
import { noLogOfModelError, noOpenLogError } from '../errors.ts';
import type { Host } from '../host.ts';
import { improve } from '../run/improveCommand.ts';
import { chooseModel, pickModel } from '../study/chooseModel.ts';

/** Diagnosing a log, going from log to model file and back, and improving a model by what its log says. */
export function createLogCommands(host: Host): Disposable {
  const disposables = new Disposables();
  disposables.add(
    host.commands.register('cortex.diagnose', (log) => diagnose(host, log)),
    host.commands.register('cortex.showFindings', async () => { await commands.executeCommand('workbench.actions.view.problems'); }),
    host.commands.register('cortex.improveFromLog', (log) => improveFromLog(host, log)),
    host.commands.register('cortex.openLog', (model) => openLog(host, model)),
    host.commands.register('cortex.chooseLog', (model) => chooseLog(host, model)),
    host.commands.register('cortex.chooseModelOfLog', async (log) => { await chooseModelOfLog(host, logPathOf(log)); }),
  );
  return disposables;
}

/** The log a command was called on, or the one in the active editor. */
function logPathOf(log: LogReference | undefined): string {
  if (log) return 'logPath' in log ? log.logPath : log.fsPath;
  const document = window.activeTextEditor?.document;
  if (document?.languageId !== logLanguage) throw noOpenLogError();
  return document.fileName;
}

async function diagnose({ subject }: Host, log: LogReference | undefined): Promise<void> {
  subject.show(logPathOf(log));
  await commands.executeCommand(`${diagnosisView}.focus`);
}

async function improveFromLog(host: Host, log: LogReference | undefined): Promise<void> {
  const logPath = logPathOf(log);
  const modelPath = (await host.links.modelOf(logPath)) ?? (await chooseModelOfLog(host, logPath));
  if (modelPath === undefined) return;
  const focus = log && 'logPath' in log ? log.focus ?? null : null;
  await improve(host, { modelPath, logPath, focus }, () => Promise.resolve(null));
}

async function chooseModelOfLog(host: Host, logPath: string): Promise<string | undefined> {
  const modelPath = await pickModel(host, `Model File of ${fileName(logPath)}`);
  if (modelPath !== undefined) await host.links.link(logPath, modelPath);
  return modelPath;
}

async function openLog(host: Host, model: ModelReference | undefined): Promise<void> {
  const modelPath = await chooseModel(host, model);
  if (!modelPath) return;
  const { logPath } = await host.studies.open(modelPath);
  if (logPath === null) throw noLogOfModelError(fileName(modelPath));
  await showLog(logPath);
}

async function chooseLog(host: Host, model: ModelReference | undefined): Promise<void> {
  const modelPath = await chooseModel(host, model);
  const logPath = modelPath && (await pickLog(await (await host.engine.get()).logsOfModel(modelPath), modelPath));
  if (!modelPath || !logPath) return;
  await host.links.link(logPath, modelPath);
  await showLog(logPath);
}

const browse = 'Browse…';

async function pickLog(found: readonly string[], modelPath: string): Promise<string | undefined> {
  const items = [...found.map((path) => ({ label: fileName(path), description: workspace.asRelativePath(path), path })), { label: browse, description: 'any file', path: '' }];
  const choice = await window.showQuickPick(items, { title: `Cortex: Training Log of ${fileName(modelPath)}`, placeHolder: 'Training log', matchOnDescription: true });
  if (choice?.label !== browse) return choice?.path;
  const [file] = (await window.showOpenDialog({ canSelectMany: false, openLabel: 'Choose Log', defaultUri: Uri.joinPath(Uri.file(modelPath), '..') })) ?? [];
  return file?.fsPath;
}

/** Opens a log as one, whatever its name is. */
async function showLog(path: string): Promise<void> {
  const document = await workspace.openTextDocument(Uri.file(path));
  await window.showTextDocument(await asLog(document));
}

const asLog = async (document: TextDocument): Promise<TextDocument> =>
  document.languageId === logLanguage ? document : languages.setTextDocumentLanguage(document, logLanguage);
