import {
  EventEmitter,
  window,
  workspace,
  type Disposable,
  type TreeDataProvider,
  type TreeView,
} from 'vscode';
import { filterText } from '../../../show/arrange/filter.ts';
import { historyView } from '../contributions.ts';
import { Disposables } from '../disposables.ts';
import type { Host } from '../host.ts';
import { historyItem } from './historyItems.ts';
import { type HistoryNode } from './historyNode.ts';
import { TreeFollower } from './treeFollower.ts';
import { childrenOf, rootsOf, RunningRow } from './historyChildren.ts';

/** The sidebar: studies, their attempts, what stands under each – read when it is looked at. */
export function createHistoryView(host: Host): Disposable {
  const disposables = new Disposables();
  const changed = disposables.add(new EventEmitter<HistoryNode | undefined>());
  const running = new RunningRow(host);
  const follower = new TreeFollower();
  const provider: TreeDataProvider<HistoryNode> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: (node) => historyItem(node, host.live.training),
    getChildren: async (node) =>
      follower.seen(node, node ? await childrenOf(node, host, running) : await rootsOf(host)),
    getParent: (node) => follower.parentOf(node),
  };
  const tree = window.createTreeView(historyView, {
    treeDataProvider: provider,
    showCollapseAll: true,
    canSelectMany: true,
  });
  tree.message = messageOf(host);
  const refresh = (): void => {
    tree.message = messageOf(host);
    changed.fire(undefined);
  };
  disposables.add(
    tree,
    host.studies.onDidChange(refresh),
    host.arranging.onDidChange(refresh),
    host.runs.onDidChange(refresh),
    host.live.onDidChange(() => {
      changed.fire(running.changed());
    }),
    workspace.onDidGrantWorkspaceTrust(refresh),
    host.commands.register('cortex.refreshHistory', async () => {
      host.arranging.forget();
      await host.studies.reload();
    }),
    selectTogether(tree, follower, host),
  );
  return disposables;
}

/** What is selected in the tree is selected on the pages, and the other way round. */
function selectTogether(
  tree: TreeView<HistoryNode>,
  follower: TreeFollower,
  { selection, commands }: Host,
): Disposable {
  const disposables = new Disposables();
  disposables.add(
    selection.onDidChange((chosen) => {
      void commands.run('show in the tree', () => follower.follow(tree, chosen));
    }),
    tree.onDidChangeSelection(({ selection: nodes }) => {
      if (!follower.isEcho(nodes)) selection.set(nodes.filter((node) => node.kind === 'attempt'));
    }),
  );
  return disposables;
}

/** What a filter hides is said. */
function messageOf({ arranging, studies }: Host): string {
  const filter = filterText(arranging.current.filter);
  if (filter === '') return '';
  const total = studies
    .all()
    .reduce((sum, entry) => sum + (entry.state === 'ready' ? entry.attempts.length : 0), 0);
  return `Filter: ${filter} (of ${total} attempts; best and baseline always)`;
}
