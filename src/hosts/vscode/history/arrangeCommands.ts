import { window, type Disposable } from 'vscode';
import {
  PLAIN_ARRANGEMENT,
  type Grouping,
  type SortKey,
} from '../../../show/arrange/arrangement.ts';
import { filterText } from '../../../show/arrange/filter.ts';
import { parseFilter, unknownVerdicts } from '../../../show/arrange/parseFilter.ts';
import { verdictKinds } from '../../../record/verdictKinds.ts';
import { chooseAttempt } from '../attempt/chooseAttempt.ts';
import type { AttemptReference } from '../contributions.ts';
import { Disposables } from '../disposables.ts';
import type { Host } from '../host.ts';

/** Sort, filter, group, star, note: how a person keeps an overview of many attempts. */
export function createArrangeCommands(host: Host): Disposable {
  const disposables = new Disposables();
  const { commands, arranging } = host;
  disposables.add(
    commands.register('cortex.sortAttempts', () => chooseSort(host)),
    commands.register('cortex.filterAttempts', () => chooseFilter(host)),
    commands.register('cortex.clearFilter', () =>
      arranging.set({ filter: PLAIN_ARRANGEMENT.filter }),
    ),
    commands.register('cortex.groupAttempts', () => chooseGroup(host)),
    commands.register('cortex.starAttempt', (attempt, selected) => star(host, attempt, selected)),
    commands.register('cortex.noteAttempt', (attempt) => note(host, attempt)),
  );
  return disposables;
}

const sorts: readonly {
  readonly label: string;
  readonly key: SortKey;
  readonly reversed: boolean;
}[] = [
  { label: 'Newest first', key: 'number', reversed: false },
  { label: 'Oldest first', key: 'number', reversed: true },
  { label: 'Best metric first', key: 'metric', reversed: false },
  { label: 'Worst metric first', key: 'metric', reversed: true },
  { label: 'Largest gain first', key: 'effect', reversed: false },
  { label: 'Last finished first', key: 'time', reversed: false },
  { label: 'Fewest parameters first', key: 'parameters', reversed: false },
  { label: 'Most parameters first', key: 'parameters', reversed: true },
  { label: 'Name, A to Z', key: 'name', reversed: false },
];

const groups: readonly { readonly label: string; readonly group: Grouping }[] = [
  { label: 'By study: one list each', group: 'none' },
  { label: 'By parent: the tree of what came from what', group: 'parent' },
  { label: 'By operator', group: 'operator' },
  { label: 'By proposer', group: 'proposer' },
];

async function chooseSort({ arranging }: Host): Promise<void> {
  const { key, reversed } = arranging.current.sort;
  const items = sorts.map((sort) => ({
    ...sort,
    description: sort.key === key && sort.reversed === reversed ? 'now' : '',
  }));
  const choice = await window.showQuickPick(items, {
    title: 'Cortex: Sort Attempts',
    placeHolder: 'Baseline and best stay on top',
  });
  if (choice) await arranging.set({ sort: { key: choice.key, reversed: choice.reversed } });
}

async function chooseGroup({ arranging }: Host): Promise<void> {
  const items = groups.map((each) => ({
    ...each,
    description: each.group === arranging.current.group ? 'now' : '',
  }));
  const choice = await window.showQuickPick(items, { title: 'Cortex: Group Attempts' });
  if (choice) await arranging.set({ group: choice.group });
}

async function chooseFilter({ arranging }: Host): Promise<void> {
  const line = await window.showInputBox({
    title: 'Cortex: Filter Attempts',
    prompt:
      'Words of the title or note, and verdict:better,worse  operator:dropout  ' +
      'proposer:offline  starred. Empty shows everything.',
    placeHolder: 'verdict:better dropout',
    value: filterText(arranging.current.filter),
    validateInput: (typed) => refusalOf(unknownVerdicts(typed)),
  });
  if (line !== undefined) await arranging.set({ filter: parseFilter(line) });
}

const refusalOf = (unknown: readonly string[]): string | null =>
  unknown.length > 0
    ? `No verdict is called ${unknown.join(', ')}. There are: ${verdictKinds.join(', ')}.`
    : null;

/** All that are selected get what the first one lacks. */
async function star(
  host: Host,
  reference: AttemptReference | undefined,
  selected: readonly AttemptReference[] | undefined,
): Promise<void> {
  const chosen = await chooseAttempt(host, reference, 'Star or Unstar');
  if (!chosen) return;
  const { study, attempt } = chosen;
  const ids =
    selected
      ?.filter(({ modelPath }) => modelPath === study.modelPath)
      .map(({ attemptId }) => attemptId) ?? [];
  const marks = await host.arranging.marksOf(study);
  const starred = !marks.get(attempt.id)?.starred;
  for (const id of ids.includes(attempt.id) ? ids : [attempt.id])
    await host.arranging.mark(study, id, { note: marks.get(id)?.note ?? '', starred });
}

async function note(host: Host, reference: AttemptReference | undefined): Promise<void> {
  const chosen = await chooseAttempt(host, reference, 'Write a Note');
  if (!chosen) return;
  const { study, attempt } = chosen;
  const mark = (await host.arranging.marksOf(study)).get(attempt.id);
  const text = await window.showInputBox({
    title: `Cortex: Note on #${attempt.number}`,
    prompt: 'Kept in the repository as a git note. Empty takes it away.',
    value: mark?.note ?? '',
  });
  if (text !== undefined)
    await host.arranging.mark(study, attempt.id, { starred: mark?.starred ?? false, note: text });
}
