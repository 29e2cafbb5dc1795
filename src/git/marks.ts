import { formatMark, parseMark } from '../core/attempts/arrange/markText.ts';
import type { Mark, Marks } from '../core/attempts/arrange/arrangement.ts';
import type { AttemptSummary } from '../core/ports.ts';
import type { Study } from '../core/study/study.ts';
import { branchOf } from '../core/study/study.ts';
import { fallbackIdentity } from './commit.ts';
import { git } from './git.ts';
import { blobsIn } from './readRecords.ts';
import { retryOnConflict } from './refs.ts';
import { locateStudy } from './studyPlace.ts';

/** Stars and notes of a study's attempts: git notes under `refs/notes/cortex/<study>`, so that the repository holds them and `git log --notes` shows them. */
export class GitMarks {
  readonly #known = new Map<string, { readonly tip: string; readonly byCommit: ReadonlyMap<string, Mark> }>();

  /** By the attempts' ids; one look at a ref where nothing has changed. */
  async read(study: Study, attempts: readonly AttemptSummary[]): Promise<Marks> {
    const byCommit = await this.#byCommit(study);
    if (byCommit.size === 0) return new Map();
    return new Map(attempts.flatMap(({ id, commit }) => {
      const mark = byCommit.get(commit);
      return mark ? [[id, mark]] : [];
    }));
  }

  /** Writes or, where nothing is left of it, takes away the mark of one attempt; no branch moves. */
  async write(study: Study, { commit }: AttemptSummary, mark: Mark): Promise<void> {
    const { root } = await locateStudy(study);
    const identity = await fallbackIdentity(root);
    const text = formatMark(mark);
    const change = text === '' ? ['remove', '--ignore-missing', commit] : ['add', '-f', '-F', '-', commit];
    await retryOnConflict(() => git(root, ['notes', `--ref=${refOf(study)}`, ...change], { identity, ...(text === '' ? {} : { input: text }) }));
  }

  async #byCommit(study: Study): Promise<ReadonlyMap<string, Mark>> {
    const { root } = await locateStudy(study);
    const ref = refOf(study);
    const tip = (await git(root, ['for-each-ref', '--format=%(objectname)', ref])).trim();
    const key = `${root}\0${ref}`;
    const known = this.#known.get(key);
    if (known?.tip === tip) return known.byCommit;
    const byCommit = tip === '' ? new Map<string, Mark>() : await readNotes(root, ref);
    this.#known.set(key, { tip, byCommit });
    return byCommit;
  }
}

const refOf = (study: Study): string => `refs/notes/${branchOf(study.name)}`;

async function readNotes(root: string, ref: string): Promise<ReadonlyMap<string, Mark>> {
  const pairs = (await git(root, ['notes', `--ref=${ref}`, 'list'])).split('\n').flatMap((line) => {
    const [blob, commit] = line.split(' ');
    return blob && commit ? [{ blob, commit }] : [];
  });
  if (pairs.length === 0) return new Map();
  const output = Buffer.from(await git(root, ['cat-file', '--batch'], { input: `${pairs.map(({ blob }) => blob).join('\n')}\n` }));
  const texts = blobsIn(output);
  return new Map(pairs.map(({ commit }, index) => [commit, parseMark(texts[index] ?? '')]));
}
