import { studyConfigSchema } from '../../record/studyConfig.ts';
import type { StudyConfig } from '../../record/studyConfig.ts';
import { configKeysAt } from './configIssues.ts';
import { configSyntaxError, configValueError } from './errors.ts';
import { parseJson } from './parseJson.ts';
import { readSource } from './readSource.ts';

/**
 * Reads and validates a study file; rejects with the line, the key, what it got and what was
 * expected.
 */
export async function readConfig(path: string): Promise<StudyConfig> {
  return parseConfig(await readSource(path), path);
}

/** Parses the text of a study file; `path` is for the errors it throws. */
export const parseConfig = (text: string, path: string): StudyConfig =>
  parseJson(text, path, {
    schema: studyConfigSchema,
    keysAt: configKeysAt,
    syntaxError: configSyntaxError,
    valueError: configValueError,
  });
