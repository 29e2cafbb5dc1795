import { writeFile } from 'node:fs/promises';
import { applyEdits, modify } from 'jsonc-parser';
import { patternOf } from '../../log/patternOf.ts';
import type { NamedNumber } from '../../ports/logs.ts';
import { fileAccessError } from './errors.ts';
import { noNumberError, noStudyFileError } from './logErrors.ts';
import { studyFileBeside } from './patternBeside.ts';
import { parseConfig } from './readConfig.ts';
import { readSource } from './readSource.ts';

/**
 * Writes into the study file beside a log how lines like one of it are read: its number at an
 * offset is the series of that name. Gives the expression; rejects where there is no study file.
 */
export async function nameInLog(
  logPath: string,
  { line, offset, name }: NamedNumber,
): Promise<{ readonly path: string; readonly pattern: string }> {
  const path = await studyFileBeside(logPath);
  if (path === null) throw noStudyFileError(logPath);
  const before = await readSource(path);
  const pattern = patternOf(line, offset, name, parseConfig(before, path).logPattern);
  if (pattern === null) throw noNumberError(logPath);
  const text = withPattern(before, pattern);
  parseConfig(text, path);
  try {
    await writeFile(path, text);
  } catch (error) {
    throw fileAccessError(path, 'written', error);
  }
  return { path, pattern };
}

/** The text of a study file with this `logPattern`, otherwise as it was. */
const withPattern = (text: string, pattern: string): string =>
  applyEdits(
    text,
    modify(text, ['logPattern'], pattern, {
      formattingOptions: {
        insertSpaces: true,
        tabSize: 2,
        eol: text.includes('\r\n') ? '\r\n' : '\n',
      },
    }),
  );
