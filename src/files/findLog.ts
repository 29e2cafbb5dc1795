import { join } from 'node:path';
import { CortexError } from '../core/errors.ts';
import { listNames } from './findModels.ts';
import { readLogFile } from './readLogFile.ts';
import { statOrNull } from './system.ts';

/** What training logs are called. */
const LOG_NAME = /\.log$|^(?:train|training|fit)[\w.-]*\.(?:txt|out)$|^(?:train|training|history|metrics|results|log)[\w.-]*\.(?:csv|jsonl|ndjson)$/i;
/** A file so named is meant to be a training log, so that an unreadable one is said to be one. */
const CERTAIN_NAME = /^train(?:ing)?[_-]?log\b/i;

/** How much of a log is looked at to see whether it is one, in bytes. */
const GLANCE = 256 * 1024;

/** The newest training log of a folder, the study's data left aside: a file with a log's name that shows epochs, else one whose name leaves no doubt; `null` when there is none. */
export async function findLog(folder: string, dataPath: string | null): Promise<string | null> {
  const paths = (await listNames(folder)).filter((name) => LOG_NAME.test(name)).map((name) => join(folder, name));
  const stats = await Promise.all(paths.map(async (path) => ({ path, stats: await statOrNull(path) })));
  const files = stats
    .filter(({ path, stats: found }) => found?.isFile() === true && path !== dataPath)
    .sort((a, b) => (b.stats?.mtimeMs ?? 0) - (a.stats?.mtimeMs ?? 0) || a.path.localeCompare(b.path));
  for (const { path } of files) if (await showsEpochs(path)) return path;
  return files.find(({ path }) => CERTAIN_NAME.test(path.slice(folder.length + 1)))?.path ?? null;
}

async function showsEpochs(path: string): Promise<boolean> {
  try {
    await readLogFile(path, { bytes: GLANCE });
    return true;
  } catch (error) {
    if (error instanceof CortexError) return false;
    throw error;
  }
}
