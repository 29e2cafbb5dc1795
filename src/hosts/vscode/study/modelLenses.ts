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
import { readMarks } from '../../../search/marks/readMarks.ts';
import { currentBest } from '../../../study/lineage.ts';
import { metricText } from '../../../record/format.ts';
import type { CommandArguments, CommandId } from '../contributions.ts';
import { Disposables } from '../disposables.ts';
import type { Host } from '../host.ts';
import { affects, readSetting } from '../settings.ts';
import { buildersIn } from './buildersIn.ts';
import { builderLineIn, modelLanguages } from './modelFiles.ts';
import { objectiveOf, objectivesOf } from '../../../record/objectives.ts';
import { plural } from '../../../util/plural.ts';

/**
 * `Improve Architecture · Train · best val_loss 0.0412 ± 0.0009` above the builder of a model file;
 * where it has several, `Improve This Builder` above those that are not meant.
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
    host.builders.onDidChange(refresh),
    host.lacks.onDidChange(refresh),
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
  const modelPath = document.fileName;
  host.studies.see(modelPath);
  const { builders, likeliest } = await buildersIn(document, host);
  if (builders.length < 2) return ofBuilder(likeliest?.line ?? rough, document, host);
  const meant = chosenIn(modelPath, host) ?? likeliest?.name;
  return builders.flatMap(({ name, line }) =>
    name === meant
      ? ofBuilder(line, document, host)
      : [lens(line, 'Improve This Builder', 'cortex.improveBuilder', { modelPath, builder: name })],
  );
}

function ofBuilder(line: number, document: TextDocument, host: Host): CodeLens[] {
  const modelPath = document.fileName;
  const model = { modelPath };
  const lack = host.lacks.of(modelPath);
  if (lack !== null)
    return [
      lackLens(line, lack),
      ...logLens(line, modelPath, host),
      ...bestLens(line, modelPath, host),
    ];
  return [
    lens(line, 'Improve Architecture', 'cortex.improve', model),
    lens(line, 'Search Architecture', 'cortex.search', model),
    ...tuneLens(line, document),
    lens(line, 'Train', 'cortex.train', model),
    ...logLens(line, modelPath, host),
    ...bestLens(line, modelPath, host),
  ];
}

/** In place of what cannot be done here: why, at length on hover, and where it is mended. */
const lackLens = (line: number, lack: string): CodeLens =>
  new CodeLens(new Range(line - 1, 0, line - 1, 0), {
    title: `$(warning) ${lack.split(/(?<=\.) /)[0] ?? lack} Choose a Python…`,
    tooltip: `${lack} Name one in the setting cortex.python.`,
    command: 'cortex.openSettings',
  });

/** The builder that the user chose here, or names in the study file. */
function chosenIn(modelPath: string, { builders, studies }: Host): string | undefined {
  const entry = studies.peek(modelPath);
  const named = entry?.state === 'ready' ? entry.study.config.builder : undefined;
  return builders.of(modelPath) ?? named;
}

/** Where the file marks something; what is wrong with a mark is said by the command. */
function tuneLens(line: number, document: TextDocument): readonly CodeLens[] {
  const read = readMarks(document.getText());
  if (read.ok && read.value.length === 0) return [];
  const what = read.ok ? plural(read.value.length, 'Marked Number') : 'Marked Numbers';
  return [lens(line, `Tune ${what}`, 'cortex.tune', { modelPath: document.fileName })];
}

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
