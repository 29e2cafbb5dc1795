import { EventEmitter, type Disposable } from 'vscode';
import type { AttemptReference } from '../contributions.ts';

/**
 * The attempts that are looked at right now, wherever they were chosen: views follow each other
 * through it.
 */
export class AttemptSelection implements Disposable {
  readonly #changed = new EventEmitter<readonly AttemptReference[]>();
  #current: readonly AttemptReference[] = [];

  readonly onDidChange = this.#changed.event;

  get current(): readonly AttemptReference[] {
    return this.#current;
  }

  /**
   * Chooses attempts; silent where they are chosen already, so that views that follow each other
   * come to rest.
   */
  set(references: readonly AttemptReference[]): void {
    if (isSame(references, this.#current)) return;
    this.#current = references.map(({ modelPath, attemptId }) => ({ modelPath, attemptId }));
    this.#changed.fire(this.#current);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

const isSame = (a: readonly AttemptReference[], b: readonly AttemptReference[]): boolean =>
  a.length === b.length &&
  a.every(
    ({ modelPath, attemptId }, index) =>
      modelPath === b[index]?.modelPath && attemptId === b[index].attemptId,
  );
