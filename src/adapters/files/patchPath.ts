import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/**
 * A file as `git apply` names it in a patch: from the top of its repository, or from `folder` where
 * there is none.
 */
export function patchPath(file: string, folder: string): string {
  const top = repositoryOf(dirname(file)) ?? folder;
  return relative(top, file).split(sep).join('/');
}

function repositoryOf(folder: string): string | null {
  if (existsSync(join(folder, '.git'))) return folder;
  const above = dirname(folder);
  return above === folder ? null : repositoryOf(above);
}
