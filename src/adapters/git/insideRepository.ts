import { realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { nearestPlace } from './repository.ts';

/**
 * The absolute path of a file that a record names; `null` where it would lie outside the
 * repository, by its steps or by a link on the way: the record may be somebody else's.
 */
export async function insideRepository(root: string, model: string): Promise<string | null> {
  if (!isInside(model)) return null;
  const path = join(root, model);
  const [top, place] = await Promise.all([
    realpath(root),
    nearestPlace(path).then((nearest) => realpath(nearest)),
  ]);
  const way = relative(top, place);
  return way === '' || isInside(way.split(sep).join('/')) ? path : null;
}

/** Relative, without a step up, and not in git's own folder. */
const isInside = (path: string): boolean =>
  !/^(?:[\\/]|[a-z]:)/i.test(path) &&
  path.split(/[\\/]/).every((step) => step !== '..' && step.toLowerCase() !== '.git');
