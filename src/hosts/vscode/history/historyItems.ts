import { basename } from 'node:path';
import { ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, workspace } from 'vscode';
import { isContender } from '../../../record/kinds.ts';
import { shortCommit } from '../../../record/format.ts';
import { validationUse, type ValidationUse } from '../../../judge/validationUse.ts';
import type { AttemptSummary } from '../../../record/attemptSummary.ts';
import { attemptDescription, attemptLabel, spokenAttempt } from '../attempt/attemptLabels.ts';
import { hasSeveralFolders } from '../folders.ts';
import { plainLabel } from '../labels.ts';
import { progressParts, type LiveTraining } from '../run/liveTraining.ts';
import { branchOf, placeOf, type Study } from '../../../study/study.ts';
import type { StudyEntry } from '../study/studies.ts';
import type { HistoryNode, Role } from './historyNode.ts';
import { standingOf } from './standing.ts';
import { verdictIcon } from './verdictIcon.ts';
import { plural } from '../../../util/plural.ts';
import { objectiveOf, objectivesOf } from '../../../record/objectives.ts';

type NodeOf<Kind extends HistoryNode['kind']> = Extract<HistoryNode, { kind: Kind }>;

/** A node as VS Code shows it; `live` is what the running row tells about. */
export function historyItem(node: HistoryNode, live: LiveTraining | null): TreeItem {
  switch (node.kind) {
    case 'study':
      return studyItem(node);
    case 'running':
      return runningItem(node, live);
    case 'attempt':
      return attemptItem(node);
    case 'detail':
      return detailItem(node);
    case 'folder':
      return folderItem(node);
  }
}

function studyItem({ modelPath, entry }: NodeOf<'study'>): TreeItem {
  const item = new TreeItem(
    entry.state === 'ready' ? entry.study.name : basename(modelPath),
    TreeItemCollapsibleState.Expanded,
  );
  item.id = modelPath;
  const use = entry.state === 'ready' ? useOf(entry) : null;
  const fetched = entry.state === 'ready' ? fetchedParts(entry) : NOT_FETCHED;
  const place = workspace.asRelativePath(modelPath);
  const texts = use ? [use.text] : [];
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
  item.accessibilityInformation = { label: `Study ${String(item.label)}, ${item.description}` };
  return item;
}

const NOT_FETCHED = { words: [], explanation: [], icon: 'beaker', suffix: '' };

/**
 * What is different about a study that was fetched from a remote; menus know its rows by the
 * suffix, and those whose model file is not here by another.
 */
function fetchedParts({ study, hasFile }: { readonly study: Study; readonly hasFile: boolean }): {
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

const useExplanation = ({ looks, text }: ValidationUse): string =>
  `${text}\nThe validation part was used to choose among ${plural(looks, 'attempt')}; the ` +
  'best of many equal ones looks better than it is by so much.';

function runningItem({ modelPath }: NodeOf<'running'>, live: LiveTraining | null): TreeItem {
  const { label, description } = progressParts(live?.progress ?? null);
  const item = new TreeItem(`#${live?.number ?? ''} ${label}`, TreeItemCollapsibleState.None);
  item.id = `${modelPath}#running`;
  item.description = description;
  item.iconPath = new ThemeIcon('sync~spin', new ThemeColor('charts.blue'));
  item.contextValue = 'running';
  item.tooltip = `Training: ${live?.title ?? ''}\n${label}  ${description}`;
  item.accessibilityInformation = {
    label: `Training attempt ${live?.number ?? ''}, ${live?.title ?? ''}, ${label}, ${description}`,
  };
  return item;
}

function attemptItem({
  attempt,
  role,
  modelPath,
  study,
  hasFile,
  noise,
  mark,
}: NodeOf<'attempt'>): TreeItem {
  // Short, so that a narrow sidebar still shows the number behind it; the tooltip has it all.
  const item = new TreeItem(attemptLabel(attempt, 20), TreeItemCollapsibleState.Collapsed);
  const measured = attemptDescription(attempt, noise);
  const { metric } = objectiveOf(study.config);
  item.id = `${modelPath}#${attempt.id}`;
  const note = mark.note === '' ? '' : ` · ${plainLabel(mark.note, 40)}`;
  item.description = `${mark.starred ? '★ ' : ''}${measured}${note}`;
  item.iconPath = iconOf(attempt, role);
  const won = role === 'attempt' && attempt.verdict === 'better' && isContender(attempt);
  const { suffix } = fetchedParts({ study, hasFile });
  item.contextValue = `attempt.${won ? 'better' : role}${suffix}`;
  item.tooltip =
    `#${attempt.number} ` +
    `${attempt.title}\n${role === 'best' ? 'best so far, ' : ''}${attempt.verdict}, ${metric} ` +
    `${measured}\n${new Date(attempt.finishedAt).toLocaleString()}  ` +
    `${shortCommit(attempt.commit)}`;
  item.accessibilityInformation = {
    label:
      `${role === 'attempt' ? '' : `${role}, `}${mark.starred ? 'starred, ' : ''}` +
      spokenAttempt(attempt, metric, noise),
  };
  return item;
}

/** Attempts that only tell of another one have a shape of their own. */
function iconOf({ kind, verdict }: AttemptSummary, role: Role): ThemeIcon {
  if (kind === 'unsealing') return new ThemeIcon('unlock');
  return kind === 'more-seeds' && verdict === 'baseline'
    ? new ThemeIcon('beaker')
    : verdictIcon(verdict, role);
}

function folderItem({ id, label, description }: NodeOf<'folder'>): TreeItem {
  const item = new TreeItem(plainLabel(label, 80), TreeItemCollapsibleState.Collapsed);
  item.id = id;
  item.description = description;
  item.iconPath = new ThemeIcon('folder');
  item.contextValue = 'folder';
  return item;
}

function detailItem({ id, label, description, icon, details }: NodeOf<'detail'>): TreeItem {
  const item = new TreeItem(
    plainLabel(label, 200),
    details.length > 0 ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None,
  );
  item.id = id;
  item.description = description;
  item.iconPath = new ThemeIcon(icon);
  item.tooltip = label;
  item.contextValue = 'detail';
  return item;
}
