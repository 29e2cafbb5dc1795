import type { Curves, Failure, Trial } from '../../core/attempts/attempt.ts';
import type { TrainProgress } from '../../core/ports.ts';
import type { Reply } from '../protocol.ts';

type Progress = Extract<Reply, { type: 'progress' }>;

/** What a collector needs to know of its request. */
interface CollectorInput {
  readonly seeds: readonly number[];
  readonly onProgress: (progress: TrainProgress) => void;
  readonly onTrial?: ((trial: Trial) => void) | undefined;
  /** Monotonic milliseconds. */
  readonly now: () => number;
}

/** Follows the replies of one `train` request, so that whatever had been reached is known when the worker dies. */
export class TrialCollector {
  readonly #input: CollectorInput;
  readonly #trials: Trial[] = [];
  #running: { curves: Curves; started: number; fitStarted: number | null };

  constructor(input: CollectorInput) {
    this.#input = input;
    this.#running = { curves: {}, started: input.now(), fitStarted: null };
  }

  get trials(): readonly Trial[] {
    return this.#trials;
  }

  take(reply: Reply): void {
    if (reply.type === 'phase' && reply.phase === 'build') this.#begin();
    if (reply.type === 'phase' && reply.phase === 'fit') this.#running.fitStarted = this.#input.now();
    if (reply.type === 'progress') this.#progress(reply);
    if (reply.type === 'trial') this.#end(reply.trial);
  }

  /** Ends the seed that was running as a failed trial, with the curves it had reached; nothing happens when every seed has ended. */
  fail(failure: Failure): void {
    const seed = this.#input.seeds[this.#trials.length];
    if (seed === undefined) return;
    const { curves, started, fitStarted } = this.#running;
    const now = this.#input.now();
    const seconds = { fit: fitStarted === null ? 0 : (now - fitStarted) / 1000, total: (now - started) / 1000 };
    this.#trials.push({ outcome: 'failed', seed, failure, curves, epochs: epochsOf(curves), seconds });
  }

  /** Gives the last trial, which the worker ended because it was asked to, the reason it was asked for. */
  rename(failure: Failure): void {
    const last = this.#trials.at(-1);
    if (last?.outcome === 'failed' && last.failure.kind === 'cancelled') this.#trials[this.#trials.length - 1] = { ...last, failure };
  }

  #end(trial: Trial): void {
    this.#trials.push(trial);
    this.#input.onTrial?.(trial);
  }

  #begin(): void {
    this.#running = { curves: {}, started: this.#input.now(), fitStarted: null };
  }

  #progress({ seed, epoch, epochs, logs }: Progress): void {
    for (const [key, value] of Object.entries(logs)) (this.#running.curves[key] ??= []).push(value);
    const { seeds, onProgress } = this.#input;
    const seedIndex = this.#trials.length;
    const numbers = Object.fromEntries(Object.entries(logs).flatMap(([key, value]) => (value === null ? [] : [[key, value]])));
    onProgress({ seed, epoch, epochs, seedIndex, seedCount: seeds.length, logs: numbers, secondsLeft: this.#secondsLeft(epoch, epochs) });
  }

  /** From the mean time of an epoch so far in this seed; the seeds to come are taken to last as long. */
  #secondsLeft(epoch: number, epochs: number): number | null {
    const { fitStarted } = this.#running;
    if (fitStarted === null) return null;
    const epochMs = (this.#input.now() - fitStarted) / epoch;
    const seedsToCome = this.#input.seeds.length - this.#trials.length - 1;
    return ((epochs - epoch + seedsToCome * epochs) * epochMs) / 1000;
  }
}

const epochsOf = (curves: Curves): number => Math.max(0, ...Object.values(curves).map((curve) => curve.length));
