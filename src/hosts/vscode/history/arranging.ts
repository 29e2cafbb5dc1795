import { EventEmitter, type Disposable, type Memento } from 'vscode';
import {
  PLAIN_ARRANGEMENT,
  type Arrangement,
  type Mark,
  type Marks,
} from '../../../show/arrange/arrangement.ts';
import { filterText } from '../../../show/arrange/filter.ts';
import type { Study } from '../../../study/study.ts';
import { setContext } from '../context.ts';
import type { EngineHost } from '../engineHost.ts';

const KEY = 'cortex.arrangement';

/**
 * How attempts are shown in this workspace, kept across sessions, and the stars and notes they
 * carry.
 */
export class Arranging implements Disposable {
  readonly #memory: Memento;
  readonly #engine: EngineHost;
  readonly #changed = new EventEmitter<void>();
  readonly #marks = new Map<string, Promise<Marks>>();

  readonly onDidChange = this.#changed.event;

  constructor(memory: Memento, engine: EngineHost) {
    this.#memory = memory;
    this.#engine = engine;
    this.#tell();
  }

  get current(): Arrangement {
    return { ...PLAIN_ARRANGEMENT, ...this.#memory.get<Arrangement>(KEY) };
  }

  async set(change: Partial<Arrangement>): Promise<void> {
    await this.#memory.update(KEY, { ...this.current, ...change });
    this.#tell();
  }

  /** Read once, until something is marked here or the history is read again. */
  marksOf(study: Study): Promise<Marks> {
    const known =
      this.#marks.get(study.modelPath) ?? this.#engine.get().then((engine) => engine.marks(study));
    this.#marks.set(study.modelPath, known);
    known.catch(() => this.#marks.delete(study.modelPath));
    return known;
  }

  async mark(study: Study, id: string, mark: Mark): Promise<void> {
    await (await this.#engine.get()).mark(study, id, mark);
    this.forget();
  }

  /** Marks may have changed outside. */
  forget(): void {
    this.#marks.clear();
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #tell(): void {
    setContext('cortex.filtered', filterText(this.current.filter) !== '');
    this.#changed.fire();
  }
}
