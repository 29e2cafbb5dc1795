import { isNestedDeeper } from '../../util/nesting.ts';
import { refuse, type Result } from '../../util/result.ts';
import { isCutOff, jsonInText } from './jsonInText.ts';

/** Longer answers are not read at all: an edit of one builder is a few kilobytes. */
export const LONGEST_ANSWER = 200_000;

/** An edit's arguments are lists of lists at most; readers recurse over deeper ones. */
const DEEPEST_ANSWER = 100;

/**
 * The first JSON, fenced JSON or JSON inside prose that `validate` accepts; a malformed answer is a
 * normal outcome and says in one sentence what is wrong.
 */
export function readJson<Value>(
  text: string,
  validate: (json: unknown) => Result<Value, string>,
): Result<Value, string> {
  if (text.trim() === '') return refuse('The answer is empty.');
  if (text.length > LONGEST_ANSWER)
    return refuse(`The answer has ${text.length} characters; at most ${LONGEST_ANSWER} are read.`);
  let problem: string | null = null;
  for (const candidate of jsonInText(text)) {
    const read = readCandidate(candidate, validate);
    if (read?.ok) return read;
    problem ??= read?.error ?? null;
  }
  return refuse(problem ?? withoutJson(text));
}

const TOO_DEEP: Result<never, string> = refuse(
  `The answer is nested deeper than ${DEEPEST_ANSWER} levels; it is not read.`,
);

const withoutJson = (text: string): string =>
  isCutOff(text)
    ? 'The answer breaks off in the middle of its JSON.'
    : 'The answer holds no JSON object.';

/** `null` where it is no JSON. */
function readCandidate<Value>(
  text: string,
  validate: (json: unknown) => Result<Value, string>,
): Result<Value, string> | null {
  const json = parseJson(text);
  if (json === undefined) return null;
  return isNestedDeeper(text, DEEPEST_ANSWER) ? TOO_DEEP : validate(json);
}

/** `undefined` where it is not JSON: prose has braces too. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
