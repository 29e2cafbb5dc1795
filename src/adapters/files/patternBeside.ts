import { dirname, join } from 'node:path';
import type { StudyConfig } from '../../record/studyConfig.ts';
import type { TrainingLog } from '../../log/trainingLog.ts';
import { STUDY_FILE } from './findModelPath.ts';
import { followLog } from './followLog.ts';
import type { FollowOptions } from './followLog.ts';
import { readConfig } from './readConfig.ts';
import { statOrNull } from './system.ts';

/**
 * How a log is to be read by the study file beside it or in the folder above it: its `logPattern`,
 * where it gives one. Rejects as reading a study file does.
 */
export async function patternBeside(logPath: string): Promise<{ readonly pattern?: string }> {
  const path = await studyFileBeside(logPath);
  return path === null ? {} : choiceOf(await readConfig(path));
}

/** The study file beside a log or in the folder above it; `null` where there is none. */
export async function studyFileBeside(logPath: string): Promise<string | null> {
  for (const folder of [dirname(logPath), dirname(dirname(logPath))]) {
    const path = join(folder, STUDY_FILE);
    if ((await statOrNull(path))?.isFile()) return path;
  }
  return null;
}

/** Follows a log, its lines read as `patternBeside` says where the options give no pattern. */
export async function* followByPattern(
  logPath: string,
  options: FollowOptions,
): AsyncGenerator<TrainingLog | null> {
  yield* followLog(logPath, { ...(await patternBeside(logPath)), ...options });
}

const choiceOf = ({ logPattern }: StudyConfig): { readonly pattern?: string } =>
  logPattern === undefined ? {} : { pattern: logPattern };
