import { cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './run.ts';

const git = [
  '-c',
  'user.name=Cortex',
  '-c',
  'user.email=cortex@localhost',
  '-c',
  'commit.gpgsign=false',
  '-c',
  'core.hooksPath=',
];

/**
 * A copy of an example (`digits`) in `folder`, a git repository with one commit; `changes` go
 * into its `cortex.json`. Returns its path.
 */
export async function exampleWorkspace(
  root: string,
  folder: string,
  changes: Readonly<Record<string, unknown>> = {},
  example = 'digits',
): Promise<string> {
  const workspace = join(folder, example);
  await mkdir(folder, { recursive: true });
  await linkPackages(root, folder);
  await cp(join(root, 'examples', example), workspace, { recursive: true });
  await changeStudy(workspace, changes);
  await commitAll(workspace, `The ${example} example`);
  return workspace;
}

/** A copy of a project of the tests in `folder`, a git repository with one commit. */
export async function projectWorkspace(
  root: string,
  folder: string,
  project: string,
): Promise<string> {
  const workspace = join(folder, project);
  await mkdir(folder, { recursive: true });
  await cp(join(root, 'test', 'projects', project), workspace, { recursive: true });
  await commitAll(workspace, 'A project');
  return workspace;
}

async function commitAll(workspace: string, message: string): Promise<void> {
  await run('git', ['init', '--quiet', '--initial-branch=main'], { cwd: workspace });
  await run('git', ['add', '--all'], { cwd: workspace });
  await run('git', [...git, 'commit', '--quiet', '--message', message], { cwd: workspace });
}

/**
 * Lets code in `folder` find the project's packages: no editor then underlines `@tensorflow/tfjs`.
 */
export async function linkPackages(root: string, folder: string): Promise<void> {
  const link = join(folder, 'node_modules');
  await rm(link, { force: true });
  await symlink(join(root, 'node_modules'), link, 'junction');
}

/** Changes keys of a folder's `cortex.json`. */
export async function changeStudy(
  folder: string,
  changes: Readonly<Record<string, unknown>>,
): Promise<void> {
  if (Object.keys(changes).length === 0) return;
  const path = join(folder, 'cortex.json');
  const content = JSON.parse(await readFile(path, 'utf8')) as object;
  await writeFile(path, `${JSON.stringify({ ...content, ...changes }, null, 2)}\n`);
}
