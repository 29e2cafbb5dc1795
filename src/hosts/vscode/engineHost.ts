import { EventEmitter, workspace, type Disposable, type LogOutputChannel } from 'vscode';
import type { Engine } from '../engine.ts';
import type { EngineOptions } from '../engineOptions.ts';
import type { LoopEvent } from '../../loop/loopEvent.ts';
import { untrustedError } from './errors.ts';
import { affects, readSetting } from './settings.ts';

/** What the engine needs that does not come from settings. */
export interface EngineSurroundings extends Pick<
  EngineOptions,
  'distFolder' | 'cortexVersion' | 'reviewer' | 'language' | 'activePython' | 'mayRunUnheld'
> {
  /** Something runs: a change of settings waits for its end. */
  readonly isBusy: () => boolean;
}

/**
 * Holds the engine: loads it on first use, never in an untrusted workspace, and makes a new one
 * when its settings change.
 */
export class EngineHost implements Disposable {
  readonly #load: (options: EngineOptions) => Promise<Engine>;
  readonly #surroundings: EngineSurroundings;
  readonly #log: LogOutputChannel;
  readonly #events = new EventEmitter<LoopEvent>();
  readonly #subscription: Disposable;
  #engine: Promise<Engine> | undefined;
  #isOutdated = false;

  /** What happens in the loop, while it happens. */
  readonly onEvent = this.#events.event;

  constructor(
    load: (options: EngineOptions) => Promise<Engine>,
    surroundings: EngineSurroundings,
    log: LogOutputChannel,
  ) {
    this.#load = load;
    this.#surroundings = surroundings;
    this.#log = log;
    this.#subscription = workspace.onDidChangeConfiguration((event) => {
      if (
        affects(
          event,
          'builderNames',
          'runtime',
          'workers',
          'executor',
          'nodePath',
          'python',
          'repair.attempts',
        )
      )
        this.#isOutdated = true;
    });
  }

  /** The engine; rejects where the workspace is not trusted. */
  async get(): Promise<Engine> {
    if (!workspace.isTrusted) throw untrustedError();
    if (this.#isOutdated && !this.#surroundings.isBusy()) void this.stop();
    this.#engine ??= this.#start();
    return this.#engine;
  }

  /** Stops every worker; the next `get` starts afresh. */
  async stop(): Promise<void> {
    const engine = this.#engine;
    this.#isOutdated = false;
    this.#engine = undefined;
    await (await engine)?.dispose();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#events.dispose();
    void this.stop();
  }

  async #start(): Promise<Engine> {
    const start = performance.now();
    const { isBusy: _, ...fixed } = this.#surroundings;
    const engine = await this.#load({
      ...fixed,
      nodePath: readSetting('nodePath') || process.execPath,
      builderNames: readSetting('builderNames'),
      runtime: readSetting('runtime'),
      python: readSetting('python'),
      workers: readSetting('workers'),
      executor: readSetting('executor'),
      repairAttempts: readSetting('repair.attempts'),
      onEvent: (event) => {
        this.#events.fire(event);
      },
    });
    this.#log.debug(`engine loaded in ${(performance.now() - start).toFixed(0)} ms`);
    return engine;
  }
}
