import { randomUUID } from 'node:crypto';
import type { Mark } from '../../show/arrange/arrangement.ts';
import { parseMark } from '../../show/arrange/markText.ts';
import { branchOf } from '../../study/study.ts';
import { readBlobs } from './blobs.ts';
import { fallbackIdentity } from './commit.ts';
import { git, gitBytes } from './git.ts';
import { moveRefs } from './refs.ts';

/** The ref under which notes on a study are kept. */
export const refOf = (study: string): string => `refs/notes/${branchOf(study)}`;

/** Empty where the ref does not exist; any folder of the repository may ask. */
export const tipOf = async (folder: string, ref: string): Promise<string> =>
  (await gitBytes(folder, ['for-each-ref', '--format=%(objectname)', ref])).toString().trim();

/**
 * `git notes` moves its ref without a look at where it was meanwhile: it writes to a ref of this
 * change alone, which the notes then move to if nobody else was first.
 */
export async function changeNotes(
  root: string,
  ref: string,
  { commit, text }: { readonly commit: string; readonly text: string },
): Promise<void> {
  const tip = await tipOf(root, ref);
  const own = `refs/notes/cortex-writing/${randomUUID()}`;
  if (tip !== '') await moveRefs(root, [{ ref: own, from: null, to: tip }]);
  try {
    const change =
      text === '' ? ['remove', '--ignore-missing', commit] : ['add', '-f', '-F', '-', commit];
    await git(root, ['notes', `--ref=${own}`, ...change], {
      identity: await fallbackIdentity(root),
      ...(text === '' ? {} : { input: text }),
    });
    const changed = await tipOf(root, own);
    if (changed !== tip)
      await moveRefs(root, [{ ref, from: tip === '' ? null : tip, to: changed }]);
  } finally {
    if ((await tipOf(root, own)) !== '') await moveRefs(root, [{ ref: own, to: null }]);
  }
}

/** What is noted, by commit. */
export async function readNotes(folder: string, ref: string): Promise<ReadonlyMap<string, Mark>> {
  const pairs = (await git(folder, ['notes', `--ref=${ref}`, 'list']))
    .split('\n')
    .flatMap((line) => {
      const [blob, commit] = line.split(' ');
      return blob && commit ? [{ blob, commit }] : [];
    });
  const texts = await readBlobs(
    folder,
    pairs.map(({ blob }) => blob),
  );
  return new Map(pairs.map(({ commit }, index) => [commit, parseMark(texts[index] ?? '')]));
}
