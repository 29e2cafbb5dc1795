import { ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, workspace } from 'vscode';
import { FINDING_MEANINGS } from '../../../log/meaning.ts';
import { fileName } from '../../../util/fileName.ts';
import { folderOf } from '../folderOf.ts';
import { plainLabel } from '../labels.ts';
import type { DiagnosisNode } from './diagnosisNode.ts';
import { runName, shortName } from './placedFindings.ts';
import { openAt } from './openAt.ts';

type NodeOf<Kind extends DiagnosisNode['kind']> = Extract<DiagnosisNode, { kind: Kind }>;

/** A node as VS Code shows it. */
export function diagnosisItem(node: DiagnosisNode): TreeItem {
  switch (node.kind) {
    case 'log':
      return logItem(node);
    case 'trained':
      return trainedItem(node);
    case 'model':
      return modelItem(node);
    case 'run':
      return runItem(node);
    case 'group':
      return groupItem(node);
    case 'series':
      return seriesItem(node);
    case 'finding':
      return findingItem(node);
    case 'line':
      return lineItem(node);
    case 'note':
      return noteItem(node);
  }
}

function logItem({ logPath, description }: NodeOf<'log'>): TreeItem {
  const item = itemOf(fileName(logPath), description, 'output');
  item.contextValue = 'log';
  item.tooltip = logPath;
  item.accessibilityInformation = { label: `${fileName(logPath)}, ${description}` };
  item.command = openAt(logPath);
  return item;
}

function trainedItem({ label, description, ...reference }: NodeOf<'trained'>): TreeItem {
  const item = itemOf(label, description, 'graph-line');
  item.contextValue = 'trained';
  item.tooltip = 'No log was found: this is what the training of the best attempt says.';
  item.accessibilityInformation = { label: `${label}, ${description}` };
  item.command = { title: 'Show', command: 'cortex.showAttempt', arguments: [reference] };
  return item;
}

function modelItem({ modelPath, logPath }: NodeOf<'model'>): TreeItem {
  const item =
    modelPath === null
      ? itemOf('No model file is known for this log', 'choose one', 'question')
      : itemOf(fileName(modelPath), folderOf(modelPath), 'beaker');
  const known = logPath === null ? 'modelWithoutLog' : 'model';
  item.contextValue = modelPath === null ? 'noModel' : known;
  item.accessibilityInformation = {
    label:
      modelPath === null
        ? 'No model file is known for this log'
        : `model file ${fileName(modelPath)}`,
  };
  item.tooltip = modelPath ?? 'Choose the model file of this log by the button on the right.';
  if (modelPath !== null) item.command = openAt(modelPath);
  return item;
}

function runItem({ logPath, run }: NodeOf<'run'>): TreeItem {
  const item = itemOf(runName(run), run.index === run.count ? 'the last' : 'chosen', 'layers');
  item.contextValue = 'run';
  item.tooltip =
    'The log holds several runs. Click to choose which one is read, here and by every proposal.';
  item.accessibilityInformation = { label: `${runName(run)}, choose another` };
  item.command = { title: 'Choose', command: 'cortex.chooseRun', arguments: [{ logPath }] };
  return item;
}

function groupItem({ id, label, icon }: NodeOf<'group'>): TreeItem {
  const item = new TreeItem(
    label,
    id === 'Notes' ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.Expanded,
  );
  item.id = id;
  item.iconPath = iconOf(icon);
  return item;
}

function seriesItem({ name, description, spoken }: NodeOf<'series'>): TreeItem {
  const item = new TreeItem(plainLabel(name, 40), TreeItemCollapsibleState.None);
  item.description = description;
  item.tooltip = `${name}: ${spoken}`;
  item.accessibilityInformation = { label: `${name}, ${spoken}` };
  return item;
}

function findingItem({ logPath, placed: { finding, line } }: NodeOf<'finding'>): TreeItem {
  const { kind, lines, text } = finding;
  const item = new TreeItem(
    plainLabel(shortName(finding), 60),
    lines.length > 0 && logPath !== null
      ? TreeItemCollapsibleState.Collapsed
      : TreeItemCollapsibleState.None,
  );
  item.id = kind;
  item.description = text;
  item.tooltip = `${text}\n\n${FINDING_MEANINGS[kind].text}`;
  item.contextValue = finding.severity === 'info' || logPath === null ? 'fact' : 'finding';
  item.accessibilityInformation = { label: `${shortName(finding)}, ${finding.severity}: ${text}` };
  if (lines.length > 0 && logPath !== null) item.command = openAt(logPath, line);
  return item;
}

function lineItem({ logPath, line }: NodeOf<'line'>): TreeItem {
  const document = workspace.textDocuments.find(
    ({ uri, lineCount }) => uri.fsPath === logPath && line < lineCount,
  );
  const item = itemOf(`line ${line + 1}`, document?.lineAt(line).text.trim() ?? '', 'go-to-file');
  item.command = openAt(logPath, line);
  return item;
}

function noteItem({ label, description, tooltip, icon }: NodeOf<'note'>): TreeItem {
  const item = itemOf(label, description, icon);
  item.accessibilityInformation = { label: `${label}, ${description}` };
  item.tooltip = `${label}: ${description}. ${tooltip}`;
  return item;
}

function itemOf(label: string, description: string, icon: string): TreeItem {
  const item = new TreeItem(label, TreeItemCollapsibleState.None);
  item.description = description;
  item.iconPath = new ThemeIcon(icon);
  return item;
}

const colors: Readonly<Record<string, string>> = {
  error: 'problemsErrorIcon.foreground',
  warning: 'problemsWarningIcon.foreground',
  info: 'problemsInfoIcon.foreground',
};

function iconOf(icon: string): ThemeIcon {
  const color = colors[icon];
  return color === undefined ? new ThemeIcon(icon) : new ThemeIcon(icon, new ThemeColor(color));
}
