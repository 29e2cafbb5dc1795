import { join } from 'node:path';
import {
  createFiles,
  placeOf,
  removeFiles,
  replaceFile,
} from '../adapters/files/data/startFolder.ts';
import { surveyInThread } from '../adapters/files/data/surveyInThread.ts';
import { openStudy } from '../adapters/files/openStudy.ts';
import type { Engine } from '../hosts/engine.ts';
import type { Ports } from '../loop/ports.ts';
import { firstModels } from '../propose/start/firstModels.ts';
import { newModel } from '../loop/start/newModel.ts';

/** What begins with data alone. */
export function composeStart(
  distFolder: string,
  ports: Ports,
): Pick<Engine, 'surveyData' | 'firstModels' | 'newModel'> {
  const start = {
    ...ports,
    placeOf,
    create: createFiles,
    replace: replaceFile,
    remove: removeFiles,
    openStudy: (folder: string) => openStudy(folder),
  };
  return {
    surveyData: (request, signal) =>
      surveyInThread(join(distFolder, 'survey.cjs'), request, signal),
    firstModels: (survey, language) => Promise.resolve(firstModels(survey, language)),
    newModel: (request) => newModel(request, start),
  };
}
