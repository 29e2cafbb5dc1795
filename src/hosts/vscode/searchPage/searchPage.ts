import { EventEmitter, type Disposable, type WebviewPanel } from 'vscode';
import type { SweepStanding } from '../../../loop/sweep/standing.ts';
import type { FromSearch, ToSearch } from '../../../show/views/searchMessages.ts';
import { fileName } from '../../../util/fileName.ts';
import { runCommand } from '../runCommand.ts';
import { Disposables } from '../disposables.ts';
import type { Host } from '../host.ts';
import { EditorPages } from '../pages/editorPages.ts';
import { openPage } from '../pages/openPage.ts';

interface SearchSubject {
  readonly modelPath: string;
}

type Known = Pick<ToSearch, 'standing' | 'isRunning' | 'end' | 'name'>;

const NOTHING: Known = { name: '', standing: null, isRunning: false, end: '' };

/** The Search pages: how the search of each model stands, while it goes on and afterwards. */
export class SearchPages implements Disposable {
  readonly #host: Host;
  readonly #known = new Map<string, Known>();
  readonly #changed = new EventEmitter<string>();
  readonly #pages: EditorPages<SearchSubject>;

  constructor(host: Host) {
    this.#host = host;
    this.#pages = new EditorPages<SearchSubject>({
      viewType: 'cortex.search',
      keyOf: ({ modelPath }) => modelPath,
      read: subjectIn,
      fill: (panel, { modelPath }) => this.#fill(panel, modelPath),
    });
  }

  show(modelPath: string): void {
    this.#pages.show({ modelPath }, `Search of ${fileName(modelPath)}`);
  }

  /** What stands from now on; what is not said stays. */
  tell(modelPath: string, change: Partial<Known>): void {
    this.#known.set(modelPath, { ...this.#of(modelPath), ...change });
    this.#changed.fire(modelPath);
  }

  standingOf(modelPath: string): SweepStanding | null {
    return this.#of(modelPath).standing;
  }

  dispose(): void {
    this.#pages.dispose();
    this.#changed.dispose();
  }

  #of(modelPath: string): Known {
    return this.#known.get(modelPath) ?? NOTHING;
  }

  #fill(panel: WebviewPanel, modelPath: string): Disposable {
    const disposables = new Disposables();
    const send = (): void => {
      const message: ToSearch = { kind: 'standing', modelPath, ...this.#of(modelPath) };
      void panel.webview.postMessage(message);
    };
    const onMessage = async (message: FromSearch): Promise<void> => {
      if (message.kind === 'ready') send();
      if (message.kind === 'stop') this.#host.runs.cancel();
      if (message.kind === 'open')
        await runCommand('cortex.showAttempt', { modelPath, attemptId: message.id });
    };
    disposables.add(
      openPage(panel.webview, { name: 'search', title: 'Search', onMessage }, this.#host),
      this.#changed.event((changed) => {
        if (changed === modelPath) send();
      }),
    );
    return disposables;
  }
}

function subjectIn(state: unknown): SearchSubject | null {
  if (typeof state !== 'object' || state === null || !('modelPath' in state)) return null;
  const { modelPath } = state;
  return typeof modelPath === 'string' && modelPath !== '' ? { modelPath } : null;
}
