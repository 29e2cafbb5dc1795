import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { exampleWorkspace } from '../../vscode/workspace.ts';

export const root = join(import.meta.dirname, '..', '..', '..');
const cli = join(root, 'dist', 'cli.cjs');

/** Plain words: a terminal of continuous integration is given colours. */
const env = { ...process.env, NO_COLOR: '1' };

/** How a run of the terminal program ended. */
export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built `cortex` in a folder, as a user would. */
export const cortex = (folder: string, ...args: readonly string[]): Promise<Run> =>
  cortexWith({}, folder, args);

/** The same with more in its environment. */
export function cortexWith(
  added: Readonly<Record<string, string>>,
  folder: string,
  args: readonly string[],
): Promise<Run> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [cli, ...args],
      { cwd: folder, env: { ...env, ...added }, maxBuffer: 1e8 },
      (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
      },
    );
  });
}

/** Starts `cortex` and leaves it running. */
export const startCortex = (folder: string, ...args: readonly string[]): ChildProcess =>
  spawn(process.execPath, [cli, ...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });

export const git = async (folder: string, ...args: readonly string[]): Promise<string> =>
  (await promisify(execFile)('git', [...args], { cwd: folder })).stdout;

/** A copy of the digits example in a repository of its own; `remove` deletes it. */
export async function digitsCopy(): Promise<{
  readonly folder: string;
  readonly remove: () => Promise<void>;
}> {
  const parent = await mkdtemp(join(tmpdir(), 'cortex-cli-'));
  const folder = await exampleWorkspace(root, parent);
  return { folder, remove: () => rm(parent, { recursive: true, force: true }) };
}
