import { EventEmitter, window, workspace, type Disposable, type LogOutputChannel } from 'vscode';
import { languageOf } from '../../../model/modelFile.ts';
import { setContext } from '../context.ts';
import { Disposables } from '../disposables.ts';
import type { EngineHost } from '../engineHost.ts';
import { asCortexError } from '../errors.ts';
import { affects } from '../settings.ts';

/**
 * What model files lack to be trained here, so that nothing is offered that cannot be done. Asked
 * once a file, and again when the setting changes, or the window is come back to: a package may
 * have been installed meanwhile.
 */
export class Lacks implements Disposable {
  readonly #engine: EngineHost;
  readonly #log: LogOutputChannel;
  readonly #known = new Map<string, string | null>();
  readonly #changed = new EventEmitter<void>();
  readonly #disposables = new Disposables();

  readonly onDidChange = this.#changed.event;

  constructor(engine: EngineHost, log: LogOutputChannel) {
    this.#engine = engine;
    this.#log = log;
    this.#disposables.add(
      this.#changed,
      workspace.onDidChangeConfiguration((event) => {
        if (affects(event, 'python')) void this.#askAgain([...this.#known.keys()]);
      }),
      window.onDidChangeWindowState(({ focused }) => {
        if (focused) void this.#askAgain(this.#lacking);
      }),
    );
  }

  /** In a clause; `null` where it lacks nothing, or nobody knows yet. */
  of(modelPath: string): string | null {
    if (languageOf(modelPath) !== 'python') return null;
    if (!this.#known.has(modelPath)) {
      this.#known.set(modelPath, null);
      void this.#ask(modelPath);
    }
    return this.#known.get(modelPath) ?? null;
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  get #lacking(): readonly string[] {
    return [...this.#known].flatMap(([path, lack]) => (lack === null ? [] : [path]));
  }

  async #askAgain(paths: readonly string[]): Promise<void> {
    for (const path of paths) await this.#ask(path);
  }

  /** A study that cannot be opened says so itself when something is asked of it. */
  async #ask(modelPath: string): Promise<void> {
    try {
      const engine = await this.#engine.get();
      this.#tell(modelPath, await engine.lackOf(await engine.openStudy(modelPath)));
    } catch (thrown) {
      this.#log.debug(`${modelPath}: ${asCortexError(thrown).message}`);
    }
  }

  #tell(modelPath: string, lack: string | null): void {
    const isNew = this.#known.get(modelPath) !== lack;
    this.#known.set(modelPath, lack);
    if (!isNew) return;
    setContext('cortex.lacking', this.#lacking);
    this.#changed.fire();
  }
}
