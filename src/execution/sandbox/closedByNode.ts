import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Launch } from '../launch.ts';
import type { Rights } from './rights.ts';

/**
 * Where the system confines nothing: Node's permission model is told which files may be read. It
 * refuses the rest, all writing, processes, threads, add-ons and its own bindings. A program that
 * is not Node runs as it is.
 */
export function closedByNode(launch: Launch, { folder, read }: Rights): Launch {
  if (!launch.arguments.includes(ANY_FILE)) return launch;
  const { assetFolder } = launch;
  const open = [assetFolder, join(assetFolder, '..', 'package.json'), launch.folder, ...read];
  return {
    ...launch,
    folder,
    arguments: launch.arguments.flatMap((argument) =>
      argument === ANY_FILE ? [...NO_DATABASE, ...allowed(open)] : [argument],
    ),
  };
}

const ANY_FILE = '--allow-fs-read=*';
/** Its files are not Node's, and no permission holds them. */
const NO_DATABASE = ['--no-experimental-sqlite'];

/** Under each name by which Node asks for a file: as it is written, and where its links lead. */
function allowed(paths: readonly string[]): readonly string[] {
  const names = paths.flatMap((path) => [path, ...realOf(path)]);
  return [...new Set(names)].map((name) => `--allow-fs-read=${name}`);
}

function realOf(path: string): readonly string[] {
  try {
    return [realpathSync(path)];
  } catch {
    // What is not there, but may come to be, has no other name.
    return [];
  }
}
