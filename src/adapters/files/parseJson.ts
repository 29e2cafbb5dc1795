import { findNodeAtLocation, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Node, ParseError } from 'jsonc-parser';
import type * as z from 'zod';
import type { CortexError } from '../../util/errors.ts';
import { isNestedDeeper } from '../../util/nesting.ts';
import { describeIssue, type KeysAt } from './configIssues.ts';

/** A kind of JSON file that people write, and what is said where one is wrong. */
export interface JsonKind<Schema extends z.ZodType> {
  readonly schema: Schema;
  /** The keys that may stand at a path. */
  readonly keysAt: KeysAt;
  readonly syntaxError: (
    path: string,
    where: { readonly line: number; readonly column: number },
    what: string,
  ) => CortexError;
  readonly valueError: (
    path: string,
    problem: { readonly happened: string; readonly expected: string; readonly line: number },
  ) => CortexError;
}

/** Levels; a study file has five. */
const DEEPEST = 100;

/**
 * Parses the text of a file; throws the kind's errors, with the line, the key, what it got and what
 * was expected. `path` is for them.
 */
export function parseJson<Schema extends z.ZodType>(
  text: string,
  path: string,
  kind: JsonKind<Schema>,
): z.infer<Schema> {
  const json = text.replace(/^\uFEFF/, '');
  if (isNestedDeeper(json, DEEPEST))
    throw kind.syntaxError(path, { line: 1, column: 1 }, 'it is nested too deep to be read');
  const errors: ParseError[] = [];
  const tree = parseTree(json, errors, { disallowComments: true });
  const [first] = errors;
  if (first) throw kind.syntaxError(path, placeOf(json, first.offset), wordsOf(first));
  if (!tree) throw kind.syntaxError(path, { line: 1, column: 1 }, 'the file is empty');
  const value: unknown = JSON.parse(json);
  const result = kind.schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  if (!issue) throw result.error;
  const problem = describeIssue(issue, value, kind.keysAt);
  const { line } = placeOf(
    json,
    (findNodeAtLocation(tree, [...problem.path]) ?? nearest(tree, problem.path)).offset,
  );
  const more = result.error.issues.length - 1;
  const others = more > 0 ? ` (and ${more} more)` : '';
  throw kind.valueError(path, {
    happened: `line ${line}: ${problem.happened}${others}`,
    expected: problem.expected,
    line,
  });
}

function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** `CommaExpected` → `comma expected`. */
const wordsOf = ({ error }: ParseError): string =>
  printParseErrorCode(error)
    .replace(/(?<=[a-z])[A-Z]/g, ' $&')
    .toLowerCase();

/**
 * The node of the longest part of a path that exists: a missing key is shown where it should stand.
 */
function nearest(tree: Node, path: readonly (string | number)[]): Node {
  for (let length = path.length - 1; length > 0; length -= 1) {
    const node = findNodeAtLocation(tree, path.slice(0, length));
    if (node) return node;
  }
  return tree;
}
