import { parseCommitMessage } from '../../record/parseCommitMessage.ts';
import { git } from './git.ts';
import { insideRepository } from './insideRepository.ts';
import { findRepository } from './repository.ts';

/** A study as its branch names it. */
interface BranchedStudy {
  readonly name: string;
  /** Absolute path. */
  readonly modelPath: string;
}

const PREFIX = 'refs/heads/cortex/';

/**
 * The studies that the repository of `folder` holds, replays included, with the model file in the
 * newest commit of each `cortex/` branch; one that names a file outside the repository is left out.
 */
export async function studyBranches(folder: string): Promise<readonly BranchedStudy[]> {
  const { root } = await findRepository(folder);
  const output = await git(root, ['for-each-ref', '--format=%(refname)%00%(contents)%00', PREFIX]);
  const fields = output.split('\0');
  const found = fields.map(async (field, index) => {
    const model = index % 2 === 1 ? parseCommitMessage(field)?.model : undefined;
    const modelPath = model === undefined ? null : await insideRepository(root, model);
    const name = (fields[index - 1] ?? '').trim().slice(PREFIX.length);
    return modelPath === null ? [] : [{ name, modelPath }];
  });
  return (await Promise.all(found)).flat();
}
