import { window, type Disposable } from 'vscode';
import type { LoopEvent } from '../../core/ports.ts';
import { Disposables } from '../disposables.ts';
import type { Host } from '../host.ts';
import { Throttle } from '../throttle.ts';
import { thinkingPage } from './thinkingText.ts';

const REDRAW_MS = 200;

/** What a language model writes, as it writes it, with the repairs in between; the Think Loop opens it beside the editor. */
export function createThinkingChannel({ engine, runs, commands }: Host): Disposable {
  const disposables = new Disposables();
  const channel = disposables.add(window.createOutputChannel('Cortex Reasoning'));
  const page = new ThinkingPage();
  const throttle = disposables.add(new Throttle(REDRAW_MS, () => { channel.replace(page.text); }));
  disposables.add(
    commands.register('cortex.showThinking', () => { channel.show(true); }),
    runs.onDidChange(() => { if (runs.current) page.clear(); }),
    engine.onEvent((event) => {
      if (event.kind === 'thinking' && runs.current?.automatic && page.text === '') channel.show(true);
      if (page.follow(event)) throttle.poke();
    }),
  );
  return disposables;
}

/** The finished answers of a run, and the one that is being written. */
class ThinkingPage {
  #done = '';
  #answer = '';

  get text(): string {
    return `${this.#done}${thinkingPage(this.#answer)}`;
  }

  clear(): void {
    this.#done = '';
    this.#answer = '';
  }

  /** `false` where the event changes nothing here. */
  follow(event: LoopEvent): boolean {
    if (event.kind === 'thinking') this.#answer = event.text;
    else if (event.kind === 'repairing') this.#end(`Step ${event.step} of mending: ${event.failure.message}`);
    else if (event.kind === 'proposed' && this.text !== '') this.#end(`Proposed: ${event.proposal.title}`, event.proposal.warnings);
    else return false;
    return true;
  }

  #end(line: string, warnings: readonly string[] = []): void {
    this.#done = [this.text, line, ...warnings.map((warning) => `⚠ ${warning}`), '────────', ''].join('\n');
    this.#answer = '';
  }
}
