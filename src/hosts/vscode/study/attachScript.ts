import { ProgressLocation, window } from 'vscode';
import type { Study } from '../../../study/study.ts';
import { attachedLines, OBSERVE_SECONDS } from '../../openTrainable.ts';
import type { Attached, Engine } from '../../engine.ts';
import type { Host } from '../host.ts';
import { inform } from '../messages.ts';

/**
 * Where nothing says what a study is trained on, runs the user's own script once up to its
 * `fit` and says what was learned; whether anything was.
 */
export async function attachScript(host: Host, study: Study): Promise<boolean> {
  const engine = await host.engine.get();
  const script = await engine.trainingScript(study);
  if (script === null) return false;
  const attached = await observe(engine, study, script);
  const lines = attachedLines(attached);
  for (const line of lines) host.log.info(line);
  inform(lines[0] ?? '', { label: 'Show Output', take: () => host.log.show() });
  return true;
}

const observe = (engine: Engine, study: Study, script: string): Thenable<Attached> =>
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
      return engine.attach(study, script, { seconds: OBSERVE_SECONDS, signal: controller.signal });
    },
  );
