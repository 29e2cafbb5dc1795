import { join } from 'node:path';
import { parseCommitMessage } from '../core/attempts/commitMessage.ts';
import { git } from './git.ts';
import { findRepository } from './repository.ts';

/** Absolute paths of the model files that have a study in the repository of `folder`, by the newest commit of each `cortex/` branch. */
export async function studyModels(folder: string): Promise<readonly string[]> {
  const { root } = await findRepository(folder);
  const output = await git(root, ['for-each-ref', '--format=%(contents)%00', 'refs/heads/cortex/']);
  const models = output.split('\0').map((message) => parseCommitMessage(message)?.model);
  return models.flatMap((model) => (model === undefined ? [] : [join(root, model)]));
}
