import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import { formatMark, parseMark } from '../../show/arrange/markText.ts';
import type { Mark, Marks } from '../../show/arrange/arrangement.ts';
import type { AttemptSummary } from '../../record/attemptSummary.ts';
import type { Study } from '../../study/study.ts';
import { branchOf, placeOf } from '../../study/study.ts';
import { readBlobs } from './blobs.ts';
import { fallbackIdentity } from './commit.ts';
import { studyFetchedError } from './attemptErrors.ts';
import { git, gitBytes } from './git.ts';
import { nearestPlace } from './repository.ts';
import { moveRefs, retryOnConflict } from './refs.ts';
import { locateStudy } from './studyPlace.ts';

/**
 * Stars and notes of a study's attempts: git notes under `refs/notes/cortex/<study>`, so that the
 * repository holds them and `git log --notes` shows them.
 */
export class GitMarks {
  readonly #known = new Map<
    string,
    { readonly tip: string; readonly byCommit: ReadonlyMap<string, Mark> }
  >();

  /** By the attempts' ids; one look at a ref where nothing has changed. */
  async read(study: Study, attempts: readonly AttemptSummary[]): Promise<Marks> {
    const byCommit = await this.#byCommit(study);
    if (byCommit.size === 0) return new Map();
    return new Map(
      attempts.flatMap(({ id, commit }) => {
        const mark = byCommit.get(commit);
        return mark ? [[id, mark]] : [];
      }),
    );
  }

  /**
   * Writes or, where nothing is left of it, takes away the mark of one attempt; no branch moves.
   * Rejects for a study that was fetched.
   */
  async write(study: Study, { commit }: AttemptSummary, mark: Mark): Promise<void> {
    if (study.remote !== undefined) throw studyFetchedError(placeOf(study));
    const { root } = await locateStudy(study);
    await retryOnConflict(() =>
      changeNotes(root, refOf(study.name), { commit, text: formatMark(mark) }),
    );
  }

  async #byCommit({ name, modelPath }: Study): Promise<ReadonlyMap<string, Mark>> {
    const folder = await nearestPlace(dirname(modelPath));
    const ref = refOf(name);
    const tip = await tipOf(folder, ref);
    const key = `${folder}\0${ref}`;
    const known = this.#known.get(key);
    if (known?.tip === tip) return known.byCommit;
    const byCommit = tip === '' ? new Map<string, Mark>() : await readNotes(folder, ref);
    this.#known.set(key, { tip, byCommit });
    return byCommit;
  }
}

const refOf = (study: string): string => `refs/notes/${branchOf(study)}`;

/** Empty where the ref does not exist; any folder of the repository may ask. */
const tipOf = async (folder: string, ref: string): Promise<string> =>
  (await gitBytes(folder, ['for-each-ref', '--format=%(objectname)', ref])).toString().trim();

/**
 * `git notes` moves its ref without a look at where it was meanwhile: it writes to a ref of this
 * change alone, which the notes then move to if nobody else was first.
 */
async function changeNotes(
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

async function readNotes(folder: string, ref: string): Promise<ReadonlyMap<string, Mark>> {
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
