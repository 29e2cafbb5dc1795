import { fetchedStudies } from '../adapters/git/fetchedStudies.ts';
import { studyBranches } from '../adapters/git/studyBranches.ts';
import { unlessDefect } from '../loop/findAttempt.ts';
import type { Study } from '../study/study.ts';
import { CortexError } from '../util/errors.ts';
import { openAsTrained } from './openAsTrained.ts';

/**
 * The repository's own studies, and those that were fetched and are not among them; `unread`: why
 * others of its own cannot be opened.
 */
export async function studiesAt(
  folder: string,
): Promise<{ readonly studies: readonly Study[]; readonly unread: readonly CortexError[] }> {
  const branches = await studyBranches(folder);
  const opened = await Promise.all(
    branches.map(({ name, modelPath }) =>
      openAsTrained(modelPath).then((study) => ({ ...study, name }), unlessDefect),
    ),
  );
  const own = opened.flatMap((each) => (each instanceof CortexError ? [] : [each]));
  const fetched = (await fetchedStudies(folder)).filter(({ name }) =>
    branches.every((other) => other.name !== name),
  );
  return {
    studies: [...own, ...fetched],
    unread: opened.flatMap((each) => (each instanceof CortexError ? [each] : [])),
  };
}
