import type { Disposable } from 'vscode';

/**
 * Calls `action` at most once per `milliseconds`: at once, then with the latest state when the time
 * is over.
 */
export class Throttle implements Disposable {
  readonly #action: () => void;
  readonly #milliseconds: number;
  #timer: NodeJS.Timeout | undefined;
  #again = false;

  constructor(milliseconds: number, action: () => void) {
    this.#milliseconds = milliseconds;
    this.#action = action;
  }

  /** Asks for a call. */
  poke(): void {
    this.#again = true;
    if (!this.#timer) this.#run();
  }

  /** Drops what is still due. */
  dispose(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #run(): void {
    this.#again = false;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#again) this.#run();
    }, this.#milliseconds);
    this.#action();
  }
}
