import { EventEmitter, window, workspace, type Disposable, type TreeDataProvider } from 'vscode';
import { setContext } from '../context.ts';
import { diagnosisView, type ContextKeys } from '../contributions.ts';
import { Disposables } from '../disposables.ts';
import type { Host } from '../host.ts';
import { diagnosisItem } from './diagnosisItems.ts';
import { diagnosisNodes, lineNodes } from './diagnosisNodes.ts';
import { type DiagnosisNode } from './diagnosisNode.ts';
import { plural } from '../../../util/plural.ts';

/**
 * The sidebar's diagnosis of the log in front, or of the log of the model file in front; it follows
 * the log while it is written.
 */
export function createDiagnosisView(host: Host): Disposable {
  const { subject, logs } = host;
  const disposables = new Disposables();
  const changed = disposables.add(new EventEmitter<undefined>());
  const provider: TreeDataProvider<DiagnosisNode> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: diagnosisItem,
    getChildren: (node) => [...(node ? childrenOf(node) : rootsOf(host))],
  };
  const view = window.createTreeView(diagnosisView, {
    treeDataProvider: provider,
    showCollapseAll: true,
  });
  const follow = (): void => {
    const logPath = subject.current?.logPath ?? null;
    logs.follow('view', view.visible && logPath !== null && workspace.isTrusted ? [logPath] : []);
    changed.fire(undefined);
  };
  disposables.add(
    view,
    view.onDidChangeVisibility(({ visible }) => {
      if (visible) subject.begin();
      else subject.end();
      follow();
    }),
    subject.onDidChange(follow),
    logs.onDidChange((path) => {
      if (path === subject.current?.logPath) changed.fire(undefined);
    }),
    workspace.onDidGrantWorkspaceTrust(follow),
  );
  if (view.visible) subject.begin();
  return disposables;
}

function rootsOf({ subject: { current }, logs }: Host): readonly DiagnosisNode[] {
  const state = current?.logPath ? logs.peek(current.logPath) : undefined;
  setContext('cortex.diagnosis', stateOf(current, state?.kind));
  if (!current?.logPath || state?.kind !== 'read') return [];
  const { logPath, modelPath } = current;
  const { diagnosis, isLive } = state;
  const { epochs, counter = 'epoch' } = diagnosis;
  const description = `${plural(epochs, counter)}${isLive ? ', training…' : ''}`;
  return [
    { kind: 'log', logPath, description },
    { kind: 'model', logPath, modelPath },
    ...diagnosisNodes(logPath, diagnosis),
  ];
}

function stateOf(
  current: Host['subject']['current'],
  log: 'reading' | 'read' | 'failed' | undefined,
): ContextKeys['cortex.diagnosis'] {
  if (!current) return 'nothing';
  if (current.logPath === null) return 'noLog';
  return log === 'read' ? 'log' : log === 'failed' ? 'unreadable' : 'noEpochs';
}

function childrenOf(node: DiagnosisNode): readonly DiagnosisNode[] {
  if (node.kind === 'group') return node.children;
  return node.kind === 'finding' ? lineNodes(node) : [];
}
