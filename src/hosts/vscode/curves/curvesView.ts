import { window, workspace, type Disposable, type WebviewView } from 'vscode';
import type { FromCurves, ToCurves } from '../../../show/views/curvesMessages.ts';
import { runCommand } from '../runCommand.ts';
import { curvesView } from '../contributions.ts';
import { Disposables } from '../disposables.ts';
import type { Host } from '../host.ts';
import { Throttle } from '../throttle.ts';
import { openPage } from '../pages/openPage.ts';
import { CurvesSource } from './curvesSource.ts';

/** Many things change at once when an attempt ends. */
const SETTLE_MS = 150;

/**
 * The Curves view in the sidebar. Hidden, it keeps nothing: it is filled again from the model when
 * it is shown.
 */
export function createCurvesView(host: Host): Disposable {
  const disposables = new Disposables();
  const source = disposables.add(new CurvesSource(host));
  disposables.add(
    window.registerWebviewViewProvider(curvesView, {
      resolveWebviewView: (view) => {
        fill(view, source, host);
      },
    }),
  );
  return disposables;
}

function fill(view: WebviewView, source: CurvesSource, host: Host): void {
  const disposables = new Disposables();
  const send = (message: ToCurves): void => {
    void view.webview.postMessage(message);
  };
  const show = async (): Promise<void> => {
    if (!view.visible) return;
    const document = workspace.isTrusted ? await source.document() : null;
    view.description = document?.study ?? '';
    send({ kind: 'show', document });
  };
  const changed = disposables.add(
    new Throttle(SETTLE_MS, () => {
      void host.commands.run('curves view', show);
    }),
  );
  const onMessage = async (message: FromCurves): Promise<void> => {
    if (message.kind === 'ready') return changed.poke();
    const { modelPath } = source;
    if (modelPath)
      await runCommand('cortex.showAttempt', {
        modelPath,
        attemptId: message.id.replace(/\/finished$/, ''),
      });
  };
  disposables.add(
    openPage(view.webview, { name: 'curves', title: 'Curves', onMessage }, host),
    source.onDidChange(() => {
      changed.poke();
    }),
    source.onDidMove(() => {
      if (view.visible) send({ kind: 'live', runs: source.liveRuns });
    }),
    view.onDidChangeVisibility(() => {
      changed.poke();
    }),
    workspace.onDidGrantWorkspaceTrust(() => {
      changed.poke();
    }),
  );
  view.onDidDispose(() => {
    disposables.dispose();
  });
}
