import { basename, dirname, extname, join } from 'node:path';
import { commands, Uri, window, workspace, type Progress } from 'vscode';
import type { NewModel } from '../../../loop/start/newModel.ts';
import type { Survey } from '../../../propose/start/survey.ts';
import type { Engine } from '../../engine.ts';
import { busyError } from '../errors.ts';
import type { Host } from '../host.ts';
import { inform } from '../messages.ts';
import { makeRepository } from '../study/makeRepository.ts';
import { askLanguage, askModel, askTarget } from './startQuestions.ts';
import { withProgress } from './withProgress.ts';

/**
 * "New Model from Data…": a table, a folder of images or a text, and nothing else is needed.
 */
export async function newModel(host: Host, given: string | undefined): Promise<void> {
  if (host.runs.current) throw busyError(host.runs.current.study.name);
  const path = given ?? (await pickData());
  if (path === undefined) return;
  const engine = await host.engine.get();
  const survey = await surveyed(engine, path);
  const language = survey && (await askLanguage());
  if (!language) return;
  const choose = await askModel(survey, await engine.firstModels(survey, language));
  if (choose === undefined) return;
  const folder = await freeFolder(join(dirname(path), `${basename(path, extname(path))}-model`));
  const made = await withProgress('Cortex makes a first model', (signal, progress) =>
    telling(engine, progress).newModel({ survey, language, folder, choose, signal }),
  );
  await show(host, made);
}

const pickData = async (): Promise<string | undefined> =>
  (
    await window.showOpenDialog({
      canSelectFiles: true,
      canSelectFolders: true,
      openLabel: 'Look at These Data',
      title: 'A CSV table, a folder with a folder of images for each class, or a text',
    })
  )?.[0]?.fsPath;

/** What the data hold; once more where another target is wanted than the likeliest. */
async function surveyed(engine: Engine, path: string): Promise<Survey | undefined> {
  const look = (target?: string): Promise<Survey> =>
    withProgress('Cortex looks at the data', (signal) =>
      engine.surveyData({ path, target }, signal),
    );
  const survey = await look();
  if (survey.kind !== 'table') return survey;
  const target = await askTarget(survey);
  if (target === undefined) return undefined;
  return target === survey.target.name ? survey : look(target);
}

/** The first of `houses-model`, `houses-model-2` … that is not there. */
async function freeFolder(wanted: string, number = 1): Promise<string> {
  const folder = number === 1 ? wanted : `${wanted}-${number}`;
  const isThere = await workspace.fs.stat(Uri.file(folder)).then(
    () => true,
    () => false,
  );
  return isThere ? freeFolder(wanted, number + 1) : folder;
}

/** The engine, saying which model it tries. */
const telling = (engine: Engine, progress: Progress<{ readonly message: string }>): Engine =>
  engine.hearing((event) => {
    if (event.kind === 'trying') progress.report({ message: event.text });
  });

async function show(host: Host, made: NewModel): Promise<void> {
  const { folder, files, chosen, untried } = made;
  const [model = ''] = files;
  await window.showTextDocument(Uri.file(join(folder, model)), { preview: false });
  await commands.executeCommand('markdown.showPreviewToSide', Uri.file(join(folder, 'DATA.md')));
  await offerRepository(host, folder);
  const words =
    untried === null
      ? `${basename(folder)} holds a first model (${chosen}), and DATA.md what was found.`
      : `${basename(folder)} holds a first model that was not tried: ${untried}`;
  const improve = () => commands.executeCommand('cortex.improve', Uri.file(join(folder, model)));
  inform(words, { label: 'Improve Architecture', take: improve });
}

/** Attempts are kept as commits: a folder outside of every repository is asked about once. */
async function offerRepository(host: Host, folder: string): Promise<void> {
  const engine = await host.engine.get();
  if (await engine.isInRepository(folder)) return;
  await makeRepository(host, folder);
}
