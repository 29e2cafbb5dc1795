import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Disposable, type WebviewPanel } from 'vscode';
import type { Study } from '../../../study/study.ts';
import {
  actionsFor,
  type AttemptAction,
  type FromAttempt,
  type ToAttempt,
} from '../../../show/views/attemptMessages.ts';
import { fileName } from '../../../util/fileName.ts';
import { runCommand } from '../runCommand.ts';
import type { AttemptReference, CommandId } from '../contributions.ts';
import { Disposables } from '../disposables.ts';
import type { Host } from '../host.ts';
import { plainLabel } from '../labels.ts';
import { showLog } from '../log/showLog.ts';
import { shownEvidence } from '../log/shownEvidence.ts';
import { EditorPages } from '../pages/editorPages.ts';
import { openPage } from '../pages/openPage.ts';
import type { StudyEntry } from '../study/studies.ts';
import { Throttle } from '../throttle.ts';
import { attemptLabel } from './attemptLabels.ts';
import { chooseAttempt } from './chooseAttempt.ts';
import { inform } from '../messages.ts';

/** The Attempt page: why it was made, what came of it, and what can be done with it. */
export function createAttemptPage(host: Host): Disposable {
  const disposables = new Disposables();
  const pages = disposables.add(
    new EditorPages<AttemptReference>({
      viewType: 'cortex.attempt',
      keyOf: ({ modelPath, attemptId }) => JSON.stringify([modelPath, attemptId]),
      read: subjectIn,
      fill: (panel, subject) => fill(panel, subject, host),
    }),
  );
  disposables.add(
    host.commands.register('cortex.showAttempt', async (reference) => {
      const chosen = await chooseAttempt(host, reference, 'Show Attempt');
      if (chosen)
        pages.show(
          { modelPath: chosen.study.modelPath, attemptId: chosen.attempt.id },
          attemptLabel(chosen.attempt, 40),
        );
    }),
    host.commands.register('cortex.peekAttempt', async (reference) => {
      const chosen = await chooseAttempt(host, reference, 'Show Attempt');
      if (chosen) pages.peek(reference, attemptLabel(chosen.attempt, 40));
    }),
  );
  return disposables;
}

function subjectIn(state: unknown): AttemptReference | null {
  if (
    typeof state !== 'object' ||
    state === null ||
    !('modelPath' in state) ||
    !('attemptId' in state)
  )
    return null;
  const { modelPath, attemptId } = state;
  return typeof modelPath === 'string' && typeof attemptId === 'string' && attemptId !== ''
    ? { modelPath, attemptId }
    : null;
}

const commandOf: Readonly<Record<AttemptAction, CommandId & `cortex.${string}`>> = {
  apply: 'cortex.applyAttempt',
  diffWithParent: 'cortex.diffWithParent',
  diffWithBaseline: 'cortex.diffWithBaseline',
  diffWithFile: 'cortex.diffWithFile',
  retrain: 'cortex.retrain',
  exportModel: 'cortex.exportModel',
  makeSmaller: 'cortex.makeSmaller',
  compare: 'cortex.compareAttempts',
  copySha: 'cortex.copySha',
};

const SETTLE_MS = 300;

function fill(panel: WebviewPanel, subject: AttemptReference, host: Host): Disposable {
  const { modelPath, attemptId } = subject;
  const disposables = new Disposables();
  /** The log its evidence is of, whichever the study has now. */
  let logPath: string | null = null;
  const show = async (): Promise<void> => {
    const study = await host.studies.shown(modelPath);
    const actions = actionsOn(study, attemptId, host.studies.peek(modelPath));
    const view = await (await host.engine.get()).attemptView(study, attemptId);
    logPath = view.log === null ? await logFoundFor(study, host) : resolve(study.folder, view.log);
    panel.title = plainLabel(view.title, 40);
    void panel.webview.postMessage({
      kind: 'attempt',
      modelPath,
      attemptId,
      logName: logPath && fileName(logPath),
      view: { ...view, evidence: await shownEvidence(view.evidence, logPath, host) },
      actions,
    } satisfies ToAttempt);
  };
  const changed = disposables.add(
    new Throttle(SETTLE_MS, () => {
      if (panel.visible) void host.commands.run('attempt page', show);
    }),
  );
  const answer = async (message: FromAttempt): Promise<void> => {
    switch (message.kind) {
      case 'ready':
        return show();
      case 'open':
        return void (await runCommand('cortex.showAttempt', { modelPath, attemptId: message.id }));
      case 'log':
        return openLog(logPath, message.line);
      case 'do':
        return void (await runCommand(commandOf[message.action], subject));
    }
  };
  disposables.add(
    openPage(panel.webview, { name: 'attempt', title: 'Attempt', onMessage: answer }, host),
    host.studies.onDidChange(() => {
      changed.poke();
    }),
  );
  return disposables;
}

/** What the page offers, as far as its study is known. */
function actionsOn(
  { remote }: Study,
  attemptId: string,
  entry: StudyEntry | undefined,
): readonly AttemptAction[] {
  const known = entry?.state === 'ready' ? entry : null;
  return actionsFor(known?.attempts.find(({ id }) => id === attemptId)?.kind, {
    isFetched: remote !== undefined,
    hasFile: known?.hasFile ?? true,
  });
}

/** The log that Cortex finds, whatever was chosen since. */
const logFoundFor = async (
  { modelPath, logPath, remote }: Study,
  { studies }: Host,
): Promise<string | null> =>
  remote === undefined ? (await studies.open(modelPath, null)).logPath : logPath;

async function openLog(logPath: string | null, line: number): Promise<void> {
  if (logPath !== null && existsSync(logPath)) return showLog(logPath, line - 1);
  inform(
    'The training log of this ' +
      `attempt${logPath === null ? '' : `, ${fileName(logPath)},`} is not there ` +
      'any more.',
  );
}
