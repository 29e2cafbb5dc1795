import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { languageOf } from '../../model/modelFile.ts';
import { DATA_MODULES, hasLoader } from '../../study/dataModule.ts';
import type { Study } from '../../study/study.ts';
import type { StudyConfig } from '../../record/studyConfig.ts';
import { sha256 } from '../../util/sha256.ts';
import { cacheFolder } from './cacheFolder.ts';
import { readConfig } from './readConfig.ts';
import { statOrNull } from './system.ts';

/** Folder of all that was learned from runs of users' scripts. */
export const attachedFolder = (): string => join(cacheFolder(), 'attached');

/** The study file that stands for a model file whose script was attached. */
export const attachedStudyPath = (modelPath: string): string =>
  join(attachedFolder(), `${sha256(modelPath).slice(0, 16)}.json`);

/**
 * What the user's study file says, over what was learned from a run of his script; the defaults
 * where there is neither.
 */
export async function withAttached(
  own: StudyConfig | null,
  modelPath: string,
): Promise<StudyConfig | null> {
  const path = attachedStudyPath(modelPath);
  if (own?.train !== undefined || own?.data !== undefined || !(await statOrNull(path))) return own;
  const learned = await readConfig(path);
  return own === null ? learned : { ...own, data: learned.data, script: learned.script };
}

/**
 * Whether it is said what a study is trained on: in its settings, by a command that knows, or by a
 * module of data.
 */
export const hasData = async (study: Study): Promise<boolean> =>
  study.config.train !== undefined ||
  study.config.data !== undefined ||
  (await hasDataModule(study));

async function hasDataModule({ folder, modelPath }: Study): Promise<boolean> {
  if (languageOf(modelPath) === 'python')
    return (await statOrNull(join(folder, 'data.py'))) !== null;
  const texts = await Promise.all(
    DATA_MODULES.map((name) => readFile(join(folder, name), 'utf8').catch(() => '')),
  );
  return texts.some(hasLoader);
}
