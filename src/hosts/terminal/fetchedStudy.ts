import type { Engine } from '../engine.ts';
import { isReplayName } from '../../study/replayName.ts';
import { placeOf, type Study } from '../../study/study.ts';
import { fileName } from '../../util/fileName.ts';
import { noFetchedStudyError, severalFetchedStudiesError } from './errors.ts';

/**
 * The one study of a remote that is of this model file, of a file below this folder, or of this
 * name; nothing of it has to exist here.
 */
export async function fetchedStudy(remote: string, path: string, engine: Engine): Promise<Study> {
  const all = (await engine.fetchedStudies(path)).filter((study) => study.remote === remote);
  const matching = all.filter(
    ({ name, modelPath }) =>
      modelPath === path ||
      /^[\\/]/.test(modelPath.startsWith(path) ? modelPath.slice(path.length) : '') ||
      name === fileName(path),
  );
  const [found, ...others] = matching.every(({ name }) => isReplayName(name))
    ? matching
    : matching.filter(({ name }) => !isReplayName(name));
  if (!found) throw noFetchedStudyError(remote, all.map(placeOf));
  if (others.length > 0) throw severalFetchedStudiesError([found, ...others].map(placeOf));
  return found;
}
