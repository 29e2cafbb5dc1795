import { ProgressLocation, window } from 'vscode';
import type { Study } from '../../../study/study.ts';
import { attachedLines, OBSERVE_SECONDS } from '../../openTrainable.ts';
import type { Attached } from '../../engine.ts';
import type { Host } from '../host.ts';

/**
 * Where nothing says what a study is trained on, runs the user's own script once up to its
 * `fit` and says what was learned; whether anything was.
 */
export async function attachScript(host: Host, study: Study): Promise<boolean> {
  const attached = await observe(host, study);
  if (attached) void window.showInformationMessage(attachedLines(attached).join(' '));
  return attached !== null;
}

const observe = (host: Host, study: Study): Thenable<Attached | null> =>
  window.withProgress(
    {
      location: ProgressLocation.Notification,
      title: 'Cortex looks at what your script trains',
      cancellable: true,
    },
    async (_, token) => {
      const controller = new AbortController();
      token.onCancellationRequested(() => {
        controller.abort();
      });
      const engine = await host.engine.get();
      return engine.attach(study, { seconds: OBSERVE_SECONDS, signal: controller.signal });
    },
  );
