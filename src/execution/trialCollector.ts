import type { GrowingCurves, Failure, Trial } from '../record/trial.ts';
import type { TrainProgress } from '../ports/trainer.ts';
import type { Reply } from './protocol.ts';

type Progress = Extract<Reply, { type: 'progress' }>;

/** What a collector needs to know of its request. */
interface CollectorInput {
  readonly seeds: readonly number[];
  readonly onProgress: (progress: TrainProgress) => void;
  readonly onTrial?: ((trial: Trial) => void) | undefined;
  /** Monotonic milliseconds. */
  readonly now: () => number;
}

/**
 * Follows the replies of one `train` request, so that whatever had been reached is known when the
 * worker dies.
 */
export class TrialCollector {
  readonly #input: CollectorInput;
  readonly #trials: Trial[] = [];
  #running: Running;

  constructor(input: CollectorInput) {
    this.#input = input;
    this.#running = newRun(null, input.now());
  }

  get trials(): readonly Trial[] {
    return this.#trials;
  }

  take(reply: Reply): void {
    if (reply.type === 'phase' && reply.phase === 'build') this.#begin(reply.seed);
    if (reply.type === 'phase' && reply.phase === 'fit')
      this.#running.fitStarted = this.#input.now();
    if (reply.type === 'progress') this.#progress(reply);
    if (reply.type === 'trial') this.#end(reply.trial);
  }

  /**
   * Ends the seed that was running as a failed trial, with the curves it had reached; nothing
   * happens when every seed has ended.
   */
  fail(failure: Failure): void {
    const seed = this.#input.seeds[this.#trials.length];
    if (seed === undefined) return;
    const { curves, epochs, started } = this.#running;
    const seconds = { fit: this.#fitMs() / 1000, total: (this.#input.now() - started) / 1000 };
    this.#trials.push({ outcome: 'failed', seed, failure, curves, epochs, seconds });
  }

  /**
   * Gives the last trial, which the worker ended because it was asked to, the reason it was asked
   * for.
   */
  rename(failure: Failure): void {
    const last = this.#trials.at(-1);
    if (last?.outcome === 'failed' && last.failure.kind === 'cancelled')
      this.#trials[this.#trials.length - 1] = { ...last, failure };
  }

  #end(trial: Trial): void {
    this.#trials.push(trial);
    this.#input.onTrial?.(trial);
  }

  /** A seed begins, or its next fold. */
  #begin(seed: number | null): void {
    const now = this.#input.now();
    this.#running =
      seed !== null && seed === this.#running.seed
        ? { ...this.#running, fitBefore: this.#fitMs(), fitStarted: null }
        : newRun(seed, now);
  }

  /** Time in `fit` so far, of all folds of the seed. */
  #fitMs(): number {
    const { fitBefore, fitStarted } = this.#running;
    return fitBefore + (fitStarted === null ? 0 : this.#input.now() - fitStarted);
  }

  #progress({ seed, epoch, epochs, logs, fold }: Progress): void {
    this.#running.epochs += 1;
    for (const [key, value] of Object.entries(logs))
      (this.#running.curves[key] ??= [])[epoch - 1] = value;
    const { seeds, onProgress } = this.#input;
    const seedIndex = this.#trials.length;
    const numbers = Object.fromEntries(
      Object.entries(logs).flatMap(([key, value]) => (value === null ? [] : [[key, value]])),
    );
    onProgress({
      seed,
      epoch,
      epochs,
      seedIndex,
      seedCount: seeds.length,
      logs: numbers,
      secondsLeft: this.#secondsLeft(epochs, fold?.count ?? 1),
      ...(fold && { fold }),
    });
  }

  /**
   * From the mean time of an epoch so far in this seed; the seeds to come are taken to last as
   * long.
   */
  #secondsLeft(epochs: number, folds: number): number | null {
    const { fitStarted, epochs: done } = this.#running;
    if (fitStarted === null) return null;
    const seedsToGo = this.#input.seeds.length - this.#trials.length;
    return ((seedsToGo * folds * epochs - done) * (this.#fitMs() / done)) / 1000;
  }
}

/**
 * The seed that trains. Its curves are as long as one fold's, its epochs are those of all folds.
 */
interface Running {
  readonly seed: number | null;
  readonly curves: GrowingCurves;
  epochs: number;
  readonly started: number;
  /** Milliseconds that earlier folds of the seed trained. */
  readonly fitBefore: number;
  fitStarted: number | null;
}

const newRun = (seed: number | null, now: number): Running => ({
  seed,
  curves: {},
  epochs: 0,
  started: now,
  fitBefore: 0,
  fitStarted: null,
});
