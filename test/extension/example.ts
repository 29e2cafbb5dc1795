import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Uri, workspace } from 'vscode';

/** The folder VS Code has open: a copy of the digits example. */
function exampleFolder(): string {
  const folder = workspace.workspaceFolders?.[0];
  if (!folder) throw new Error('VS Code has no folder open.');
  return folder.uri.fsPath;
}

/** Its model file. */
export const modelUri = (): Uri => Uri.file(join(exampleFolder(), 'model.ts'));

/** The model file as it is on disk. */
export const modelOnDisk = (): Promise<string> => readFile(modelUri().fsPath, 'utf8');

/** Runs git in the example. */
export async function git(...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('git', args, {
    cwd: exampleFolder(),
    env: { ...process.env, GIT_OPTIONAL_LOCKS: '0' },
  });
  return stdout.trim();
}

/** Verdicts on the study's branch, newest first. */
export async function verdicts(): Promise<string[]> {
  const branches = await git('branch', '--list', 'cortex/*', '--format=%(refname)');
  if (branches === '') return [];
  const text = await git(
    'log',
    branches,
    '--format=%(trailers:key=Cortex-Verdict,valueonly,separator=%x2C)',
  );
  return text.split('\n').filter(Boolean);
}

/** Asks until there is an answer; rejects after `seconds`. */
export async function until<T>(
  what: string,
  ask: () => T | undefined | Promise<T | undefined>,
  seconds = 60,
): Promise<T> {
  for (const end = performance.now() + seconds * 1000; performance.now() < end; await sleep(50)) {
    const answer = await ask();
    if (answer !== undefined) return answer;
  }
  throw new Error(`Waited ${seconds} s for ${what}.`);
}
