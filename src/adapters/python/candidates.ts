import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, parse } from 'node:path';

/** Where an interpreter may be, and why there. */
export interface Interpreter {
  readonly path: string;
  /** `VIRTUAL_ENV`, `.venv of the project`, … */
  readonly source: string;
}

/** What the user has said about interpreters. */
export interface PythonChoice {
  /** Named in a setting or on the command line: it alone is asked. */
  readonly named: string | null;
  /** Chosen in the editor for this folder: asked first. */
  readonly chosen: string | null;
}

const windows = process.platform === 'win32';

/**
 * Interpreters of a project, best first: what the user named alone, else what is chosen in the
 * editor, what is active, what stands in the project, what its tools manage, and what the system
 * calls Python.
 */
export async function candidatesFor(
  folder: string,
  { named, chosen }: PythonChoice,
): Promise<readonly Interpreter[]> {
  if (named) return [{ path: named, source: 'the setting cortex.python' }];
  const { env } = process;
  return [
    ...(chosen === null ? [] : [{ path: chosen, source: 'chosen in the Python extension' }]),
    ...environment(env['VIRTUAL_ENV'], 'VIRTUAL_ENV'),
    ...environment(env['CONDA_PREFIX'], 'the active conda environment'),
    ...upward(folder).flatMap(projectEnvironments),
    ...(await managed(folder)),
    ...SYSTEM.map((path) => ({ path, source: 'the system' })),
  ];
}

const SYSTEM = windows ? ['py', 'python'] : ['python3', 'python'];

const PROJECT = ['.venv', 'venv', 'env', join('.pixi', 'envs', 'default')];

const projectEnvironments = (folder: string): readonly Interpreter[] =>
  PROJECT.flatMap((name) => environment(join(folder, name), `${name} of ${folder}`));

function environment(folder: string | undefined, source: string): readonly Interpreter[] {
  if (!folder) return [];
  const places = windows
    ? [join(folder, 'Scripts', 'python.exe'), join(folder, 'python.exe')]
    : [join(folder, 'bin', 'python')];
  return places.filter((path) => existsSync(path)).map((path) => ({ path, source }));
}

/** The folder and all above it, nearest first. */
function upward(folder: string): readonly string[] {
  const all = [folder];
  for (let at = folder; at !== parse(at).root; at = dirname(at)) all.push(dirname(at));
  return all;
}

/** Poetry keeps its environments elsewhere; it is asked where. Others keep them inside. */
async function managed(folder: string): Promise<readonly Interpreter[]> {
  for (const at of upward(folder)) {
    const project = await readFile(join(at, 'pyproject.toml'), 'utf8').catch(() => null);
    if (project === null) continue;
    return /^\[tool\.poetry/m.test(project)
      ? [{ path: 'poetry', source: `the poetry project ${at}` }]
      : [];
  }
  return [];
}
