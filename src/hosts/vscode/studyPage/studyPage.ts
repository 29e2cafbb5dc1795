import { Uri, workspace, type Disposable, type WebviewPanel } from 'vscode';
import type { FromStudy, ToStudy } from '../../../show/views/studyMessages.ts';
import type { Study } from '../../../study/study.ts';
import { runCommand } from '../runCommand.ts';
import type { AttemptReference } from '../contributions.ts';
import { Disposables } from '../disposables.ts';
import { hasSeveralFolders } from '../folders.ts';
import type { Host } from '../host.ts';
import { EditorPages } from '../pages/editorPages.ts';
import { openPage } from '../pages/openPage.ts';
import { chooseModel } from '../study/chooseModel.ts';
import { Throttle } from '../throttle.ts';
import { fileName } from '../../../util/fileName.ts';
import { Standings } from './standings.ts';
import { RowSender } from './rowSender.ts';
import { objectiveOf } from '../../../record/objectives.ts';

interface StudySubject {
  readonly modelPath: string;
}

/** The Study page: every attempt on one model file, as a table, in figures, and on a map. */
export function createStudyPage(host: Host): Disposable {
  const disposables = new Disposables();
  const pages = disposables.add(
    new EditorPages<StudySubject>({
      viewType: 'cortex.study',
      keyOf: ({ modelPath }) => modelPath,
      read: subjectIn,
      fill: (panel, { modelPath }) => fill(panel, modelPath, host),
    }),
  );
  disposables.add(
    host.commands.register('cortex.showStudy', async (model) => {
      const modelPath = await chooseModel(host, model);
      if (modelPath) pages.show({ modelPath }, `Study of ${fileName(modelPath)}`);
    }),
  );
  return disposables;
}

function subjectIn(state: unknown): StudySubject | null {
  if (typeof state !== 'object' || state === null || !('modelPath' in state)) return null;
  return typeof state.modelPath === 'string' && state.modelPath !== ''
    ? { modelPath: state.modelPath }
    : null;
}

const SETTLE_MS = 200;

function fill(panel: WebviewPanel, modelPath: string, host: Host): Disposable {
  const disposables = new Disposables();
  const send = (message: ToStudy): void => {
    void panel.webview.postMessage(message);
  };
  const shown = {
    modelPath,
    host,
    send,
    rows: new RowSender(send),
    standings: new Standings(host),
  };
  const changed = disposables.add(
    new Throttle(SETTLE_MS, () => {
      if (panel.visible) void host.commands.run('study page', () => show(panel, shown));
    }),
  );
  const poke = (): void => {
    changed.poke();
  };
  const onMessage = async (message: FromStudy): Promise<void> => {
    if (message.kind !== 'ready') return answer(message, shown);
    shown.rows.forget();
    poke();
  };
  disposables.add(
    openPage(panel.webview, { name: 'study', title: 'Study', onMessage }, host),
    host.studies.onDidChange(poke),
    host.arranging.onDidChange(poke),
    host.selection.onDidChange(() => {
      send(selectionOf(modelPath, host));
    }),
  );
  return disposables;
}

/** One study, and the page it is shown on. */
interface Shown {
  readonly modelPath: string;
  readonly host: Host;
  readonly send: (message: ToStudy) => void;
  readonly rows: RowSender;
  readonly standings: Standings;
}

async function show(
  panel: WebviewPanel,
  { modelPath, host, send, rows, standings }: Shown,
): Promise<void> {
  const entry = await host.studies.load(modelPath);
  if (entry.state === 'failed') throw entry.error;
  if (entry.state !== 'ready') return;
  const { study, attempts } = entry;
  panel.title = titleOf(study);
  send({
    kind: 'study',
    name: study.name,
    modelPath,
    objective: objectiveOf(study.config),
    remote: study.remote ?? null,
  });
  await rows.send(attempts);
  send(await standings.of(entry));
  send(selectionOf(modelPath, host));
  const marks = await host.arranging.marksOf(study);
  send({ kind: 'stars', ids: [...marks].flatMap(([id, { starred }]) => (starred ? [id] : [])) });
}

const selectionOf = (modelPath: string, { selection }: Host): ToStudy => ({
  kind: 'selected',
  ids: selection.current
    .filter((reference) => reference.modelPath === modelPath)
    .map(({ attemptId }) => attemptId),
});

/** Does what the page asks for. */
async function answer(message: Exclude<FromStudy, { kind: 'ready' }>, shown: Shown): Promise<void> {
  const { modelPath, host, send } = shown;
  const attempts = (ids: readonly string[]): readonly AttemptReference[] =>
    ids.map((attemptId) => ({ modelPath, attemptId }));
  switch (message.kind) {
    case 'select':
      return host.selection.set(attempts(message.ids));
    case 'open':
      return void (await runCommand('cortex.showAttempt', { modelPath, attemptId: message.id }));
    case 'star':
      return void (await runCommand('cortex.starAttempt', { modelPath, attemptId: message.id }));
    case 'compare':
      return void (await runCommand('cortex.compareAttempts', undefined, attempts(message.ids)));
    case 'map': {
      const engine = await host.engine.get();
      const map = await engine.studyMap(await host.studies.shown(modelPath));
      return send({ kind: 'map', map });
    }
    case 'sweep':
      return sendSweep(shown);
  }
}

/** What the newest search tried, where there was one. */
async function sendSweep({ modelPath, host, send }: Shown): Promise<void> {
  const entry = await host.studies.load(modelPath);
  const newest =
    entry.state === 'ready' ? entry.attempts.findLast(({ kind }) => kind === 'sweep') : undefined;
  if (entry.state !== 'ready' || !newest) return;
  const record = await (await host.engine.get()).attempt(entry.study, newest.id);
  if (record.kind === 'sweep')
    send({ kind: 'sweep', number: record.number, configurations: record.configurations });
}

/** Among several folders studies of one name are told apart by theirs. */
function titleOf({ name, modelPath }: Study): string {
  const folder = hasSeveralFolders()
    ? workspace.getWorkspaceFolder(Uri.file(modelPath))
    : undefined;
  return folder ? `Study ${name} (${folder.name})` : `Study ${name}`;
}
