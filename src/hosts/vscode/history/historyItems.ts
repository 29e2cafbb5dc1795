import { ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import { isContender, tagOf } from '../../../record/kinds.ts';
import { shortCommit } from '../../../record/format.ts';
import type { AttemptSummary } from '../../../record/attemptSummary.ts';
import { attemptDescription, attemptRow, spokenAttempt } from '../attempt/attemptLabels.ts';
import type { AttemptReference, CommandId } from '../contributions.ts';
import { plainLabel } from '../labels.ts';
import { type LiveTraining } from '../run/liveTraining.ts';
import { progressParts } from '../run/progressText.ts';
import type { HistoryNode, Role } from './historyNode.ts';
import { verdictIcon } from './verdictIcon.ts';
import { objectiveOf } from '../../../record/objectives.ts';
import { studyItem, fetchedParts, type NodeOf } from './studyItem.ts';

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
  mark,
}: NodeOf<'attempt'>): TreeItem {
  const { label, title } = attemptRow(attempt);
  const item = new TreeItem(label, TreeItemCollapsibleState.Collapsed);
  const { metric } = objectiveOf(study.config);
  item.id = `${modelPath}#${attempt.id}`;
  const note = mark.note === '' ? '' : ` · ${plainLabel(mark.note, 40)}`;
  item.description = `${mark.starred ? '★ ' : ''}${title}${note}`;
  item.command = {
    command: 'cortex.peekAttempt' satisfies CommandId,
    title: 'Show Attempt',
    arguments: [{ modelPath, attemptId: attempt.id } satisfies AttemptReference],
  };
  item.iconPath = iconOf(attempt, role);
  const won = role === 'attempt' && attempt.verdict === 'better' && isContender(attempt);
  const { suffix } = fetchedParts({ study, hasFile });
  item.contextValue = `attempt.${won ? 'better' : role}${suffix}`;
  item.tooltip =
    `#${attempt.number} ` +
    `${attempt.title}\n${role === 'best' ? 'best so far, ' : ''}${tagOf(attempt)}, ${metric} ` +
    `${attemptDescription(attempt)}\n${new Date(attempt.finishedAt).toLocaleString()}  ` +
    `${shortCommit(attempt.commit)}`;
  item.accessibilityInformation = {
    label:
      `${role === 'attempt' ? '' : `${role}, `}${mark.starred ? 'starred, ' : ''}` +
      spokenAttempt(attempt, metric),
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
