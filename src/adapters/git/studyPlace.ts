import { basename, dirname, relative, sep } from 'node:path';
import { branchOf, type Study } from '../../study/study.ts';
import { branchNameError } from './branchErrors.ts';
import { git } from './git.ts';
import { findRepository, nearestPlace } from './repository.ts';

/** Where a study stands in its repository. */
export interface StudyPlace {
  /** Absolute path of the working tree's top. */
  readonly root: string;
  /** Absolute path of the user's index; read only. */
  readonly indexPath: string;
  /** The model file's folder relative to `root`: empty, or with `/` at the end. */
  readonly prefix: string;
  /** The model file relative to `root`, with `/`. */
  readonly model: string;
  /** `refs/heads/cortex/<study>`; `refs/remotes/<remote>/cortex/<study>` where it was fetched. */
  readonly branchRef: string;
  /** `refs/cortex/drafts/<study>/`: unfinished attempts. */
  readonly draftPrefix: string;
}

/** Finds a study's repository and checks that its name can be a branch. */
export async function locateStudy(study: Study): Promise<StudyPlace> {
  if (study.remote !== undefined) return locateFetched(study, study.remote);
  const folder = dirname(study.modelPath);
  const branchRef = `refs/heads/${branchOf(study.name)}`;
  const [{ root, indexPath, prefix }, refusal] = await Promise.all([
    findRepository(folder),
    refusalOf(branchRef, folder),
  ]);
  if (refusal) throw branchNameError(study.name, refusal.cause);
  return {
    root,
    indexPath,
    prefix,
    branchRef,
    model: `${prefix}${basename(study.modelPath)}`,
    draftPrefix: `refs/cortex/drafts/${study.name}/`,
  };
}

/** Its folder may be missing, and git has accepted its name already. */
async function locateFetched({ name, modelPath }: Study, remote: string): Promise<StudyPlace> {
  const { root, indexPath } = await findRepository(await nearestPlace(dirname(modelPath)));
  const model = relative(root, modelPath).split(sep).join('/');
  const branchRef = `refs/remotes/${remote}/${branchOf(name)}`;
  // Nothing can stand below a branch: what was fetched has no drafts here, and takes none in.
  return {
    root,
    indexPath,
    model,
    branchRef,
    prefix: model.slice(0, model.lastIndexOf('/') + 1),
    draftPrefix: `${branchRef}/`,
  };
}

/** Why git would not take the name for a ref; `null` where it does. */
const refusalOf = (ref: string, folder: string): Promise<{ readonly cause: unknown } | null> =>
  git(folder, ['check-ref-format', '--normalize', ref]).then(
    (normal) => (normal.trim() === ref ? null : { cause: null }),
    (cause: unknown) => ({ cause }),
  );
