import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Uri, workspace } from 'vscode';
import { outsideWorkspaceError, toolInputError } from './errors.ts';

/**
 * What a language model called a tool with: said to match the schema in package.json, checked all
 * the same.
 */
export type ToolInput = Readonly<Record<string, unknown>>;

/** A text of the input; `undefined` where it is not given. Throws `vscode-tool-input`. */
export function textIn(input: ToolInput, key: string): string | undefined {
  const value = input[key];
  if (value === undefined || (typeof value === 'string' && value !== '')) return value;
  throw toolInputError(key, 'a text');
}

/**
 * A whole number of the input, from 1 to `most`; `undefined` where it is not given. Throws
 * `vscode-tool-input`.
 */
export function countIn(input: ToolInput, key: string, most: number): number | undefined {
  const value = input[key];
  if (value === undefined) return undefined;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most)
    return value;
  throw toolInputError(key, `a whole number from 1 to ${most}`);
}

/**
 * A path of the input, made absolute; relative ones start at an open folder. Throws where it leads
 * out of the workspace.
 */
export function pathIn(input: ToolInput, key: string): string {
  const path = textIn(input, key);
  if (path === undefined) throw toolInputError(key, 'a path');
  const candidates = (workspace.workspaceFolders ?? []).map(({ uri }) => resolve(uri.fsPath, path));
  const absolute = candidates.find((candidate) => existsSync(candidate)) ?? candidates[0];
  if (absolute === undefined || !workspace.getWorkspaceFolder(Uri.file(absolute)))
    throw outsideWorkspaceError(path);
  return absolute;
}
