import type { z } from 'zod';
import { fileDataSchema } from '../../record/fileData.ts';
import { nearestWord } from './nearestWord.ts';
import { furtherObjectiveSchema, studyConfigSchema } from '../../record/studyConfig.ts';

type Issue = z.core.$ZodIssue;

/** A problem of a study file in words. */
interface ConfigProblem {
  readonly path: readonly (string | number)[];
  readonly happened: string;
  readonly expected: string;
}

/** The keys that may stand at a path of a file. */
export type KeysAt = (path: readonly (string | number)[]) => readonly string[];

/** Says which key is wrong, what it got and what was expected. */
export function describeIssue(issue: Issue, root: unknown, keysAt: KeysAt): ConfigProblem {
  if (issue.code === 'invalid_union') return describeUnion(issue, root, keysAt);
  const path = issue.path.filter((step) => typeof step !== 'symbol');
  if (issue.code === 'unrecognized_keys') return unknownKey(path, issue.keys[0] ?? '', keysAt);
  return {
    path,
    happened: `${nameOf(path)} ${gotOf(valueAt(root, path))}.`,
    expected: expectation(issue),
  };
}

/** The alternative that the value comes nearest to: the one whose first problem lies deepest. */
function describeUnion(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  root: unknown,
  keysAt: KeysAt,
): ConfigProblem {
  const alternatives = issue.errors
    .map((issues) => issues[0])
    .filter((first) => first !== undefined);
  const inner = alternatives.find(
    ({ path, code }) =>
      path.length > 0 || code === 'unrecognized_keys' || code === 'too_big' || code === 'too_small',
  );
  if (inner) return describeIssue({ ...inner, path: [...issue.path, ...inner.path] }, root, keysAt);
  const path = issue.path.filter((step) => typeof step !== 'symbol');
  const expected = alternatives
    .map((alternative) => expectation(alternative).replace(/\.$/, ''))
    .join(', or ');
  return {
    path,
    happened: `${nameOf(path)} ${gotOf(valueAt(root, path))}.`,
    expected: `${expected}.`,
  };
}

function unknownKey(
  path: readonly (string | number)[],
  key: string,
  keysAt: KeysAt,
): ConfigProblem {
  const known = keysAt(path);
  const guess = nearestWord(key, known);
  const hint = guess === null ? '' : ` Did you mean "${guess}"?`;
  return {
    path: [...path, key],
    happened: `${nameOf([...path, key])} is not a key of this file.${hint}`,
    expected: `one of ${known.join(', ')}.`,
  };
}

/** The keys that may stand at a path of a study file. */
export function configKeysAt(path: readonly (string | number)[]): string[] {
  const further = furtherObjectiveSchema.shape;
  const shapes: Readonly<Record<string, object>> = {
    split: studyConfigSchema.shape.split.unwrap().shape,
    limits: studyConfigSchema.shape.limits.unwrap().shape,
    preprocessing: studyConfigSchema.shape.preprocessing.unwrap().shape,
    // The first objective, alone or in a list, is optimised; only the ones after it have limits.
    objective:
      Number(path[1] ?? 0) > 0 ? further : { metric: further.metric, direction: further.direction },
    data: fileDataSchema.shape,
  };
  return Object.keys(path.length === 0 ? studyConfigSchema.shape : (shapes[String(path[0])] ?? {}));
}

/** zod's message without what it received: that is said in our own words. */
function expectation({ message }: Issue): string {
  const text = message
    .replace(/^[A-Z][a-z ]+: /, '')
    .replace(/, received .*$/, '')
    .replace(/^expected /, '');
  const plain = text
    .replace(/^int\b/, 'a whole number')
    .replace(/^(string|number|boolean)\b/, 'a $1')
    .replace(/^(object|array)\b/, 'an $1');
  return `${plain.replace('a number to be', 'a number')}.`;
}

const nameOf = (path: readonly (string | number)[]): string =>
  path.length === 0 ? 'the file' : `"${path.map(stepText).join('')}"`;

function stepText(step: string | number, index: number): string {
  if (typeof step === 'number') return `[${step}]`;
  return index > 0 ? `.${step}` : step;
}

const gotOf = (value: unknown): string =>
  value === undefined ? 'is missing' : `is ${shorten(JSON.stringify(value))}`;

const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text);

function valueAt(root: unknown, path: readonly (string | number)[]): unknown {
  let value = root;
  for (const step of path)
    value = typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined;
  return value;
}
