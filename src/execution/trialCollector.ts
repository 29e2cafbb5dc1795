import type { Failure, GrowingCurves, Trial } from '../record/trial.ts';
import type { TrainProgress } from '../ports/trainer.ts';
import { sha256 } from '../util/sha256.ts';
import type { Reply } from './protocol.ts';

type Progress = Extract<Reply, { type: 'progress' }>;

/** What a collector needs to know of its request. */
interface CollectorInput {
  readonly seeds: readonly number[];
  readonly onProgress: (progress: TrainProgress) => void;
  readonly onTrial?: ((trial: Trial) => void) | undefined;
  /** A seed's trained weights, before its trial. */
  readonly onWeights?: ((file: Uint8Array) => void) | undefined;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  /** How many seeds will follow on this worker beside its own, on average; absent: none. */
  readonly waiting?: () => number;
}

/**
 * Follows the replies of one `train` request, so that whatever had been reached is known when the
 * worker dies. A result that comes twice counts once.
 */
export class TrialCollector {
  readonly #input: CollectorInput;
  readonly #trials: Trial[] = [];
  readonly #started: number;
  /** Of the seeds that train, one after the other or together. */
  readonly #runs = new Map<number, Run>();
  /** Weights that came, by their seed. */
  readonly #weights = new Map<number, { readonly sha256: string; readonly bytes: number }>();

  constructor(input: CollectorInput) {
    this.#input = input;
    this.#started = input.now();
  }

  get trials(): readonly Trial[] {
    return this.#trials;
  }

  take(reply: Reply, frame: Uint8Array = new Uint8Array()): void {
    const now = this.#input.now();
    if (reply.type === 'phase' && reply.seed !== null) this.#enter(reply.phase, reply.seed, now);
    if (reply.type === 'progress') this.#progress(reply, now);
    if (reply.type === 'frame') this.#frame(reply.name, frame);
    if (reply.type === 'trial') this.#end(this.#withWeights(reply.trial));
  }

  /**
   * Ends the seeds that train as failed trials, with the curves they had reached, or the next one
   * where none has begun; nothing happens when every seed has ended.
   */
  fail(failure: Failure): void {
    const missing = this.#missing();
    const begun = missing.filter((seed) => this.#runs.has(seed));
    const now = this.#input.now();
    for (const seed of begun.length > 0 ? begun : missing.slice(0, 1)) {
      const run = this.#runs.get(seed) ?? newRun(this.#started);
      const { curves, epochs, started } = run;
      const seconds = { fit: fitMs(run, now) / 1000, total: (now - started) / 1000 };
      this.#trials.push({ outcome: 'failed', seed, failure, curves, epochs, seconds });
    }
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

  #frame(name: string, file: Uint8Array): void {
    const [, seed] = /^weights (-?\d+)$/.exec(name) ?? [];
    if (seed === undefined || file.length === 0 || !this.#input.onWeights) return;
    this.#weights.set(Number(seed), { sha256: sha256(file), bytes: file.length });
    this.#input.onWeights(file);
  }

  /** Which weights are a trial's, and their size, is told by what came here, not by the worker. */
  #withWeights(trial: Trial): Trial {
    if (trial.outcome === 'failed') return trial;
    const { weights: _, ...own } = trial;
    const weights = this.#weights.get(trial.seed);
    const { parameters } = trial.measures;
    const bytes = weights?.bytes ?? (parameters === undefined ? null : BYTES * parameters);
    const size = bytes === null ? {} : { modelKB: bytes / KIBIBYTE };
    const measures = { ...trial.measures, ...size };
    return weights === undefined
      ? { ...own, measures }
      : { ...own, measures, weights: weights.sha256 };
  }

  #end(trial: Trial): void {
    if (!this.#missing().includes(trial.seed)) return;
    this.#trials.push(trial);
    this.#runs.delete(trial.seed);
    this.#input.onTrial?.(trial);
  }

  /** Seeds without a trial, in their order; one that is asked for twice is there twice. */
  #missing(): readonly number[] {
    const ended = this.#trials.map(({ seed }) => seed);
    return this.#input.seeds.filter((seed) => {
      const at = ended.indexOf(seed);
      if (at >= 0) ended.splice(at, 1);
      return at < 0;
    });
  }

  /** A seed begins, or its next fold, or it comes to train. */
  #enter(phase: 'data' | 'build' | 'fit', seed: number, now: number): void {
    const run = this.#runs.get(seed) ?? newRun(now);
    this.#runs.set(seed, run);
    if (phase === 'fit') run.fitStarted = now;
    if (phase !== 'build') return;
    run.fitBefore = fitMs(run, now);
    run.fitStarted = null;
  }

  #progress({ seed, epoch, epochs, logs, fold }: Progress, now: number): void {
    const run = this.#runs.get(seed) ?? newRun(now);
    this.#runs.set(seed, run);
    run.epochs += 1;
    for (const [key, value] of Object.entries(logs)) (run.curves[key] ??= [])[epoch - 1] = value;
    const numbers = Object.fromEntries(
      Object.entries(logs).flatMap(([key, value]) => (value === null ? [] : [[key, value]])),
    );
    this.#input.onProgress({
      seed,
      epoch,
      epochs,
      seedIndex: this.#indexOf(seed),
      seedCount: this.#input.seeds.length,
      logs: numbers,
      secondsLeft: this.#secondsLeft(run, epochs * (fold?.count ?? 1), now),
      ...(fold && { fold }),
    });
  }

  #indexOf(seed: number): number {
    const next = this.#trials.length;
    return this.#input.seeds[next] === seed ? next : this.#input.seeds.indexOf(seed);
  }

  /**
   * From the mean time of an epoch so far in this seed; the seeds to come are taken to last as
   * long.
   */
  #secondsLeft(run: Run, epochs: number, now: number): number | null {
    if (run.fitStarted === null) return null;
    const { seeds, waiting } = this.#input;
    const seedsToGo = seeds.length - this.#trials.length + (waiting?.() ?? 0);
    const turns = seedsToGo / Math.max(1, this.#runs.size);
    return ((turns * epochs - run.epochs) * (fitMs(run, now) / run.epochs)) / 1000;
  }
}

/** Of a weight as a 32-bit float. */
const BYTES = 4;
const KIBIBYTE = 1024;

/** A seed that trains. Its curves are as long as one fold's, its epochs are those of all folds. */
interface Run {
  readonly curves: GrowingCurves;
  epochs: number;
  readonly started: number;
  /** Milliseconds that earlier folds of the seed trained. */
  fitBefore: number;
  fitStarted: number | null;
}

const newRun = (started: number): Run => ({
  curves: {},
  epochs: 0,
  started,
  fitBefore: 0,
  fitStarted: null,
});

/** Time in `fit` so far, of all folds of the seed. */
const fitMs = ({ fitBefore, fitStarted }: Run, now: number): number =>
  fitBefore + (fitStarted === null ? 0 : now - fitStarted);
