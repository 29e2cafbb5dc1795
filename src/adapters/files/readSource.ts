import { readFile } from 'node:fs/promises';
import { isNotebook, scriptOf } from '../../model/notebook.ts';
import {
  fileAccessError,
  LARGEST_MODEL,
  missingPathError,
  modelIsFolderError,
  modelNotTextError,
  modelTooLargeError,
  notANotebookError,
} from './errors.ts';
import { statOrNull } from './system.ts';

/**
 * The exact text of a source file: BOM, line ends and final newline stay. Rejects folders, what is
 * too large, and what is not UTF-8.
 */
export async function readSource(path: string): Promise<string> {
  const stats = await statOrNull(path);
  if (!stats) throw missingPathError(path);
  if (!stats.isFile()) throw modelIsFolderError(path);
  if (stats.size > LARGEST_MODEL) throw modelTooLargeError(path, stats.size);
  return decode(path, await readBytes(path));
}

/** The code of a model file: its text, or that of a notebook's cells. Rejects a broken notebook. */
export async function readCode(path: string): Promise<string> {
  const text = await readSource(path);
  if (!isNotebook(path)) return text;
  const script = scriptOf(text);
  if (script === null) throw notANotebookError(path);
  return script;
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw fileAccessError(path, 'read', error);
  }
}

function decode(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw modelNotTextError(path, error);
  }
}
