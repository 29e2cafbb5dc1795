import { basename, dirname, join } from 'node:path';
import { rankLogs, type LogCandidate } from '../../study/logLinks.ts';
import type { Logs } from '../../ports/logs.ts';
import { findModels, listNames } from './findModels.ts';
import { diskLogs } from './diskLogs.ts';
import { headOf, mentions, namesOf } from './logGlance.ts';
import { readSource } from './readSource.ts';
import { statOrNull } from './system.ts';

/** Who looks into logs. */
export type Glances = Pick<Logs, 'showsEpochs'>;

/** What training logs are called. */
const LOG_NAME =
  /\.log$|^(?:train|training|fit)[\w.-]*\.(?:txt|out)$|^(?:train|training|history|metrics|results|log)[\w.-]*\.(?:csv|jsonl|ndjson)$/i;
/** A file so named is meant to be a training log, so that an unreadable one is said to be one. */
const CERTAIN_NAME = /^train(?:ing)?[_-]?log\b/i;
/** Folders beside a model in which trainings leave their logs. */
const LOG_FOLDERS = /^(?:logs?|runs?|outputs?|results?|train(?:ing)?_logs?)$/i;
/** Of a folder full of logs, the newest are looked at. */
const MOST_LOGS = 20;

/**
 * The log a model's training left (`rankLogs`), the study's data left aside; `null` when there is
 * none.
 */
export const findLog = async (
  modelPath: string,
  dataPath: string | null,
  logs?: Glances,
): Promise<string | null> => (await findLogs(modelPath, dataPath, logs))[0] ?? null;

/**
 * The logs that may be a model's, the likeliest first: those beside it, and where there are none
 * those in folders for logs.
 */
export async function findLogs(
  modelPath: string,
  dataPath: string | null,
  logs: Glances = diskLogs,
): Promise<readonly string[]> {
  const folder = dirname(modelPath);
  const wanted = { modelPath, dataPath, logs };
  const beside = await logsIn([folder], 0, wanted);
  if (beside.length > 0) return beside;
  const folders = (await listNames(folder))
    .filter((name) => LOG_FOLDERS.test(name))
    .map((name) => join(folder, name));
  return logsIn(folders, 1, wanted);
}

/** Whose logs are looked for, and who looks into them. */
interface Wanted {
  readonly modelPath: string;
  readonly dataPath: string | null;
  readonly logs: Glances;
}

async function logsIn(
  folders: readonly string[],
  steps: number,
  { modelPath, dataPath, logs }: Wanted,
): Promise<readonly string[]> {
  const files = (await Promise.all(folders.map(filesOf))).flat();
  const named = files.filter(({ path }) => LOG_NAME.test(basename(path)) && path !== dataPath);
  const newest = named.toSorted((a, b) => b.modifiedAt - a.modifiedAt).slice(0, MOST_LOGS);
  const names = newest.length > 1 ? await modelNames(modelPath) : null;
  const candidates: LogCandidate[] = [];
  for (const { path, modifiedAt } of newest) {
    const whose = names ? whoseIs(await headOf(path), names) : 'nobody';
    candidates.push({
      path,
      names: whose,
      steps,
      modifiedAt,
      showsEpochs: await logs.showsEpochs(path),
      hasCertainName: CERTAIN_NAME.test(basename(path)),
    });
  }
  return rankLogs(candidates).map(({ path }) => path);
}

async function filesOf(
  folder: string,
): Promise<{ readonly path: string; readonly modifiedAt: number }[]> {
  if ((await statOrNull(folder))?.isDirectory() !== true) return [];
  const paths = (await listNames(folder)).map((name) => join(folder, name));
  const stats = await Promise.all(
    paths.map(async (path) => ({
      path,
      stats: LOG_NAME.test(basename(path)) ? await statOrNull(path) : null,
    })),
  );
  return stats.flatMap(({ path, stats: found }) =>
    found?.isFile() ? [{ path, modifiedAt: found.mtimeMs }] : [],
  );
}

interface ModelNames {
  readonly own: readonly string[];
  readonly others: readonly string[];
}

async function modelNames(modelPath: string): Promise<ModelNames> {
  const beside = (await findModels(dirname(modelPath))).filter(
    (name) => name !== basename(modelPath),
  );
  return { own: namesOf(modelPath, await readSource(modelPath)), others: beside };
}

function whoseIs(text: string, { own, others }: ModelNames): LogCandidate['names'] {
  if (mentions(text, own)) return 'this';
  return mentions(text, others) ? 'other' : 'nobody';
}
