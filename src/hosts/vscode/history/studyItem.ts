import { basename } from 'node:path';
import { ThemeIcon, TreeItem, TreeItemCollapsibleState, workspace } from 'vscode';
import { validationUse, type ValidationUse } from '../../../judge/validationUse.ts';
import { hasSeveralFolders } from '../folders.ts';
import { branchOf, placeOf, type Study } from '../../../study/study.ts';
import type { StudyEntry } from '../study/studies.ts';
import type { HistoryNode } from './historyNode.ts';
import { standingOf } from './standing.ts';
import { plural } from '../../../util/plural.ts';
import { formatDeviation } from '../../../record/format.ts';
import { objectivesOf } from '../../../record/objectives.ts';

/** A row of one kind. */
export type NodeOf<Kind extends HistoryNode['kind']> = Extract<HistoryNode, { kind: Kind }>;

/** The row of a study. */
export function studyItem({ modelPath, entry }: NodeOf<'study'>): TreeItem {
  const item = new TreeItem(
    entry.state === 'ready' ? entry.study.name : basename(modelPath),
    TreeItemCollapsibleState.Expanded,
  );
  item.id = modelPath;
  const use = entry.state === 'ready' ? useOf(entry) : null;
  const fetched = entry.state === 'ready' ? fetchedParts(entry) : NOT_FETCHED;
  const place = workspace.asRelativePath(modelPath);
  const texts = use ? [shortUse(use)] : [];
  // Among several folders the place is what tells studies apart, and must not be the part that a
  // narrow sidebar cuts off.
  item.description = [
    ...fetched.words,
    ...(hasSeveralFolders() ? [place, ...texts] : [...texts, place]),
  ].join('  ');
  item.iconPath = new ThemeIcon(fetched.icon);
  item.contextValue = `study${fetched.suffix}`;
  item.tooltip = [modelPath, ...fetched.explanation, ...(use ? [useExplanation(use)] : [])].join(
    '\n',
  );
  const spoken = [
    `Study ${String(item.label)}`,
    ...fetched.words,
    place,
    ...(use ? [use.text] : []),
  ];
  item.accessibilityInformation = { label: spoken.join(', ') };
  return item;
}

const NOT_FETCHED = { words: [], explanation: [], icon: 'beaker', suffix: '' };

/**
 * What is different about a study that was fetched from a remote; menus know its rows by the
 * suffix, and those whose model file is not here by another.
 */
export function fetchedParts({
  study,
  hasFile,
}: {
  readonly study: Study;
  readonly hasFile: boolean;
}): {
  readonly words: readonly string[];
  readonly explanation: readonly string[];
  readonly icon: string;
  readonly suffix: string;
} {
  if (study.remote === undefined) return NOT_FETCHED;
  const explanation =
    `Fetched from ${study.remote}. To go on with it here: git branch ${branchOf(study.name)} ` +
    `${placeOf(study)}`;
  const absent = hasFile ? [] : ['Its model file is not in this folder.'];
  return {
    words: [`${study.remote}, read-only`],
    explanation: [explanation, ...absent],
    icon: 'cloud',
    suffix: hasFile ? '.fetched' : '.fetched.absent',
  };
}

function useOf({ study, attempts }: Extract<StudyEntry, { state: 'ready' }>): ValidationUse | null {
  const { best } = standingOf(attempts, objectivesOf(study.config));
  return best && validationUse(attempts, best);
}

/** `12 looks, luck ≈ 0.019`: a sidebar is narrow, the tooltip says what it means. */
const shortUse = ({ looks, luck }: ValidationUse): string =>
  [
    plural(looks, 'look'),
    ...(luck === null || looks < 2 ? [] : [`luck ≈ ${formatDeviation(luck)}`]),
  ].join(', ');

const useExplanation = ({ looks, text }: ValidationUse): string =>
  `${text}\nThe validation part was used to choose among ${plural(looks, 'attempt')}; the ` +
  'best of many equal ones looks better than it is by so much.';
