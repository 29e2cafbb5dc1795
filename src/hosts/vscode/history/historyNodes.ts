import { arrangeAttempts, type AttemptGroup } from '../../../show/arrange/arrangeAttempts.ts';
import {
  PLAIN_ARRANGEMENT,
  type Arrangement,
  type Grouping,
  type Mark,
  type Marks,
} from '../../../show/arrange/arrangement.ts';
import { groupName } from '../../../show/arrange/groupName.ts';
import type { AttemptSummary } from '../../../record/attemptSummary.ts';
import type { Study } from '../../../study/study.ts';
import { standingOf } from './standing.ts';
import type { HistoryNode, Role } from './historyNode.ts';
import { objectiveOf, objectivesOf } from '../../../record/objectives.ts';

/**
 * How many attempts stand in one list before the rest is folded: a tree of ten thousand rows is
 * never built.
 */
const PAGE = 200;

/** What the user has chosen to see, and how. */
export interface AttemptsView {
  readonly arrangement: Arrangement;
  readonly marks: Marks;
  /** False where only the study's branch was fetched. */
  readonly hasFile: boolean;
}

/**
 * A study's attempts as they are arranged: best and baseline on top, and under their parents where
 * that was chosen.
 */
export function attemptNodes(
  study: Study,
  attempts: readonly AttemptSummary[],
  view: AttemptsView = { arrangement: PLAIN_ARRANGEMENT, marks: new Map(), hasFile: true },
): readonly HistoryNode[] {
  const objective = objectiveOf(study.config);
  const { attempts: shown, groups } = arrangeAttempts(attempts, view.arrangement, {
    objective,
    marks: view.marks,
  });
  const { best, baseline } = standingOf(attempts, objectivesOf(study.config));
  const below =
    view.arrangement.group === 'parent' && groups
      ? new Map(groups.map((group) => [group.key, group.attempts]))
      : null;
  const roleOf = (attempt: AttemptSummary): Role =>
    attempt === best && attempt !== baseline
      ? 'best'
      : attempt === baseline
        ? 'baseline'
        : 'attempt';
  const row = (attempt: AttemptSummary): HistoryNode => ({
    kind: 'attempt',
    modelPath: study.modelPath,
    attemptId: attempt.id,
    study,
    hasFile: view.hasFile,
    attempt,
    role: roleOf(attempt),
    mark: view.marks.get(attempt.id) ?? UNMARKED,
    below: () => paged(below?.get(attempt.id) ?? [], row, `${study.modelPath}#${attempt.id}`),
  });
  if (below) return paged(below.get('') ?? [], row, study.modelPath);
  const pinned = [...new Set([best, baseline])].flatMap((attempt) => attempt ?? []);
  const rest = groups
    ? groups.flatMap((group) => folderOf(group, view.arrangement.group, { pinned, row, study }))
    : paged(without(shown, pinned), row, study.modelPath);
  return [...pinned.map(row), ...rest];
}

const UNMARKED: Mark = { starred: false, note: '' };

type Row = (attempt: AttemptSummary) => HistoryNode;

function folderOf(
  { key, attempts }: AttemptGroup,
  group: Grouping,
  {
    pinned,
    row,
    study,
  }: { readonly pinned: readonly AttemptSummary[]; readonly row: Row; readonly study: Study },
): readonly HistoryNode[] {
  const members = without(attempts, pinned);
  if (members.length === 0) return [];
  const id = `${study.modelPath}#${group}:${key}`;
  return [
    {
      kind: 'folder',
      id,
      label: groupName(group, key, attempts),
      description: String(members.length),
      rows: () => paged(members, row, id),
    },
  ];
}

const without = (
  attempts: readonly AttemptSummary[],
  pinned: readonly AttemptSummary[],
): readonly AttemptSummary[] => attempts.filter((attempt) => !pinned.includes(attempt));

/** The first rows, and folders of as many more. */
function paged(attempts: readonly AttemptSummary[], row: Row, id: string): readonly HistoryNode[] {
  const folders: HistoryNode[] = [];
  for (let start = PAGE; start < attempts.length; start += PAGE) {
    const page = attempts.slice(start, start + PAGE);
    folders.push({
      kind: 'folder',
      id: `${id}#${start}`,
      label: `${start + 1} to ${start + page.length}`,
      description: `${page[0] ? `#${page[0].number}` : ''} …`,
      rows: () => page.map(row),
    });
  }
  return [...attempts.slice(0, PAGE).map(row), ...folders];
}
