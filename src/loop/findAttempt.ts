import { CortexError } from '../util/errors.ts';
import { isReplayName } from '../study/replayName.ts';
import type { AttemptStore } from '../ports/attemptStore.ts';
import type { AttemptSummary } from '../record/attemptSummary.ts';
import type { Study } from '../study/study.ts';

/** An attempt and the study it belongs to. */
export interface FoundAttempt {
  readonly study: Study;
  readonly summary: AttemptSummary;
}

/** Where an attempt is looked for. */
interface Among {
  readonly studies: readonly Study[];
  /** Why other studies could not be opened. */
  readonly unread?: readonly CortexError[];
  readonly store: AttemptStore;
}

/**
 * Finds the one attempt that `name` stands for among several studies: its id, its number (`3`,
 * `#3`; a replay's only where no other has it) or the start of its commit. A study that cannot be
 * read hides no other; where nothing is found, it is told why.
 */
export async function findAttempt(
  name: string,
  { studies, unread = [], store }: Among,
): Promise<FoundAttempt> {
  const histories = await Promise.all(
    studies.map(async (study) => {
      const listed = await store.list(study).catch(unlessDefect);
      return listed instanceof CortexError ? listed : listed.map((summary) => ({ study, summary }));
    }),
  );
  const all = histories.flatMap((history) => (history instanceof CortexError ? [] : history));
  const matches =
    [isId, isOwnNumber, isNumber, isCommit]
      .map((is) => all.filter(({ summary }) => is(summary, name)))
      .find((found) => found.length > 0) ?? [];
  const [match, ...others] = matches;
  const [why] = [...unread, ...histories.filter((history) => history instanceof CortexError)];
  if (!match) throw why ?? noAttempt(name, studies);
  if (others.length > 0) throw severalAttempts(name, matches);
  return match;
}

/** What is no fault of Cortex's own, as a value. */
export function unlessDefect(error: unknown): CortexError {
  if (error instanceof CortexError && error.kind !== 'defect') return error;
  throw error;
}

const isId = ({ id }: AttemptSummary, name: string): boolean => id === name;
const isNumber = ({ number }: AttemptSummary, name: string): boolean =>
  name.replace(/^#/, '') === String(number);
const isOwnNumber = (summary: AttemptSummary, name: string): boolean =>
  isNumber(summary, name) && !isReplayName(summary.study);
const isCommit = ({ commit }: AttemptSummary, name: string): boolean =>
  /^[0-9a-f]{4,40}$/.test(name) && commit.startsWith(name);

const noAttempt = (name: string, studies: readonly Study[]): CortexError =>
  new CortexError({
    code: 'attempt-unknown',
    kind: 'input',
    happened:
      studies.length === 0
        ? `There is no study in this repository yet, so no attempt "${name}".`
        : `No attempt "${name}" in ${studies.map((study) => study.name).join(', ')}.`,
    expected: 'the id, number or commit of an attempt.',
    remedy: 'List them with `cortex history <model>`.',
  });

const severalAttempts = (name: string, matches: readonly FoundAttempt[]): CortexError =>
  new CortexError({
    code: 'attempt-ambiguous',
    kind: 'input',
    happened:
      `"${name}" stands for ${matches.length} attempts: ` +
      `${matches.map(({ summary }) => summary.id).join(', ')}.`,
    expected: 'a name that stands for one attempt.',
    remedy: 'Use one of these ids.',
  });
