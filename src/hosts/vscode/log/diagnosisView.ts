import { EventEmitter, window, workspace, type Disposable, type TreeDataProvider } from 'vscode';
import type { Diagnosis } from '../../../log/diagnosis.ts';
import { setContext } from '../context.ts';
import { diagnosisView, type ContextKeys } from '../contributions.ts';
import { Disposables } from '../disposables.ts';
import type { Host } from '../host.ts';
import { diagnosisItem } from './diagnosisItems.ts';
import { diagnosisNodes, lineNodes } from './diagnosisNodes.ts';
import { type DiagnosisNode } from './diagnosisNode.ts';
import type { Subject } from './logSubject.ts';
import type { LogState } from './trainingLogs.ts';
import { trainedDiagnosisOf } from './trainedDiagnosis.ts';
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
    getChildren: async (node) => [...(node ? childrenOf(node) : await rootsOf(host))],
  };
  const view = window.createTreeView(diagnosisView, {
    treeDataProvider: provider,
    showCollapseAll: true,
  });
  const follow = (): void => {
    const logPath = subject.current?.logPath ?? null;
    logs.follow('view', view.visible && logPath !== null && workspace.isTrusted ? [logPath] : []);
    tell();
  };
  const tell = (): void => {
    view.message = reasonOf(subject.current, logs);
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
      if (path === subject.current?.logPath) tell();
    }),
    host.studies.onDidChange(() => {
      if (subject.current?.logPath === null) changed.fire(undefined);
    }),
    workspace.onDidGrantWorkspaceTrust(follow),
  );
  if (view.visible) subject.begin();
  return disposables;
}

/** What is said of a log that has no curve and yet more than no epochs. */
function reasonOf(current: Subject | null, logs: Host['logs']): string {
  const state = current?.logPath === null ? undefined : logs.peek(current?.logPath ?? '');
  const why = state?.kind === 'empty' ? state.why : null;
  return why === null || why.code === 'log-no-epochs' || why.code === 'log-empty'
    ? ''
    : `${why.happened} ${why.remedy}`;
}

async function rootsOf(host: Host): Promise<readonly DiagnosisNode[]> {
  const { current } = host.subject;
  if (!current) return nothing('nothing');
  const { logPath } = current;
  return logPath === null ? trainedRoots(current, host) : logRoots(current, logPath, host);
}

function nothing(state: Exclude<ContextKeys['cortex.diagnosis'], 'log'>): readonly DiagnosisNode[] {
  setContext('cortex.diagnosis', state);
  return [];
}

const STATES = { reading: 'reading', empty: 'noEpochs', failed: 'unreadable' } as const;

function logRoots(
  { modelPath }: Subject,
  logPath: string,
  { logs }: Host,
): readonly DiagnosisNode[] {
  const state: LogState = logs.peek(logPath) ?? { kind: 'reading' };
  if (state.kind !== 'read') return nothing(STATES[state.kind]);
  const { diagnosis, isLive } = state;
  setContext('cortex.diagnosis', 'log');
  return [
    { kind: 'log', logPath, description: `${lengthOf(diagnosis)}${isLive ? ', training…' : ''}` },
    { kind: 'model', logPath, modelPath },
    ...diagnosisNodes(logPath, diagnosis),
  ];
}

/** Where there is no log, the training of the best attempt stands for it. */
async function trainedRoots({ modelPath }: Subject, host: Host): Promise<readonly DiagnosisNode[]> {
  const trained = modelPath === null ? null : await trainedDiagnosisOf(host, modelPath);
  if (modelPath === null || !trained) return nothing('noLog');
  const { attempt, diagnosis } = trained;
  setContext('cortex.diagnosis', 'log');
  return [
    {
      kind: 'trained',
      modelPath,
      attemptId: attempt.id,
      label: `Training of #${attempt.number}`,
      description: lengthOf(diagnosis),
    },
    { kind: 'model', logPath: null, modelPath },
    ...diagnosisNodes(null, diagnosis),
  ];
}

const lengthOf = ({ epochs, counter = 'epoch' }: Diagnosis): string => plural(epochs, counter);

function childrenOf(node: DiagnosisNode): readonly DiagnosisNode[] {
  if (node.kind === 'group') return node.children;
  return node.kind === 'finding' ? lineNodes(node) : [];
}
