import { EventEmitter, type Disposable, type Memento } from 'vscode';
import type { EngineHost } from '../engineHost.ts';

const modelsKey = 'modelOfLog';
const logsKey = 'logOfModel';

type Paths = Readonly<Record<string, string>>;

/** Which log belongs to which model file: what the user chose, remembered for the workspace, else what the engine finds. */
export class LogLinks implements Disposable {
  readonly #memory: Memento;
  readonly #engine: EngineHost;
  readonly #changed = new EventEmitter<string>();
  readonly #found = new Map<string, Promise<string | null>>();

  /** Fires with the path of a model file whose log was chosen. */
  readonly onDidChange = this.#changed.event;

  constructor(memory: Memento, engine: EngineHost) {
    this.#memory = memory;
    this.#engine = engine;
  }

  /** The log the user chose for a model file; `null` where they left it to Cortex. */
  chosenLog(modelPath: string): string | null {
    return this.#memory.get<Paths>(logsKey)?.[modelPath] ?? null;
  }

  /** The model file a log is of; `null` where it cannot be told. */
  async modelOf(logPath: string): Promise<string | null> {
    const chosen = this.#memory.get<Paths>(modelsKey)?.[logPath];
    if (chosen !== undefined) return chosen;
    const found = this.#found.get(logPath) ?? this.#engine.get().then((engine) => engine.modelOfLog(logPath));
    this.#found.set(logPath, found);
    found.catch(() => this.#found.delete(logPath));
    return found;
  }

  /** Remembers that a log is of a model file, both ways. */
  async link(logPath: string, modelPath: string): Promise<void> {
    await this.#memory.update(modelsKey, { ...this.#memory.get<Paths>(modelsKey), [logPath]: modelPath });
    await this.#memory.update(logsKey, { ...this.#memory.get<Paths>(logsKey), [modelPath]: logPath });
    this.#changed.fire(modelPath);
  }

  /** Looks again the next time: files have come or gone. */
  forget(): void {
    this.#found.clear();
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
