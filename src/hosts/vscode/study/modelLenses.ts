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
import { currentBest } from '../../../study/lineage.ts';
import { languageOf } from '../../../model/modelFile.ts';
import { metricText } from '../../../record/format.ts';
import type { CommandArguments, CommandId } from '../contributions.ts';
import { Disposables } from '../disposables.ts';
import type { Host } from '../host.ts';
import { affects, readSetting } from '../settings.ts';
import { builderLineIn, modelLanguages } from './modelFiles.ts';
import { objectiveOf, objectivesOf } from '../../../record/objectives.ts';

/**
 * `Improve Architecture · Train · best val_loss 0.0412 ± 0.0009` above the builder of a model file.
 */
export function createModelLenses(host: Host): Disposable {
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
    host.studies.onDidChange(refresh),
    workspace.onDidGrantWorkspaceTrust(refresh),
    workspace.onDidChangeConfiguration((event) => {
      if (affects(event, 'codeLens.enabled', 'builderNames')) refresh();
    }),
    languages.registerCodeLensProvider(modelLanguages, provider),
  );
  return disposables;
}

async function lensesOf(document: TextDocument, host: Host): Promise<CodeLens[]> {
  if (!workspace.isTrusted || !readSetting('codeLens.enabled')) return [];
  const rough = builderLineIn(document);
  if (rough === null) return [];
  host.studies.see(document.fileName);
  const line = (await exactLine(document, host)) ?? rough;
  const model = { modelPath: document.fileName };
  return [
    lens(line, 'Improve Architecture', 'cortex.improve', model),
    lens(line, 'Search Architecture', 'cortex.search', model),
    lens(line, 'Train', 'cortex.train', model),
    ...logLens(line, document.fileName, host),
    ...bestLens(line, document.fileName, host),
  ];
}

/** The builder's line as the syntax engine reads it; `null` while the file cannot be read. */
async function exactLine(document: TextDocument, { engine }: Host): Promise<number | null> {
  const language = languageOf(document.fileName);
  if (!language) return null;
  const known = exactLines.get(document);
  if (known?.version === document.version) return known.line;
  const { version } = document;
  const read = await (await engine.get()).inspect(document.getText(), language);
  const line = read.ok ? read.value.builder.range.startLine : null;
  exactLines.set(document, { version, line });
  return line;
}

const exactLines = new WeakMap<
  TextDocument,
  { readonly version: number; readonly line: number | null }
>();

/** Where the study is known and has a log. */
function logLens(line: number, modelPath: string, { studies }: Host): readonly CodeLens[] {
  const entry = studies.peek(modelPath);
  return entry?.state === 'ready' && entry.study.logPath !== null
    ? [lens(line, 'Open Training Log', 'cortex.openLog', { modelPath })]
    : [];
}

function bestLens(line: number, modelPath: string, { studies }: Host): readonly CodeLens[] {
  const entry = studies.peek(modelPath);
  if (entry?.state === 'seen') void studies.load(modelPath);
  if (entry?.state !== 'ready') return [];
  const objective = objectiveOf(entry.study.config);
  const best = currentBest(entry.attempts, objectivesOf(entry.study.config));
  if (!best?.metric) return [];
  return [
    lens(line, `best ${objective.metric} ${metricText(best.metric)}`, 'cortex.showAttempt', {
      modelPath,
      attemptId: best.id,
    }),
  ];
}

function lens<Id extends CommandId>(
  line: number,
  title: string,
  command: Id,
  ...args: CommandArguments[Id]
): CodeLens {
  return new CodeLens(new Range(line - 1, 0, line - 1, 0), { title, command, arguments: args });
}
