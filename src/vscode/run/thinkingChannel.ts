import { window, type Disposable } from 'vscode';
import { Disposables } from '../disposables.ts';
import type { Host } from '../host.ts';
import { Throttle } from '../throttle.ts';
import { ReasoningPage } from './reasoningPage.ts';

const REDRAW_MS = 200;

/** The reasoning of a run as it comes, round by round; a Think Loop opens it beside the editor and leaves the focus where it is. */
export function createThinkingChannel({ engine, runs, commands }: Host): Disposable {
  const disposables = new Disposables();
  const channel = disposables.add(window.createOutputChannel('Cortex Reasoning'));
  const page = new ReasoningPage();
  const throttle = disposables.add(new Throttle(REDRAW_MS, () => { channel.replace(page.text); }));
  let isShown = false;
  disposables.add(
    commands.register('cortex.showThinking', () => { channel.show(true); }),
    runs.onDidChange(() => {
      if (!runs.current) return;
      isShown = false;
      page.begin(`${runs.current.name} on ${runs.current.study.name}`);
    }),
    engine.onEvent((event) => {
      if (!page.follow(event)) return;
      throttle.poke();
      if (isShown || !runs.current?.automatic || (event.kind !== 'thinking' && event.kind !== 'proposed')) return;
      isShown = true;
      channel.show(true);
    }),
  );
  return disposables;
}
