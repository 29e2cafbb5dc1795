import { commands, window, type Disposable } from 'vscode';
import { fileName } from '../../../util/fileName.ts';
import { plural } from '../../../util/plural.ts';
import { diagnosisView, type LogReference, type ModelReference } from '../contributions.ts';
import { Disposables } from '../disposables.ts';
import { noLogOfModelError, noOpenLogError } from '../errors.ts';
import type { Host } from '../host.ts';
import { improve } from '../run/improveCommand.ts';
import { chooseModel, pickModel } from '../study/chooseModel.ts';
import { logInFront } from './logInFront.ts';
import { nameNumber } from './nameNumber.ts';
import { showLog } from './showLog.ts';
import { pickLog, found } from './pickLog.ts';

/**
 * Diagnosing a log, going from log to model file and back, and improving a model by what its log
 * says.
 */
export function createLogCommands(host: Host): Disposable {
  const disposables = new Disposables();
  disposables.add(
    host.commands.register('cortex.diagnose', (log) => diagnose(host, log)),
    host.commands.register('cortex.showFindings', async () => {
      await commands.executeCommand('workbench.actions.view.problems');
    }),
    host.commands.register('cortex.improveFromLog', (log) => improveFromLog(host, log)),
    host.commands.register('cortex.openLog', (model) => openLog(host, model)),
    host.commands.register('cortex.chooseLog', (model) => chooseLog(host, model)),
    host.commands.register('cortex.chooseModelOfLog', async (log) => {
      await chooseModelOfLog(host, logPathOf(log));
    }),
    host.commands.register('cortex.nameNumber', (log) => nameNumber(host, log)),
    host.commands.register('cortex.chooseRun', (log) => chooseRun(host, logPathOf(log))),
  );
  return disposables;
}

/** The log a command was called on, or the one in the active editor. */
function logPathOf(log: LogReference | undefined): string {
  if (log) return 'logPath' in log ? log.logPath : log.fsPath;
  const path = logInFront();
  if (path === null) throw noOpenLogError();
  return path;
}

async function diagnose({ subject }: Host, log: LogReference | undefined): Promise<void> {
  subject.show(logPathOf(log));
  await commands.executeCommand(`${diagnosisView}.focus`);
}

async function improveFromLog(host: Host, log: LogReference | undefined): Promise<void> {
  const logPath = logPathOf(log);
  const modelPath = (await host.links.modelOf(logPath)) ?? (await chooseModelOfLog(host, logPath));
  if (modelPath === undefined) return;
  const focus = log && 'logPath' in log ? (log.focus ?? null) : null;
  await improve(host, { modelPath, logPath, focus }, () => Promise.resolve(null));
}

async function chooseModelOfLog(host: Host, logPath: string): Promise<string | undefined> {
  const modelPath = await pickModel(host, `Model File of ${fileName(logPath)}`);
  if (modelPath !== undefined) await link(host, logPath, modelPath);
  return modelPath;
}

/** The study file of another model may have an expression for the lines of its logs. */
async function link({ links, logs }: Host, logPath: string, modelPath: string): Promise<void> {
  await links.link(logPath, modelPath);
  logs.readAgain(logPath);
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
  const choice = modelPath && (await pickLog(host, modelPath));
  if (!modelPath || !choice) return;
  if (choice !== found) {
    await link(host, choice.path, modelPath);
    return showLog(choice.path);
  }
  await host.links.unlink(modelPath);
  const { logPath } = await host.studies.open(modelPath);
  if (logPath !== null) await showLog(logPath);
}

/** Which run of a log with several is read; proposals read the same. */
async function chooseRun({ engine, links, logs }: Host, logPath: string): Promise<void> {
  const loaded = await engine.get();
  const runs = await loaded.runsOfLog(logPath, await logs.waysToRead(logPath, loaded));
  const items = runs.toReversed().map(({ index, epochs, counter, firstLine, lastLine }) => ({
    label: `Run ${index}`,
    description: `${plural(epochs, counter ?? 'epoch')}, lines ${firstLine} to ${lastLine}`,
    run: index,
  }));
  const last = {
    label: '$(arrow-down) The Last',
    description: 'also when another begins',
    run: null,
  };
  const choice = await window.showQuickPick([last, ...items], {
    title: `Cortex: Run of ${fileName(logPath)}`,
    placeHolder: 'Run',
  });
  if (!choice) return;
  await links.chooseRun(logPath, choice.run);
  logs.readAgain(logPath);
}
