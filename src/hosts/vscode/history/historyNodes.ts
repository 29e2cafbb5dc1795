import { concludeAblation, type HunkEffect } from '../../../loop/ablation/hunkEffects.ts';
import type { Attempt, ReviewRecord, Trial } from '../../../record/attempt.ts';
import { arrangeAttempts, type AttemptGroup } from '../../../show/arrange/arrangeAttempts.ts';
import {
  PLAIN_ARRANGEMENT,
  type Arrangement,
  type Grouping,
  type Mark,
  type Marks,
} from '../../../show/arrange/arrangement.ts';
import { groupName } from '../../../show/arrange/groupName.ts';
import { formatNumber, shortCommit } from '../../../record/format.ts';
import type { AttemptSummary } from '../../../record/attemptSummary.ts';
import type { Study } from '../../../study/study.ts';
import { costText } from '../../../record/cost.ts';
import type { StudyEntry } from '../study/studies.ts';
import { plural } from '../../../util/plural.ts';
import { standingOf } from './standing.ts';

/** Where an attempt stands in its study. */
export type Role = 'best' | 'baseline' | 'attempt';

/** One row of the history. Nodes of attempts carry what commands need as their argument. */
export type HistoryNode =
  | { readonly kind: 'study'; readonly modelPath: string; readonly entry: StudyEntry }
  /** What trains right now; its numbers come from the live progress. */
  | { readonly kind: 'running'; readonly modelPath: string }
  | {
      readonly kind: 'attempt';
      readonly modelPath: string;
      readonly attemptId: string;
      readonly study: Study;
      readonly hasFile: boolean;
      readonly attempt: AttemptSummary;
      readonly role: Role;
      readonly noise: number | null;
      readonly mark: Mark;
      readonly below: () => readonly HistoryNode[];
    }
  /** Rows made when it is opened. */
  | {
      readonly kind: 'folder';
      readonly id: string;
      readonly label: string;
      readonly description: string;
      readonly rows: () => readonly HistoryNode[];
    }
  | {
      readonly kind: 'detail';
      readonly id: string;
      readonly label: string;
      readonly description: string;
      readonly icon: string;
      readonly details: readonly string[];
    };

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
  const { objective } = study.config;
  const { attempts: shown, groups } = arrangeAttempts(attempts, view.arrangement, {
    objective,
    marks: view.marks,
  });
  const { best, baseline, noiseOf } = standingOf(attempts, objective);
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
    noise: noiseOf(attempt),
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

/** What stands under an attempt: verdict, reasoning, what it answered, trials, commit. */
export function detailNodes(
  { id, commit }: AttemptSummary,
  attempt: Attempt,
  hunks: readonly HunkEffect[],
): readonly HistoryNode[] {
  const detail = (
    key: string,
    label: string,
    icon: string,
    details: readonly string[] = [],
  ): HistoryNode => ({ kind: 'detail', id: `${id}/${key}`, label, description: '', icon, details });
  const why = attempt.proposal ? [detail('why', attempt.proposal.reasoning, 'lightbulb')] : [];
  const warnings = (attempt.proposal?.warnings ?? []).map((text, index) =>
    detail(`warning${index}`, text, 'warning'),
  );
  const source = attempt.proposal
    ? [
        detail(
          'source',
          [
            `by ${attempt.proposal.proposer}`,
            ...(attempt.cost ? [costText(attempt.cost)] : []),
          ].join(', '),
          'person',
        ),
      ]
    : [];
  const evidence = attempt.proposal?.evidence ?? [];
  const findings =
    evidence.length > 0
      ? [
          detail(
            'findings',
            plural(evidence.length, 'finding'),
            'search',
            evidence.map((item) => item.text),
          ),
        ]
      : [];
  const repairs =
    attempt.repairs.length > 0
      ? [
          detail(
            'repairs',
            plural(attempt.repairs.length, 'repair'),
            'tools',
            attempt.repairs.map(({ failure, answer }) => `${failure.message} → ${answer}`),
          ),
        ]
      : [];
  const trials =
    attempt.trials.length > 0
      ? [
          detail(
            'trials',
            plural(attempt.trials.length, 'trial'),
            'beaker',
            attempt.trials.map(trialText),
          ),
        ]
      : [];
  const lines = hunkLines(attempt.review?.hunks ?? [], hunks);
  const change =
    lines.length > 0
      ? [
          detail('hunks', plural(lines.length, 'hunk'), 'diff', [
            ...lines,
            ...concludeAblation(hunks),
          ]),
        ]
      : [];
  return [
    detail('verdict', attempt.verdict.text, 'law'),
    ...change,
    ...why,
    ...warnings,
    ...findings,
    ...source,
    ...repairs,
    ...trials,
    detail('commit', `commit ${shortCommit(commit)}`, 'git-commit'),
  ];
}

/**
 * Where each hunk stands, what the reviewer did with it, and what it brought, as far as that was
 * ablated.
 */
export function hunkLines(
  reviewed: ReviewRecord['hunks'],
  effects: readonly HunkEffect[],
): readonly string[] {
  const lines = reviewed.map(({ header, decision }) =>
    [
      `${header} ${decision}`,
      ...effects
        .filter((effect) => placeIn(effect.header) === placeIn(header))
        .map(({ text }) => text),
    ].join('. '),
  );
  const known = new Set(reviewed.map(({ header }) => placeIn(header)));
  return [
    ...lines,
    ...effects
      .filter(({ header }) => !known.has(placeIn(header)))
      .map(({ header, text }) => `${header} ${text}`),
  ];
}

/** Where in the old text: the place in the new one moves with the hunks that were rejected. */
const placeIn = (header: string): string => /-\d+(?:,\d+)?/.exec(header)?.[0] ?? header;

/** In place of what cannot be read: what is wrong with it. */
export const unreadableNode = ({ id }: AttemptSummary, words: string): HistoryNode => ({
  kind: 'detail',
  id: `${id}/unreadable`,
  label: words,
  description: '',
  icon: 'warning',
  details: [],
});

/** The user's own words. */
export const noteNode = ({ id }: AttemptSummary, note: string): HistoryNode => ({
  kind: 'detail',
  id: `${id}/note`,
  label: note,
  description: 'note',
  icon: 'note',
  details: [],
});

/** The lines under a group of details. */
export const lineNodes = (node: Extract<HistoryNode, { kind: 'detail' }>): readonly HistoryNode[] =>
  node.details.map((label, index) => ({
    kind: 'detail',
    id: `${node.id}/${index}`,
    label,
    description: '',
    icon: 'circle-small',
    details: [],
  }));

function trialText(trial: Trial): string {
  const seconds = `${trial.seconds.total.toFixed(1)} s`;
  if (trial.outcome === 'failed')
    return `seed ${trial.seed}: ${trial.failure.kind}, ${trial.failure.message} (${seconds})`;
  return `seed ${trial.seed}: ${formatNumber(trial.metric)}, ${trial.epochs} epochs (${seconds})`;
}
