import { dirname } from 'node:path';
import { formatMark } from '../../show/arrange/markText.ts';
import type { Mark, Marks } from '../../show/arrange/arrangement.ts';
import type { AttemptSummary } from '../../record/attemptSummary.ts';
import type { Study } from '../../study/study.ts';
import { placeOf } from '../../study/study.ts';
import { studyFetchedError } from './attemptErrors.ts';
import { nearestPlace } from './repository.ts';
import { retryOnConflict } from './refs.ts';
import { locateStudy } from './studyPlace.ts';
import { refOf, tipOf, changeNotes, readNotes } from './notes.ts';

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
