import {
  CodeLens,
  EventEmitter,
  languages,
  Range,
  workspace,
  type CodeLensProvider,
  type Disposable,
  type TextDocument,
} from 'vscode';
import type { Finding } from '../../../log/diagnosis.ts';
import { readAs } from '../../../log/readAs.ts';
import { fileName } from '../../../util/fileName.ts';
import { logLanguage, type CommandArguments, type CommandId } from '../contributions.ts';
import { Disposables } from '../disposables.ts';
import type { Host } from '../host.ts';
import { affects, readSetting } from '../settings.ts';
import { epochInProgress } from './logText.ts';
import { runName } from './placedFindings.ts';
import type { LogState } from './trainingLogs.ts';
import { plural } from '../../../util/plural.ts';

/** Lines at the end of a log in which the epoch that is being trained stands. */
const LAST_LINES = 40;

/**
 * `loss, val_loss by epoch; lr · training… epoch 7 of 50 · run 2 of 3 · 12 findings · Diagnose ·
 * Improve Architecture for model.ts` at the top of a log with epochs.
 */
export function createLogLenses(host: Host): Disposable {
  const disposables = new Disposables();
  const changed = disposables.add(new EventEmitter<void>());
  const provider: CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses: (document) => lensesOf(document, host),
  };
  const refresh = (): void => {
    changed.fire();
  };
  disposables.add(
    host.logs.onDidChange(refresh),
    host.links.onDidChange(refresh),
    workspace.onDidChangeConfiguration((event) => {
      if (affects(event, 'codeLens.enabled')) refresh();
    }),
    languages.registerCodeLensProvider({ language: logLanguage, scheme: 'file' }, provider),
  );
  return disposables;
}

async function lensesOf(document: TextDocument, { logs, links }: Host): Promise<CodeLens[]> {
  const logPath = document.fileName;
  const state = logs.peek(logPath);
  if (!readSetting('codeLens.enabled')) return [];
  if (state?.kind === 'empty') return lensesWithout(state.why?.code, logPath);
  if (state?.kind !== 'read') return [];
  const model = await links.modelOf(logPath);
  const { findings, run } = state.diagnosis;
  return [
    lens(readAs(state.diagnosis), 'cortex.diagnose', { logPath }),
    ...trainingLens(document, state),
    ...(run.count > 1 ? [lens(runName(run), 'cortex.chooseRun', { logPath })] : []),
    findingsLens(findings, logPath),
    lens('Diagnose', 'cortex.diagnose', { logPath }),
    lens(
      `Improve Architecture${model === null ? '…' : ` for ${fileName(model)}`}`,
      'cortex.improveFromLog',
      { logPath },
    ),
  ];
}

/** Leads to the problems, or to the Diagnosis view where there is none. */
const findingsLens = (findings: readonly Finding[], logPath: string): CodeLens =>
  findings.some(({ severity }) => severity !== 'info')
    ? lens(plural(findings.length, 'finding'), 'cortex.showFindings')
    : lens(plural(findings.length, 'finding'), 'cortex.diagnose', { logPath });

/** Why a log shows no curve; what more there is to say of it stands in the Diagnosis view. */
const WITHOUT: Readonly<Record<string, string>> = {
  'log-table-of-runs': 'A table of runs, no curve: how many there are, and which is best',
  'log-interleaved': 'Two trainings write in turn: no curve',
  'log-unclear': 'It is not clear what these lines count: no curve',
};

function lensesWithout(code: string | undefined, logPath: string): CodeLens[] {
  const reason = WITHOUT[code ?? ''];
  if (reason === undefined) return [];
  const why = lens(reason, 'cortex.diagnose', { logPath });
  return code === 'log-unclear'
    ? [why, lens('Say What a Number Is…', 'cortex.nameNumber', { logPath })]
    : [why];
}

/** While the log is written. */
function trainingLens(
  document: TextDocument,
  state: Extract<LogState, { kind: 'read' }>,
): readonly CodeLens[] {
  if (!state.isLive) return [];
  const { lineCount } = document;
  const epoch = epochInProgress(
    document.getText(new Range(Math.max(0, lineCount - LAST_LINES), 0, lineCount, 0)),
  );
  const { epochs } = state.diagnosis;
  if (epoch && epoch.epoch >= epoch.of && epochs >= epoch.of) return [];
  const title = epoch
    ? `$(sync~spin) training… epoch ${epoch.epoch} of ${epoch.of}`
    : `$(sync~spin) training… ${plural(epochs, state.diagnosis.counter ?? 'epoch')} so far`;
  return [lens(title, 'cortex.diagnose', { logPath: document.fileName })];
}

const top = new Range(0, 0, 0, 0);

const lens = <Id extends CommandId>(
  title: string,
  command: Id,
  ...args: CommandArguments[Id]
): CodeLens => new CodeLens(top, { title, command, arguments: args });
