import { basename } from 'node:path';
import { ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, workspace } from 'vscode';
import { attemptDescription, attemptLabel, spokenAttempt } from '../attempt/attemptLabels.ts';
import { plainLabel } from '../labels.ts';
import { progressText, type LiveTraining } from '../run/liveTraining.ts';
import type { HistoryNode } from './historyNodes.ts';
import { verdictIcon } from './verdictIcon.ts';

type NodeOf<Kind extends HistoryNode['kind']> = Extract<HistoryNode, { kind: Kind }>;

/** A node as VS Code shows it; `live` is what the running row tells about. */
export function historyItem(node: HistoryNode, live: LiveTraining | null): TreeItem {
  switch (node.kind) {
    case 'study': return studyItem(node);
    case 'running': return runningItem(node, live);
    case 'attempt': return attemptItem(node);
    case 'detail': return detailItem(node);
  }
}

function studyItem({ modelPath, entry }: NodeOf<'study'>): TreeItem {
  const item = new TreeItem(entry.state === 'ready' ? entry.study.name : basename(modelPath), TreeItemCollapsibleState.Expanded);
  item.id = modelPath;
  item.description = workspace.asRelativePath(modelPath);
  item.iconPath = new ThemeIcon('beaker');
  item.contextValue = 'study';
  item.tooltip = modelPath;
  item.accessibilityInformation = { label: `Study ${String(item.label)}, ${item.description}` };
  return item;
}

function runningItem({ modelPath }: NodeOf<'running'>, live: LiveTraining | null): TreeItem {
  const progress = progressText(live?.progress ?? null);
  const item = new TreeItem(live ? `#${live.number} ${progress}` : 'preparing', TreeItemCollapsibleState.None);
  item.id = `${modelPath}#running`;
  item.description = live ? plainLabel(live.title, 80) : '';
  item.iconPath = new ThemeIcon('sync~spin', new ThemeColor('charts.blue'));
  item.contextValue = 'running';
  item.tooltip = `Training: ${item.description}\n${progress}`;
  item.accessibilityInformation = { label: `Training attempt ${live?.number ?? ''}, ${item.description}, ${progress}` };
  return item;
}

function attemptItem({ attempt, role, modelPath, study }: NodeOf<'attempt'>): TreeItem {
  const item = new TreeItem(attemptLabel(attempt), TreeItemCollapsibleState.Collapsed);
  const measured = attemptDescription(attempt) || attempt.verdict;
  const { metric } = study.config.objective;
  item.id = `${modelPath}#${attempt.id}`;
  item.description = measured;
  item.iconPath = verdictIcon(attempt.verdict, role);
  item.contextValue = `attempt.${role}`;
  item.tooltip = `#${attempt.number} ${attempt.title}\n${role === 'best' ? 'best so far, ' : ''}${attempt.verdict}, ${metric} ${measured}\n${new Date(attempt.finishedAt).toLocaleString()}  ${attempt.commit.slice(0, 10)}`;
  item.accessibilityInformation = { label: `${role === 'attempt' ? '' : `${role}, `}${spokenAttempt(attempt, metric)}` };
  return item;
}

function detailItem({ id, label, description, icon, details }: NodeOf<'detail'>): TreeItem {
  const item = new TreeItem(plainLabel(label, 200), details.length > 0 ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None);
  item.id = id;
  item.description = description;
  item.iconPath = new ThemeIcon(icon);
  item.tooltip = label;
  item.contextValue = 'detail';
  return item;
}
