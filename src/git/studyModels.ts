import { join } from 'node:path';
import { git } from './git.ts';
import { findRepository } from './repository.ts';

/** Absolute paths of the model files that have a study in the repository of `folder`, by the newest commit of each `cortex/` branch. */
export async function studyModels(folder: string): Promise<readonly string[]> {
  const { root } = await findRepository(folder);
  const output = await git(root, ['for-each-ref', '--format=%(contents:trailers:key=Cortex-Model,valueonly)%00', 'refs/heads/cortex/']);
  const models = output.split('\0').map((model) => model.trim()).filter((model) => model !== '');
  return models.map((model) => join(root, model));
}
