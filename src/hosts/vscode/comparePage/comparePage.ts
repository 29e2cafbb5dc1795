import { window, type Disposable, type WebviewPanel } from 'vscode';
import type { ToCompare } from '../../../show/views/compareMessages.ts';
import { attemptLabel } from '../attempt/attemptLabels.ts';
import { chooseAttempt } from '../attempt/chooseAttempt.ts';
import { runCommand } from '../runCommand.ts';
import type { AttemptReference } from '../contributions.ts';
import { Disposables } from '../disposables.ts';
import type { Host } from '../host.ts';
import { EditorPages } from '../pages/editorPages.ts';
import { openPage } from '../pages/openPage.ts';

interface CompareSubject {
  readonly modelPath: string;
  readonly ids: readonly string[];
}

/** The Compare page: attempts of one study side by side. */
export function createComparePage(host: Host): Disposable {
  const disposables = new Disposables();
  const pages = disposables.add(
    new EditorPages<CompareSubject>({
      viewType: 'cortex.compare',
      keyOf: ({ modelPath, ids }) => JSON.stringify([modelPath, ...ids]),
      read: subjectIn,
      fill: (panel, subject) => fill(panel, subject, host),
    }),
  );
  disposables.add(
    host.commands.register('cortex.compareAttempts', async (attempt, attempts) => {
      const subject = await subjectOf(host, attempt, attempts ?? host.selection.current);
      if (subject) pages.show(subject, 'Compare');
    }),
  );
  return disposables;
}

/** The attempts that were selected, or one and another that is asked for; all of one study. */
async function subjectOf(
  host: Host,
  attempt: AttemptReference | undefined,
  selected: readonly AttemptReference[],
): Promise<CompareSubject | null> {
  const modelPath = (attempt ?? selected[0])?.modelPath;
  const ids = selected
    .filter((reference) => reference.modelPath === modelPath)
    .map(({ attemptId }) => attemptId);
  if (modelPath !== undefined && ids.length > 1) return { modelPath, ids };
  const first = await chooseAttempt(host, attempt ?? selected[0], 'Compare');
  if (!first) return null;
  const others = first.attempts.filter(({ id }) => id !== first.attempt.id).toReversed();
  const items = others.map((other) => ({ label: attemptLabel(other), id: other.id }));
  const chosen = await window.showQuickPick(items, {
    title: `Cortex: Compare ${attemptLabel(first.attempt)} with`,
    placeHolder: 'One attempt, or several',
    canPickMany: true,
  });
  return chosen && chosen.length > 0
    ? { modelPath: first.study.modelPath, ids: [first.attempt.id, ...chosen.map(({ id }) => id)] }
    : null;
}

function subjectIn(state: unknown): CompareSubject | null {
  if (typeof state !== 'object' || state === null || !('modelPath' in state) || !('ids' in state))
    return null;
  const { modelPath, ids } = state;
  const isWhole =
    typeof modelPath === 'string' &&
    Array.isArray(ids) &&
    ids.length > 1 &&
    ids.every((id): id is string => typeof id === 'string');
  return isWhole ? { modelPath, ids } : null;
}

function fill(panel: WebviewPanel, { modelPath, ids }: CompareSubject, host: Host): Disposable {
  const show = async (): Promise<void> => {
    const document = await (
      await host.engine.get()
    ).compare(await host.studies.shown(modelPath), ids);
    const numbers = document.attempts.map(({ label }) => label.split(' ')[0] ?? '');
    panel.title = `Compare ${numbers.join(' ')}`;
    void panel.webview.postMessage({
      kind: 'compare',
      modelPath,
      ids,
      document,
    } satisfies ToCompare);
  };
  return openPage(
    panel.webview,
    {
      name: 'compare',
      title: 'Compare',
      onMessage: async (message) => {
        if (message.kind === 'ready') return show();
        await runCommand('cortex.showAttempt', { modelPath, attemptId: message.id });
      },
    },
    host,
  );
}
