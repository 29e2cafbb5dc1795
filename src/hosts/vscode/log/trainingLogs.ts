import { EventEmitter, type Disposable, type LogOutputChannel } from 'vscode';
import type { CortexError } from '../../../util/errors.ts';
import type { Engine } from '../../engine.ts';
import type { Diagnosis } from '../../../log/diagnosis.ts';
import type { LogReaderOptions } from '../../../log/readTrainingLog.ts';
import type { EngineHost } from '../engineHost.ts';
import { asCortexError } from '../errors.ts';
import type { LogLinks } from './logLinks.ts';

/**
 * A log that says nothing new for so long is no longer being written; one with slow epochs gets
 * three of them.
 */
const PATIENCE_MS = 60_000;

/** What is known of a training log. */
export type LogState =
  | { readonly kind: 'reading' }
  /** Read, and without an epoch so far; why, where reading all of it tells. */
  | { readonly kind: 'empty'; readonly why: CortexError | null }
  | { readonly kind: 'read'; readonly diagnosis: Diagnosis; readonly isLive: boolean }
  | { readonly kind: 'failed'; readonly error: CortexError };

/** Who wants a log followed: it is open in an editor, or shown in the Diagnosis view. */
type Reader = 'editors' | 'view';

interface Followed {
  state: LogState;
  readonly abort: AbortController;
  readAt: number;
  timer: NodeJS.Timeout | undefined;
}

/**
 * The training logs that somebody looks at, each followed on disk by the engine: what a training
 * appends is read alone.
 */
export class TrainingLogs implements Disposable {
  readonly #engine: EngineHost;
  readonly #links: LogLinks;
  readonly #log: LogOutputChannel;
  readonly #wanted = new Map<Reader, readonly string[]>();
  readonly #followed = new Map<string, Followed>();
  readonly #changed = new EventEmitter<string>();

  /**
   * Fires with the path of a log whose state changed; it is gone when `peek` knows nothing of it.
   */
  readonly onDidChange = this.#changed.event;

  constructor(engine: EngineHost, links: LogLinks, log: LogOutputChannel) {
    this.#engine = engine;
    this.#links = links;
    this.#log = log;
  }

  /** What is known of a log; `undefined` where nobody looks at it. */
  peek(path: string): LogState | undefined {
    return this.#followed.get(path)?.state;
  }

  /** The diagnosis of a log, where it has been read. */
  diagnosisOf(path: string): Diagnosis | null {
    const state = this.peek(path);
    return state?.kind === 'read' ? state.diagnosis : null;
  }

  /** The followed logs that show epochs. */
  withEpochs(): readonly string[] {
    return [...this.#followed].flatMap(([path, { state }]) =>
      state.kind === 'read' ? [path] : [],
    );
  }

  /**
   * Follows these logs for a reader and lets go of those nobody wants any more; one that failed is
   * tried again.
   */
  follow(reader: Reader, paths: readonly string[]): void {
    this.#wanted.set(reader, paths);
    const wanted = new Set([...this.#wanted.values()].flat());
    for (const [path, { state }] of this.#followed)
      if (!wanted.has(path) || state.kind === 'failed') this.#drop(path);
    for (const path of wanted) if (!this.#followed.has(path)) void this.#begin(path);
  }

  /** Reads a log from its beginning, in another way than before. */
  readAgain(path: string): void {
    if (!this.#followed.has(path)) return;
    this.#drop(path);
    void this.#begin(path);
  }

  /** How a log is read for an editor: the run that was chosen, by the lines an editor shows. */
  async waysToRead(path: string, engine: Engine): Promise<LogReaderOptions> {
    const run = this.#links.chosenRun(path);
    return {
      ...(await this.#patternFor(path, engine)),
      ...(run !== null && { run: { preferred: run } }),
      lines: 'editor',
    };
  }

  dispose(): void {
    for (const path of this.#followed.keys()) this.#drop(path);
    this.#changed.dispose();
  }

  async #begin(path: string): Promise<void> {
    const entry: Followed = {
      state: { kind: 'reading' },
      abort: new AbortController(),
      readAt: 0,
      timer: undefined,
    };
    this.#followed.set(path, entry);
    this.#changed.fire(path);
    try {
      const engine = await this.#engine.get();
      const options = await this.waysToRead(path, engine);
      const reason = reasonsOf(() => whyEmpty(path, engine, options));
      const { signal } = entry.abort;
      for await (const diagnosis of engine.followLog(path, { ...options, signal })) {
        clearTimeout(entry.timer);
        if (diagnosis) this.#show(path, entry, diagnosis);
        else this.#set(path, entry, { kind: 'empty', why: await reason() });
      }
    } catch (thrown) {
      const error = asCortexError(thrown);
      this.#log.debug(`${path}: [${error.code}] ${error.message}`);
      this.#set(path, entry, { kind: 'failed', error });
    }
  }

  /**
   * The expression that the study file gives for the lines of its logs; one that cannot be read
   * gives none.
   */
  async #patternFor(path: string, engine: Engine): Promise<{ readonly pattern?: string }> {
    try {
      const model = await this.#links.modelOf(path);
      const pattern =
        model === null ? undefined : (await engine.openStudy(model)).config.logPattern;
      return pattern === undefined ? {} : { pattern };
    } catch (thrown) {
      this.#log.debug(`${path}: ${asCortexError(thrown).message}`);
      return {};
    }
  }

  /** From its second reading on, a log is live: it was added to while somebody looked. */
  #show(path: string, entry: Followed, diagnosis: Diagnosis): void {
    const now = Date.now();
    const isLive = entry.readAt > 0;
    const patience = Math.max(PATIENCE_MS, 3 * (now - entry.readAt));
    entry.readAt = now;
    if (isLive)
      entry.timer = setTimeout(() => {
        this.#set(path, entry, { kind: 'read', diagnosis, isLive: false });
      }, patience);
    this.#set(path, entry, { kind: 'read', diagnosis, isLive });
  }

  #set(path: string, entry: Followed, state: LogState): void {
    if (entry.abort.signal.aborted) return;
    entry.state = state;
    this.#changed.fire(path);
  }

  #drop(path: string): void {
    const entry = this.#followed.get(path);
    entry?.abort.abort();
    clearTimeout(entry?.timer);
    this.#followed.delete(path);
    this.#changed.fire(path);
  }
}

/**
 * Why a log that grows shows no curve so far. The whole log tells, so it is asked at the first
 * growth, the second, the fourth, the eighth …: together that reads about twice the log.
 */
function reasonsOf(ask: () => Promise<CortexError | null>): () => Promise<CortexError | null> {
  let [growths, known]: [number, CortexError | null] = [0, null];
  return async () => {
    growths += 1;
    if (Number.isInteger(Math.log2(growths))) known = await ask();
    return known;
  };
}

/** Who follows a log waits for a curve; who reads it to its end learns why there is none. */
async function whyEmpty(
  path: string,
  engine: Engine,
  options: LogReaderOptions,
): Promise<CortexError | null> {
  try {
    await engine.diagnose(path, options);
    return null;
  } catch (thrown) {
    return asCortexError(thrown);
  }
}
