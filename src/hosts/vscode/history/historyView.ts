import { setImmediate as nextTask } from 'node:timers/promises';
import {
  EventEmitter,
  window,
  workspace,
  type Disposable,
  type TreeDataProvider,
  type TreeView,
} from 'vscode';
import { filterText } from '../../../show/arrange/filter.ts';
import type { Engine } from '../../engine.ts';
import { setContext } from '../context.ts';
import { historyView, type ContextKeys } from '../contributions.ts';
import { Disposables } from '../disposables.ts';
import { asCortexError } from '../errors.ts';
import type { Host } from '../host.ts';
import type { StudyEntry } from '../study/studies.ts';
import { historyItem } from './historyItems.ts';
import { detailNodes, lineNodes, noteNode, unreadableNode } from './detailNodes.ts';
import { attemptNodes, type HistoryNode } from './historyNodes.ts';
import { standingOf } from './standing.ts';
import { TreeFollower } from './treeFollower.ts';

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

/**
 * The one live row, the same object while an attempt trains, so that progress redraws that row
 * alone.
 */
class RunningRow {
  readonly #host: Host;
  #node: HistoryNode | undefined;
  #attemptId: string | undefined;

  constructor(host: Host) {
    this.#host = host;
  }

  /** The row under a study, if it is the one at work. */
  under(modelPath: string): readonly HistoryNode[] {
    const { runs, live } = this.#host;
    if (runs.current?.study.modelPath !== modelPath || !live.training) return [];
    this.#attemptId = live.training.attemptId;
    this.#node = { kind: 'running', modelPath };
    return [this.#node];
  }

  /** What has to be drawn again: the row, or everything when another attempt began or ended. */
  changed(): HistoryNode | undefined {
    return this.#attemptId === this.#host.live.training?.attemptId ? this.#node : undefined;
  }
}

async function rootsOf(host: Host): Promise<readonly HistoryNode[]> {
  if (!workspace.isTrusted) return [];
  await host.studies.discover();
  await Promise.all([loadSeen(host), host.studies.discoverFetched()]);
  const entries = await loadSeen(host);
  const shown = entries.filter((entry) => isWorthShowing(entry, host));
  setContext('cortex.history', shown.length > 0 ? 'attempts' : emptiness(entries));
  return shown.map((entry) => ({ kind: 'study', modelPath: entry.modelPath, entry }));
}

const loadSeen = ({ studies }: Host): Promise<readonly StudyEntry[]> =>
  Promise.all(
    studies.all().map((entry) => (entry.state === 'seen' ? studies.load(entry.modelPath) : entry)),
  );

const isWorthShowing = (entry: StudyEntry, { runs }: Host): boolean =>
  runs.current?.study.modelPath === entry.modelPath ||
  (entry.state === 'ready' && entry.attempts.length > 0);

function emptiness(entries: readonly StudyEntry[]): ContextKeys['cortex.history'] {
  if (entries.length === 0) return 'noModel';
  return entries.every(
    (entry) => entry.state === 'failed' && entry.error.code === 'git-no-repository',
  )
    ? 'noRepository'
    : 'noAttempts';
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

async function detailsOf(
  node: Extract<HistoryNode, { kind: 'attempt' }>,
  engine: Engine,
): Promise<readonly HistoryNode[]> {
  const { attempt, mark, below } = node;
  const own = mark.note === '' ? [] : [noteNode(attempt, mark.note)];
  return [
    ...below(),
    ...own,
    ...(await recordOf(node, engine).catch((thrown: unknown) => [
      unreadableNode(attempt, asCortexError(thrown).message),
    ])),
  ];
}

async function recordOf(
  { attempt, study, attemptId }: Extract<HistoryNode, { kind: 'attempt' }>,
  engine: Engine,
): Promise<readonly HistoryNode[]> {
  return detailNodes(
    attempt,
    await engine.attempt(study, attemptId),
    await engine.hunkEffects(study, attemptId),
  );
}

/** In tasks of their own: of ten thousand attempts each step takes a while. */
async function attemptsOf(
  { entry }: Extract<HistoryNode, { kind: 'study' }>,
  { arranging }: Host,
): Promise<readonly HistoryNode[]> {
  if (entry.state !== 'ready') return [];
  const { study, attempts, hasFile } = entry;
  const marks = await arranging.marksOf(study);
  await nextTask();
  standingOf(attempts, study.config.objective);
  await nextTask();
  return attemptNodes(study, attempts, { arrangement: arranging.current, marks, hasFile });
}

async function childrenOf(
  node: HistoryNode,
  host: Host,
  running: RunningRow,
): Promise<readonly HistoryNode[]> {
  switch (node.kind) {
    case 'study':
      return [...running.under(node.modelPath), ...(await attemptsOf(node, host))];
    case 'folder':
      return node.rows();
    case 'attempt':
      return detailsOf(node, await host.engine.get());
    case 'detail':
      return lineNodes(node);
    case 'running':
      return [];
  }
}
