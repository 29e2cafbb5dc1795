import { findNodeAtLocation, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Node, ParseError } from 'jsonc-parser';
import { studyConfigSchema } from '../../record/studyConfig.ts';
import type { StudyConfig } from '../../record/studyConfig.ts';
import { isNestedDeeper } from '../../util/nesting.ts';
import { describeIssue } from './configIssues.ts';
import { configSyntaxError, configValueError } from './errors.ts';
import { readSource } from './readSource.ts';

/**
 * Reads and validates a study file; rejects with the line, the key, what it got and what was
 * expected.
 */
export async function readConfig(path: string): Promise<StudyConfig> {
  return parseConfig(await readSource(path), path);
}

/** Levels; a study file has five. */
const DEEPEST_CONFIG = 100;

/** Parses the text of a study file; `path` is for the errors it throws. */
export function parseConfig(text: string, path: string): StudyConfig {
  const json = text.replace(/^\uFEFF/, '');
  if (isNestedDeeper(json, DEEPEST_CONFIG))
    throw configSyntaxError(path, { line: 1, column: 1 }, 'it is nested too deep to be read');
  const errors: ParseError[] = [];
  const tree = parseTree(json, errors, { disallowComments: true });
  const [first] = errors;
  if (first) throw configSyntaxError(path, placeOf(json, first.offset), wordsOf(first));
  if (!tree) throw configSyntaxError(path, { line: 1, column: 1 }, 'the file is empty');
  const value: unknown = JSON.parse(json);
  const result = studyConfigSchema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  if (!issue) throw result.error;
  const problem = describeIssue(issue, value);
  const { line } = placeOf(
    json,
    (findNodeAtLocation(tree, [...problem.path]) ?? nearest(tree, problem.path)).offset,
  );
  const more = result.error.issues.length - 1;
  const others = more > 0 ? ` (and ${more} more)` : '';
  throw configValueError(path, {
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
