import { basename } from 'node:path';
import { CortexError } from '../../util/errors.ts';
import { encodingOf } from './textEncoding.ts';
import { openLogFile, readLogFile } from './readLogFile.ts';

/** How much of a log is looked at to see whether it is one, in bytes. */
const GLANCE = 256 * 1024;

/** How much of a log is searched for the name of a model, in bytes. */
const HEAD = 64 * 1024;

/** The first part of a log shows epochs. */
export async function showsEpochs(path: string): Promise<boolean> {
  try {
    await readLogFile(path, { bytes: GLANCE });
    return true;
  } catch (error) {
    if (error instanceof CortexError) return false;
    throw error;
  }
}

/** The first lines of a log as text; empty where it is none. */
export async function headOf(path: string): Promise<string> {
  const file = await openLogFile(path);
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(HEAD), 0, HEAD, 0);
    const bytes = buffer.subarray(0, bytesRead);
    const encoding = encodingOf(bytes);
    return encoding === null ? '' : new TextDecoder(encoding).decode(bytes);
  } finally {
    await file.close();
  }
}

/** Names under which a log may speak of a model: its file, and the classes its source declares. */
export const namesOf = (modelPath: string, source: string): readonly string[] => [
  basename(modelPath),
  ...[...source.matchAll(/^[ \t]*(?:export\s+(?:default\s+)?)?class\s+(\w{4,})/gm)].map(
    (match) => match[1] ?? '',
  ),
];

/** One of the names stands in the text as a word of its own. */
export const mentions = (text: string, names: readonly string[]): boolean =>
  names.some((name) =>
    new RegExp(`(?<![\\w.])${name.replace(/[^\w]/g, String.raw`\$&`)}(?!\\w|\\.\\w)`).test(text),
  );
