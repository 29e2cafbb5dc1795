import type { z } from 'zod';
import { ok, refuse, type Result } from '../../util/result.ts';
import { answerSchema, cannotMendSchema, type Answer } from './answer.ts';
import { isNestedDeeper } from '../../util/nesting.ts';
import { isCutOff, jsonInText } from './jsonInText.ts';

/** What stood in a model's answer. */
type ReadAnswer =
  | { readonly kind: 'change'; readonly answer: Answer }
  | { readonly kind: 'cannot-mend'; readonly why: string };

/** Longer answers are not read at all: an edit of one builder is a few kilobytes. */
export const LONGEST_ANSWER = 200_000;

/** An edit's arguments are lists of lists at most; readers recurse over deeper ones. */
const DEEPEST_ANSWER = 100;

/**
 * Reads JSON, fenced JSON or JSON inside prose; a malformed answer is a normal outcome and says in
 * one sentence what is wrong.
 */
export function readAnswer(text: string): Result<ReadAnswer, string> {
  if (text.trim() === '') return refuse('The answer is empty.');
  if (text.length > LONGEST_ANSWER)
    return refuse(`The answer has ${text.length} characters; at most ${LONGEST_ANSWER} are read.`);
  let problem: string | null = null;
  for (const candidate of jsonInText(text)) {
    const read = readCandidate(candidate);
    if (read?.ok) return read;
    problem ??= read?.error ?? null;
  }
  return refuse(problem ?? withoutJson(text));
}

const tooDeep: Result<ReadAnswer, string> = refuse(
  `The answer is nested deeper than ${DEEPEST_ANSWER} levels; it is not read.`,
);

const withoutJson = (text: string): string =>
  isCutOff(text)
    ? 'The answer breaks off in the middle of its JSON.'
    : 'The answer holds no JSON object.';

/** `null` where it is no JSON. */
function readCandidate(text: string): Result<ReadAnswer, string> | null {
  const json = parseJson(text);
  if (json === undefined) return null;
  return isNestedDeeper(text, DEEPEST_ANSWER) ? tooDeep : validate(json);
}

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

/** `undefined` where it is not JSON: prose has braces too. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
