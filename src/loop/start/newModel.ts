import { openContext } from '../../propose/operators/operatorContext.ts';
import { FILES, sizesOf } from '../../propose/start/startConfig.ts';
import type { StartLanguage } from '../../propose/start/baseBuilder.ts';
import { firstModels } from '../../propose/start/firstModels.ts';
import type { FirstModel } from '../../propose/start/sketch.ts';
import { startFiles, type StartFile } from '../../propose/start/startFiles.ts';
import { startNote, type RatedModel, type Started } from '../../propose/start/startNote.ts';
import type { Survey } from '../../propose/start/survey.ts';
import { sourceLanguage, writeBuilder } from '../../propose/start/writeBuilder.ts';
import { objectiveOf } from '../../record/objectives.ts';
import { modelOfVector } from '../../search/blocks/modelOfVector.ts';
import type { Configuration } from '../../search/space/dimension.ts';
import { readSpace } from '../../search/space/readSpace.ts';
import { diagnose } from '../../log/diagnose.ts';
import type { Study } from '../../study/study.ts';
import { CortexError } from '../../util/errors.ts';
import type { Ports } from '../ports.ts';
import { emptyLog } from '../readDiagnosis.ts';
import { noSuchModel } from './errors.ts';
import { rateModels, type Rated } from './rateModels.ts';

/** What a new model is made from. */
export interface NewModelRequest {
  readonly survey: Survey;
  readonly language: StartLanguage;
  /** Absolute; made where it is not there. */
  readonly folder: string;
  /** Name of the first model that is wanted; `null`: the best of those tried. */
  readonly choose: string | null;
  /** A network of blocks that is wanted in place of the three; absent: none. */
  readonly vector?: Configuration;
  readonly signal: AbortSignal;
}

/** What was made: files that are there now, and how the three models did. */
export interface NewModel extends Started {
  readonly folder: string;
  readonly files: readonly string[];
  /** Why nothing was tried (no Python, say); `null` where it was. */
  readonly untried: string | null;
}

/** What making files and opening them takes. */
export interface StartPorts extends Pick<Ports, 'syntax' | 'trainer' | 'onEvent'> {
  /** Path of the data as seen from the new folder. */
  readonly placeOf: (folder: string, data: string) => string;
  /** Writes files that are not there yet; refuses where one is. */
  readonly create: (folder: string, files: readonly StartFile[]) => Promise<void>;
  /** Writes a file that this run has made. */
  readonly replace: (folder: string, file: StartFile) => Promise<void>;
  /** Takes away what this run has made. */
  readonly remove: (folder: string, names: readonly string[]) => Promise<void>;
  readonly openStudy: (folder: string) => Promise<Study>;
}

const NOTE = 'DATA.md';

/**
 * Writes a first model for a person's data: three of different kind are written and trained once
 * beside simple references, and the best of them (or the one that is asked for) stays. Rejects with
 * an `input` error where the data cannot be trained on; nothing is left behind then.
 */
export async function newModel(request: NewModelRequest, ports: StartPorts): Promise<NewModel> {
  const { survey, language, folder, choose, vector } = request;
  const models = vector ? [modelOfVector(vector, survey)] : firstModels(survey, language);
  if (choose !== null && !models.some(({ name }) => name === choose))
    throw noSuchModel(choose, models);
  const texts = await textsOf(models, request, ports);
  const place = { data: ports.placeOf(folder, survey.path), language };
  const { model } = FILES[language];
  const files: readonly StartFile[] = [
    { name: model, text: texts[0] ?? '' },
    ...startFiles(survey, place),
    { name: NOTE, text: '' },
  ];
  const names = files.map(({ name }) => name);
  await ports.create(folder, files);
  try {
    return await finish({ request, models, texts, names }, ports);
  } catch (error) {
    await ports.remove(folder, names);
    throw error;
  }
}

const textsOf = (
  models: readonly FirstModel[],
  { survey, language }: NewModelRequest,
  { syntax }: StartPorts,
): Promise<readonly string[]> =>
  Promise.all(
    models.map(({ sketch }) => writeBuilder({ sketch, language, ...sizesOf(survey) }, syntax)),
  );

interface Begun {
  readonly request: NewModelRequest;
  readonly models: readonly FirstModel[];
  readonly texts: readonly string[];
  readonly names: readonly string[];
}

async function finish(begun: Begun, ports: StartPorts): Promise<NewModel> {
  const { request, models, texts, names } = begun;
  const { survey, language, folder, choose } = request;
  const study = await ports.openStudy(folder);
  const rated = await ratedOrUntried(begun, study, ports);
  const chosen = choose ?? rated.best ?? models[0]?.name ?? '';
  const text = texts[models.findIndex(({ name }) => name === chosen)] ?? '';
  const started: Started = {
    survey,
    chosen,
    models: models.map((model, index) => scored(model, rated.scores[index])),
    references: rated.references,
    metric: objectiveOf(study.config).metric,
    searchable: searchable(study, text, language, ports),
  };
  await ports.replace(folder, { name: FILES[language].model, text });
  await ports.replace(folder, { name: NOTE, text: startNote(started) });
  return { ...started, folder, files: names, untried: rated.untried };
}

const scored = (model: FirstModel, outcome: Rated['scores'][number] | undefined): RatedModel => ({
  ...model,
  score: outcome?.score ?? null,
  failure: outcome?.failure ?? null,
});

/** A machine without what trains the language still gets its files. */
async function ratedOrUntried(
  { request, texts, models }: Begun,
  study: Study,
  ports: StartPorts,
): Promise<Rated & { readonly untried: string | null }> {
  try {
    const named = models.map(({ name }, index) => ({ name, text: texts[index] ?? '' }));
    return { ...(await rateModels(study, named, request.signal, ports)), untried: null };
  } catch (error) {
    if (!(error instanceof CortexError) || error.kind !== 'environment') throw error;
    return {
      references: null,
      scores: [],
      best: null,
      untried: `${error.happened} ${error.remedy}`,
    };
  }
}

/** The dimensions that a search of the model would have. */
function searchable(
  study: Study,
  text: string,
  language: StartLanguage,
  { syntax }: StartPorts,
): readonly string[] {
  const read = syntax.read(text, sourceLanguage(language), study.config);
  if (!read.ok) return [];
  const context = openContext({
    study,
    model: { text, language: sourceLanguage(language), path: study.modelPath },
    architecture: read.value,
    diagnosis: diagnose(emptyLog('no training log yet')),
    data: null,
    parent: null,
  });
  return readSpace(context, null)
    .space.dimensions.map(({ name }) => name)
    .slice(0, 12);
}
