import { EventEmitter, type Disposable } from 'vscode';
import type { Study } from '../../../study/study.ts';
import { trainerDisposed } from '../../../execution/errors.ts';
import { setContext } from '../context.ts';
import { busyError } from '../errors.ts';

/** One piece of work on a study: a search or a training. */
export interface Run {
  readonly study: Study;
  /** What it is, for people: `Improve Architecture`. */
  readonly name: string;
  /** Proposals are accepted without asking. */
  readonly automatic: boolean;
}

/** What is under way in this window; one run at a time. */
export class Runs implements Disposable {
  readonly #changed = new EventEmitter<void>();
  #current: Run | null = null;
  #controller = new AbortController();
  #end: Promise<unknown> = Promise.resolve();

  readonly onDidChange = this.#changed.event;

  get current(): Run | null {
    return this.#current;
  }

  /** Runs `work`; rejects with a `CortexError` while another run is under way. */
  async start<Result>(run: Run, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    if (this.#current) throw busyError(this.#current.study.name);
    this.#controller = new AbortController();
    this.#set(run);
    const end = this.#guard(work);
    this.#end = end;
    return end;
  }

  /** Resolves once nothing runs. */
  async idle(): Promise<void> {
    await Promise.allSettled([this.#end]);
  }

  /** Asks the current run to stop; what has finished is kept. */
  cancel(): void {
    this.#controller.abort();
  }

  /** The window closes: the run is interrupted, which its attempt says; nobody cancelled it. */
  dispose(): void {
    this.#controller.abort(trainerDisposed());
    this.#changed.dispose();
  }

  async #guard<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    try {
      return await work(this.#controller.signal);
    } finally {
      this.#set(null);
    }
  }

  #set(run: Run | null): void {
    this.#current = run;
    setContext('cortex.running', run !== null);
    this.#changed.fire();
  }
}
