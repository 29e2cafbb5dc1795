import * as z from 'zod';
import { studyConfigSchema } from '../record/studyConfig.ts';

/**
 * The JSON schema of `cortex.json`, by which editors complete and check it: what a user may write,
 * defaults unfilled.
 */
export const configJsonSchema = (): object => ({
  title: 'Cortex study',
  ...z.toJSONSchema(studyConfigSchema, { io: 'input', target: 'draft-7' }),
});
