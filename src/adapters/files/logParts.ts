import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pairedRuns } from '../../log/pairedRuns.ts';
import type { TrainingLog } from '../../log/trainingLog.ts';
import { fileAccessError } from './errors.ts';
import { noEventsError } from './logErrors.ts';
import { statOrNull } from './system.ts';

/**
 * The files that make up a log: itself, or those of the newest run of a TensorBoard folder: an
 * event file of its own or of `train/`, and after it that of `validation/`. Where there are none
 * (any more) those there were `before`; rejects for a folder that never had any.
 */
export async function partsOfLog(
  path: string,
  before: readonly string[] = [],
): Promise<readonly string[]> {
  const isFolder = await isDirectory(path);
  const parts = isFolder ? await partsOfFolder(path) : before;
  if (parts.length > 0) return parts;
  if (before.length > 0) return before;
  if (isFolder) throw noEventsError(path, await foldersWithEvents(path));
  return [path];
}

/** One run from what its parts show; `null` while the first shows no epoch. */
export function joinParts(
  path: string,
  [log, validation]: readonly (TrainingLog | null | undefined)[],
): TrainingLog | null {
  if (!log) return null;
  return { ...(validation ? pairedRuns(log, validation) : log), source: basename(path) };
}

async function partsOfFolder(path: string): Promise<string[]> {
  const [own, train, validation] = await Promise.all([
    eventFiles(path),
    eventFiles(join(path, 'train')),
    eventFiles(join(path, 'validation')),
  ]);
  const first = train.length > 0 ? train : own;
  return [first.at(-1), isBehind(validation, first) ? undefined : validation.at(-1)].filter(
    (part) => part !== undefined,
  );
}

/** The newest run has not validated yet: each writes one file into either folder. */
const isBehind = (validation: readonly string[], train: readonly string[]): boolean =>
  validation.length < train.length &&
  basename(validation.at(-1) ?? '') < basename(train.at(-1) ?? '');

/** The oldest first: names end in the second they were begun at. */
async function eventFiles(folder: string): Promise<string[]> {
  if (!(await isDirectory(folder))) return [];
  return (await entriesOf(folder))
    .map(({ name }) => name)
    .filter((name) => name.includes('.tfevents.'))
    .sort()
    .map((name) => join(folder, name));
}

/** Those of its folders that could be meant. */
async function foldersWithEvents(path: string): Promise<string[]> {
  const folders = (await entriesOf(path))
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  const holding = await Promise.all(
    folders.map(async (name) => (await partsOfFolder(join(path, name))).length > 0),
  );
  return folders.filter((_, i) => holding[i]);
}

const isDirectory = async (path: string): Promise<boolean> =>
  (await statOrNull(path))?.isDirectory() ?? false;

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    throw fileAccessError(folder, 'read', error);
  }
}
