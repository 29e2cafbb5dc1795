import { join } from 'node:path';
import { parseCommitMessage } from '../../record/parseCommitMessage.ts';
import { git } from './git.ts';
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
 * newest commit of each `cortex/` branch.
 */
export async function studyBranches(folder: string): Promise<readonly BranchedStudy[]> {
  const { root } = await findRepository(folder);
  const output = await git(root, ['for-each-ref', '--format=%(refname)%00%(contents)%00', PREFIX]);
  const fields = output.split('\0');
  return fields.flatMap((field, index) => {
    const model = index % 2 === 1 ? parseCommitMessage(field)?.model : undefined;
    return model === undefined
      ? []
      : [
          {
            name: (fields[index - 1] ?? '').trim().slice(PREFIX.length),
            modelPath: join(root, model),
          },
        ];
  });
}
