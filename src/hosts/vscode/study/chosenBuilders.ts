import { EventEmitter, type Disposable, type Memento } from 'vscode';

const KEY = 'builderOfModel';

/** Which builder of a model file the user means, where it has several; kept for the workspace. */
export class ChosenBuilders implements Disposable {
  readonly #memory: Memento;
  readonly #changed = new EventEmitter<string>();

  /** Fires with the path of a model file whose builder was chosen. */
  readonly onDidChange = this.#changed.event;

  constructor(memory: Memento) {
    this.#memory = memory;
  }

  /** Its name; `undefined` where it is left to the study file and to Cortex. */
  of(modelPath: string): string | undefined {
    return this.#all[modelPath];
  }

  async choose(modelPath: string, builder: string): Promise<void> {
    if (this.of(modelPath) === builder) return;
    await this.#memory.update(KEY, { ...this.#all, [modelPath]: builder });
    this.#changed.fire(modelPath);
  }

  dispose(): void {
    this.#changed.dispose();
  }

  get #all(): Readonly<Record<string, string>> {
    return this.#memory.get<Readonly<Record<string, string>>>(KEY, {});
  }
}
