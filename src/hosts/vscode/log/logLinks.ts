import { EventEmitter, type Disposable, type Memento } from 'vscode';
import type { EngineHost } from '../engineHost.ts';

const modelsKey = 'modelOfLog';
const logsKey = 'logOfModel';
const runsKey = 'runOfLog';

type Memory<Value> = Readonly<Record<string, Value>>;

/**
 * Which log belongs to which model file, and which of its runs is read: what the user chose,
 * remembered for the workspace, else what the engine finds.
 */
export class LogLinks implements Disposable {
  readonly #memory: Memento;
  readonly #engine: EngineHost;
  readonly #changed = new EventEmitter<string>();
  readonly #found = new Map<string, Promise<string | null>>();

  /** Fires with the path of a model file whose log was chosen, or left to Cortex again. */
  readonly onDidChange = this.#changed.event;

  constructor(memory: Memento, engine: EngineHost) {
    this.#memory = memory;
    this.#engine = engine;
  }

  /** The log the user chose for a model file; `null` where they left it to Cortex. */
  chosenLog(modelPath: string): string | null {
    return this.#memory.get<Memory<string>>(logsKey)?.[modelPath] ?? null;
  }

  /** The run of a log that the user chose, 1-based; `null`: the last. */
  chosenRun(logPath: string): number | null {
    return this.#memory.get<Memory<number>>(runsKey)?.[logPath] ?? null;
  }

  /** The model file a log is of; `null` where it cannot be told. */
  async modelOf(logPath: string): Promise<string | null> {
    const chosen = this.#memory.get<Memory<string>>(modelsKey)?.[logPath];
    if (chosen !== undefined) return chosen;
    const found =
      this.#found.get(logPath) ?? this.#engine.get().then((engine) => engine.modelOfLog(logPath));
    this.#found.set(logPath, found);
    found.catch(() => this.#found.delete(logPath));
    return found;
  }

  /** Remembers that a log is of a model file, both ways; it is no other's any more. */
  async link(logPath: string, modelPath: string): Promise<void> {
    const others = await this.#forgetWhere(
      logsKey,
      (path, log) => log === logPath && path !== modelPath,
    );
    await this.#remember(modelsKey, logPath, modelPath);
    await this.#remember(logsKey, modelPath, logPath);
    for (const path of [...others, modelPath]) this.#changed.fire(path);
  }

  /** Leaves the log of a model file to Cortex again. */
  async unlink(modelPath: string): Promise<void> {
    await this.#forgetWhere(logsKey, (path) => path === modelPath);
    await this.#forgetWhere(modelsKey, (_, model) => model === modelPath);
    this.#changed.fire(modelPath);
  }

  /** Remembers which run of a log is to be read; `null`: the last. */
  async chooseRun(logPath: string, run: number | null): Promise<void> {
    if (run === null) await this.#forgetWhere(runsKey, (path) => path === logPath);
    else await this.#remember(runsKey, logPath, run);
  }

  /** Looks again the next time: files have come or gone. */
  forget(): void {
    this.#found.clear();
  }

  dispose(): void {
    this.#changed.dispose();
  }

  async #remember(key: string, path: string, value: string | number): Promise<void> {
    await this.#memory.update(key, { ...this.#memory.get<Memory<unknown>>(key), [path]: value });
  }

  /** The paths that were forgotten. */
  async #forgetWhere(
    key: string,
    passes: (path: string, value: unknown) => boolean,
  ): Promise<readonly string[]> {
    const entries = Object.entries(this.#memory.get<Memory<unknown>>(key) ?? {});
    const gone = entries.filter(([path, value]) => passes(path, value));
    if (gone.length > 0)
      await this.#memory.update(
        key,
        Object.fromEntries(entries.filter((entry) => !gone.includes(entry))),
      );
    return gone.map(([path]) => path);
  }
}
