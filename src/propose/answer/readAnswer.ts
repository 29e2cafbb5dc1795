import type { z } from 'zod';
import { ok, refuse, type Result } from '../../util/result.ts';
import { answerSchema, cannotMendSchema, type Answer } from './answer.ts';
import { readJson } from './readJson.ts';

/** What stood in a model's answer. */
type ReadAnswer =
  | { readonly kind: 'change'; readonly answer: Answer }
  | { readonly kind: 'cannot-mend'; readonly why: string };

/**
 * Reads JSON, fenced JSON or JSON inside prose; a malformed answer is a normal outcome and says in
 * one sentence what is wrong.
 */
export const readAnswer = (text: string): Result<ReadAnswer, string> => readJson(text, validate);

function validate(json: unknown): Result<ReadAnswer, string> {
  const given = cannotMendSchema.safeParse(json);
  if (given.success) return ok({ kind: 'cannot-mend', why: given.data.cannotMend });
  const read = answerSchema.safeParse(json);
  return read.success
    ? ok({ kind: 'change', answer: read.data })
    : refuse(`The answer does not have the form asked for: ${issuesOf(read.error)}.`);
}

const issuesOf = (error: z.ZodError): string =>
  error.issues
    .slice(0, 3)
    .map(({ path, message }) => `${path.length > 0 ? `${path.join('.')}: ` : ''}${message}`)
    .join('; ');
