import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { languageOf } from '../../model/modelFile.ts';
import { DATA_MODULES, hasLoader } from '../../study/dataModule.ts';
import { RUN_SAYS, STUDY_FILE_SAYS } from '../../study/lengths.ts';
import type { Lengths, Study } from '../../study/study.ts';
import { studyConfigSchema, type StudyConfig } from '../../record/studyConfig.ts';
import { sha256 } from '../../util/sha256.ts';
import { cacheFolder } from './cacheFolder.ts';
import { readConfig } from './readConfig.ts';
import { statOrNull } from './system.ts';

/** Folder of all that was learned from runs of users' scripts. */
export const attachedFolder = (): string => join(cacheFolder(), 'attached');

/** The study file that stands for a model file whose script was attached. */
export const attachedStudyPath = (modelPath: string): string =>
  join(attachedFolder(), `${sha256(modelPath).slice(0, 16)}.json`);

/** Keys that a run of the user's script tells, each for itself: the study file's own go before. */
const LEARNED = ['epochs', 'batchSize', 'split'] as const;

/** A study's settings, and who said how long it trains. */
export interface Settings {
  readonly config: StudyConfig;
  readonly lengths: Lengths;
}

/**
 * What the user's study file says (`stated`: its keys), over what was learned from a run of his
 * script; the defaults where there is neither.
 */
export async function withAttached(
  own: StudyConfig | null,
  { modelPath, stated }: { readonly modelPath: string; readonly stated: readonly string[] },
): Promise<Settings> {
  const path = attachedStudyPath(modelPath);
  const config = own ?? studyConfigSchema.parse({});
  const isAttached =
    own?.train === undefined && own?.data === undefined && (await statOrNull(path)) !== null;
  if (!isAttached) return { config, lengths: lengthsOf(stated, null) };
  const learned = await readConfig(path);
  const kept = Object.fromEntries(
    LEARNED.filter((key) => !stated.includes(key)).map((key) => [key, learned[key]]),
  );
  return {
    config: { ...config, data: learned.data, script: learned.script, ...kept },
    lengths: lengthsOf(stated, RUN_SAYS),
  };
}

function lengthsOf(stated: readonly string[], other: string | null): Lengths {
  const by = (key: string): string | null => (stated.includes(key) ? STUDY_FILE_SAYS : other);
  return { epochs: by('epochs'), batchSize: by('batchSize') };
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
