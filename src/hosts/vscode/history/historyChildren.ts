import { setImmediate as nextTask } from 'node:timers/promises';
import { workspace } from 'vscode';
import type { Engine } from '../../engine.ts';
import { setContext } from '../context.ts';
import { type ContextKeys } from '../contributions.ts';
import { asCortexError } from '../errors.ts';
import type { Host } from '../host.ts';
import type { StudyEntry } from '../study/studies.ts';
import { detailNodes, lineNodes, noteNode, unreadableNode } from './detailNodes.ts';
import { attemptNodes } from './historyNodes.ts';
import { type HistoryNode } from './historyNode.ts';
import { standingOf } from './standing.ts';
import { objectivesOf } from '../../../record/objectives.ts';

/**
 * The one live row, the same object while an attempt trains, so that progress redraws that row
 * alone.
 */
export class RunningRow {
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

/** The studies, read when they are looked at. */
export async function rootsOf(host: Host): Promise<readonly HistoryNode[]> {
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
  standingOf(attempts, objectivesOf(study.config));
  await nextTask();
  return attemptNodes(study, attempts, { arrangement: arranging.current, marks, hasFile });
}

/** What stands under a row. */
export async function childrenOf(
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
