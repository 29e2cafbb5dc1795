import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './run.ts';

const git = ['-c', 'user.name=Cortex', '-c', 'user.email=cortex@localhost', '-c', 'commit.gpgsign=false', '-c', 'core.hooksPath='];

/** A copy of `examples/digits` inside `folder`, as a git repository with one commit; returns its path. */
export async function exampleWorkspace(root: string, folder: string): Promise<string> {
  const workspace = join(folder, 'digits');
  await mkdir(folder, { recursive: true });
  await cp(join(root, 'examples', 'digits'), workspace, { recursive: true });
  await run('git', ['init', '--quiet', '--initial-branch=main'], { cwd: workspace });
  await run('git', ['add', '--all'], { cwd: workspace });
  await run('git', [...git, 'commit', '--quiet', '--message', 'The digits example'], { cwd: workspace });
  return workspace;
}
