import type { Attempt } from '../../record/attempt.ts';
import { codeOf } from '../../model/notebook.ts';
import { CortexError } from '../../util/errors.ts';
import type { AttemptStore } from '../../ports/attemptStore.ts';
import type { AttemptSummary } from '../../record/attemptSummary.ts';
import { comparableConfig } from '../../record/comparableConfig.ts';
import { placeOf, type Study } from '../../study/study.ts';
import { sha256 } from '../../util/sha256.ts';
import { adoptDrafts, draftRefOf, keepDraft, writeTree, type AttemptFiles } from './drafts.ts';
import { isRefConflict } from './errors.ts';
import { attemptUnknownError, studyFetchedError } from './attemptErrors.ts';
import { git } from './git.ts';
import type { StoredAttempt } from './history.ts';
import type { ImportsOf } from './neededFiles.ts';
import { checkNotCheckedOut, publish } from './publish.ts';
import { addWorktree, commitOneFile, createBranch } from './promote.ts';
import { readRecords } from './readRecords.ts';
import { formatRecord, readRecord } from './record.ts';
import { textOfFile } from './snapshot.ts';
import { StudyBranch } from './studyBranch.ts';
import { locateStudy } from './studyPlace.ts';

/**
 * Attempts as commits on `cortex/<study>`, written by plumbing alone: HEAD, index, working tree,
 * stash, hooks and other branches are never touched. Safe to use from several windows at once.
 * Every method rejects with a named `CortexError`.
 */
export class GitAttemptStore implements AttemptStore {
  readonly #importsOf: ImportsOf;
  readonly #branches = new Map<string, Promise<StudyBranch>>();
  /**
   * Finished attempts that could not be written (disk full, no rights): tried again with every
   * `list`.
   */
  readonly #unwritten = new Map<string, AttemptFiles>();

  /** `importsOf`: what the user's sources import, so that an attempt holds the whole project. */
  constructor(importsOf: ImportsOf) {
    this.#importsOf = importsOf;
  }

  async list(study: Study): Promise<readonly AttemptSummary[]> {
    const branch = await this.#branchOf(study);
    await this.#writeLate(branch, study);
    const { attempts } = await adoptDrafts(branch);
    return attempts.map(({ summary }) => summary);
  }

  async read(study: Study, id: string): Promise<Attempt> {
    const branch = await this.#branchOf(study);
    const { summary } = await find(branch, id);
    return readRecord(branch.place.root, summary.commit, id);
  }

  async readVariant(study: Study, id: string): Promise<string> {
    const branch = await this.#branchOf(study);
    const { summary, model } = await find(branch, id);
    const object = `${summary.commit}:${model}`;
    const isOwn = study.remote === undefined;
    return readText(branch.place.root, object, { hash: summary.sourceHash, isOwn });
  }

  /**
   * Cheap: about as much as a commit. Rejects where the branch could not be moved later, so that
   * nothing is trained in vain.
   */
  async saveDraft(study: Study, attempt: Attempt, variantText: string): Promise<void> {
    refuseFetched(study);
    const branch = await this.#branchOf(study);
    const state = await branch.read();
    checkNotCheckedOut(branch, state);
    const files = this.#filesOf(branch, { study, attempt, variantText });
    await keepDraft(branch, state, files, 'running');
  }

  /**
   * The number in the record gives way when another window has taken it; the id never changes.
   * Where the branch cannot be moved (checked out, locked for long), the finished attempt is kept
   * as a draft and joins the branch with a later `list`; where nothing can be written, this store
   * keeps it and tries again.
   */
  async record(study: Study, attempt: Attempt, variantText: string): Promise<AttemptSummary> {
    refuseFetched(study);
    const branch = await this.#branchOf(study);
    const files = this.#filesOf(branch, { study, attempt, variantText });
    try {
      return await recordNow(branch, files);
    } catch (error) {
      if (isEnvironmental(error)) this.#unwritten.set(attempt.id, files);
      throw error;
    }
  }

  /** Records by id, read in one go; what cannot be read is left out. */
  async readMany(study: Study, ids: readonly string[]): Promise<ReadonlyMap<string, Attempt>> {
    const branch = await this.#branchOf(study);
    const wanted = new Set(ids);
    return readRecords(
      branch.place.root,
      (await branch.read()).attempts
        .map(({ summary }) => summary)
        .filter(({ id }) => wanted.has(id)),
    );
  }

  /** Puts an attempt's project into a new working tree at `folder`, with a detached HEAD. */
  async checkOut(study: Study, id: string, folder: string): Promise<void> {
    const branch = await this.#branchOf(study);
    await addWorktree(branch.place.root, folder, (await find(branch, id)).summary.commit);
  }

  /** Makes a branch at an attempt's commit. */
  async branchAt(study: Study, id: string, name: string): Promise<void> {
    const branch = await this.#branchOf(study);
    await createBranch(branch.place.root, name, (await find(branch, id)).summary.commit);
  }

  /**
   * One commit on a new branch from the user's HEAD that changes the model file alone; resolves
   * with its id.
   */
  async commitOnHead(
    study: Study,
    {
      id,
      branch: name,
      message,
    }: { readonly id: string; readonly branch: string; readonly message: string },
  ): Promise<string> {
    const branch = await this.#branchOf(study);
    const { root, model } = branch.place;
    return commitOneFile({
      root,
      path: model,
      text: await textOfFile(study, await this.readVariant(study, id)),
      branch: name,
      message,
    });
  }

  async #writeLate(branch: StudyBranch, study: Study): Promise<void> {
    for (const [id, files] of this.#unwritten) {
      if (files.study.name !== study.name || files.study.modelPath !== study.modelPath) continue;
      this.#unwritten.delete(id);
      await recordNow(branch, files).catch((error: unknown) => {
        if (!isEnvironmental(error)) throw error;
        this.#unwritten.set(id, files);
      });
    }
  }

  /** A study is looked for once; a failure (no repository yet) is not remembered. */
  #branchOf(study: Study): Promise<StudyBranch> {
    const key = `${placeOf(study)}\0${study.modelPath}`;
    const known = this.#branches.get(key);
    if (known) return known;
    const found = locateStudy(study).then((place) => new StudyBranch(place));
    this.#branches.set(key, found);
    found.catch(() => this.#branches.delete(key));
    return found;
  }

  /** The record names the model file by its path in the repository. */
  #filesOf(
    { place }: StudyBranch,
    { study, attempt, variantText }: Pick<AttemptFiles, 'study' | 'attempt' | 'variantText'>,
  ): AttemptFiles {
    return {
      study,
      variantText,
      attempt: { ...attempt, model: place.model },
      hashes: { source: sha256(variantText), config: sha256(comparableConfig(attempt.config)) },
      importsOf: this.#importsOf,
    };
  }
}

function refuseFetched(study: Study): void {
  if (study.remote !== undefined) throw studyFetchedError(placeOf(study));
}

async function recordNow(branch: StudyBranch, files: AttemptFiles): Promise<AttemptSummary> {
  const { id } = files.attempt;
  const state = await branch.read();
  const written = await writeTree(branch, state, files);
  const candidate = {
    ...files,
    ...written,
    record: formatRecord(files.attempt),
    draft: { ref: draftRefOf(branch, id) },
  };
  const stored = await publish(branch, candidate, state).catch(async (error: unknown) => {
    if (isBranchBusy(error)) await keepDraft(branch, state, files, 'finished');
    throw error;
  });
  return (stored ?? (await find(branch, id))).summary;
}

async function find(branch: StudyBranch, id: string): Promise<StoredAttempt> {
  const { attempts } = await branch.read();
  const attempt = attempts.findLast(({ summary }) => summary.id === id);
  if (attempt) return attempt;
  throw attemptUnknownError(id, branch.place.branchRef.replace(/^refs\/(?:heads|remotes)\//, ''));
}

/**
 * The text exactly as trained: git may have stored other line ends, so what has the right hash
 * wins (of a notebook, its code). Filters of the user's are asked last, and never for what somebody
 * else has recorded.
 */
async function readText(
  root: string,
  object: string,
  { hash, isOwn }: { readonly hash: string; readonly isOwn: boolean },
): Promise<string> {
  const stored = await git(root, ['cat-file', 'blob', object]);
  const plain = [stored, stored.replace(/\r?\n/g, '\r\n'), codeOf(object, stored)];
  const exact = plain.find((text) => sha256(text) === hash);
  if (exact !== undefined || !isOwn) return exact ?? stored;
  return git(root, ['cat-file', '--filters', object]);
}

/** Somebody can mend it while this process lives; a busy branch has its draft already. */
const isEnvironmental = (error: unknown): boolean =>
  error instanceof CortexError && error.kind === 'environment' && !isBranchBusy(error);

const isBranchBusy = (error: unknown): boolean =>
  isRefConflict(error) || (error instanceof CortexError && error.code === 'git-branch-checked-out');
