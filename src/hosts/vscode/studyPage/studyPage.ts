import { Uri, workspace, type Disposable, type WebviewPanel } from 'vscode';
import type { FromStudy, ToStudy } from '../../../show/views/studyMessages.ts';
import type { Study } from '../../../study/study.ts';
import { runCommand } from '../commandRunner.ts';
import { Disposables } from '../disposables.ts';
import { hasSeveralFolders } from '../folders.ts';
import type { Host } from '../host.ts';
import { EditorPages } from '../pages/editorPages.ts';
import { openPage } from '../pages/openPage.ts';
import { chooseModel } from '../study/chooseModel.ts';
import { Throttle } from '../throttle.ts';
import { fileName } from '../../../util/fileName.ts';
import { RowSender } from './rowSender.ts';

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
  const rows = new RowSender(send);
  const show = async (): Promise<void> => {
    const entry = await host.studies.load(modelPath);
    if (entry.state === 'failed') throw entry.error;
    if (entry.state !== 'ready') return;
    panel.title = titleOf(entry.study);
    send({
      kind: 'study',
      name: entry.study.name,
      modelPath,
      objective: entry.study.config.objective,
      remote: entry.study.remote ?? null,
    });
    await rows.send(entry.attempts);
    sendSelection();
    await sendStars(entry.study);
  };
  const sendSelection = (): void => {
    send({
      kind: 'selected',
      ids: host.selection.current
        .filter((reference) => reference.modelPath === modelPath)
        .map(({ attemptId }) => attemptId),
    });
  };
  const sendStars = async (study: Study): Promise<void> => {
    const marks = await host.arranging.marksOf(study);
    send({ kind: 'stars', ids: [...marks].flatMap(([id, { starred }]) => (starred ? [id] : [])) });
  };
  const changed = disposables.add(
    new Throttle(SETTLE_MS, () => {
      if (panel.visible) void host.commands.run('study page', show);
    }),
  );
  const answer = async (message: FromStudy): Promise<void> => {
    switch (message.kind) {
      case 'ready':
        rows.forget();
        return changed.poke();
      case 'select':
        return host.selection.set(message.ids.map((attemptId) => ({ modelPath, attemptId })));
      case 'open':
        return void (await runCommand('cortex.showAttempt', { modelPath, attemptId: message.id }));
      case 'star':
        return void (await runCommand('cortex.starAttempt', { modelPath, attemptId: message.id }));
      case 'compare':
        return void (await runCommand(
          'cortex.compareAttempts',
          undefined,
          message.ids.map((attemptId) => ({ modelPath, attemptId })),
        ));
      case 'map':
        return send({
          kind: 'map',
          map: await (await host.engine.get()).studyMap(await host.studies.shown(modelPath)),
        });
    }
  };
  disposables.add(
    openPage(panel.webview, { name: 'study', title: 'Study', onMessage: answer }, host),
    host.studies.onDidChange(() => {
      changed.poke();
    }),
    host.arranging.onDidChange(() => {
      changed.poke();
    }),
    host.selection.onDidChange(sendSelection),
  );
  return disposables;
}

/** Among several folders studies of one name are told apart by theirs. */
function titleOf({ name, modelPath }: Study): string {
  const folder = hasSeveralFolders()
    ? workspace.getWorkspaceFolder(Uri.file(modelPath))
    : undefined;
  return folder ? `Study ${name} (${folder.name})` : `Study ${name}`;
}
