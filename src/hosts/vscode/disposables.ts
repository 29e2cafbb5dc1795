import type { Disposable } from 'vscode';

/** A list of things to dispose; what is added after the end is disposed at once. */
export class Disposables implements Disposable {
  readonly #items: Disposable[] = [];
  #ended = false;

  /** Adds items and returns the first, so that a field can be made and kept in one line. */
  add<First extends Disposable>(first: First, ...rest: readonly Disposable[]): First {
    this.#items.push(first, ...rest);
    if (this.#ended) this.dispose();
    return first;
  }

  /** Disposes the items, last first. */
  dispose(): void {
    this.#ended = true;
    for (const item of this.#items.splice(0).reverse()) item.dispose();
  }
}
