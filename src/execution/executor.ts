import type { TrainProgress, TrainResult } from '../ports/trainer.ts';
import type { Environment } from '../record/environment.ts';
import type { Trial } from '../record/trial.ts';
import type { TrainedFacts } from '../record/training.ts';
import { cancelledError } from '../util/errors.ts';
import { canBeAskedAgain, isFromOutside, workerNotHeard } from './failures.ts';
import { finish } from './finish.ts';
import { LeaseBook, type Lease } from './leaseBook.ts';
import type { Reply } from './protocol.ts';
import { TrialCollector } from './trialCollector.ts';
import type { WorkerAnswer, TrialOrder, WorkerSource } from './workerSource.ts';

/** Trials of one variant, and whom they are told to. */
export interface Job {
  readonly order: TrialOrder;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: TrainProgress) => void;
  readonly onTrial?: ((trial: Trial) => void) | undefined;
  /** Keeps a seed's trained weights; the job ends when they are. */
  readonly keep?: ((file: Uint8Array) => Promise<void>) | undefined;
}

const WATCH_MS = 1_000;

/**
 * Trains jobs on the workers of a source, side by side where there are several. The trials of a
 * worker that is lost go to another; with a single worker there is none, and they have failed.
 */
export class Executor {
  readonly #source: WorkerSource;

  constructor(source: WorkerSource) {
    this.#source = source;
  }

  /** Rejects with a `CortexError` where the study's input or its environment is at fault. */
  run(job: Job): Promise<TrainResult> {
    return new JobRun(job, this.#source).result;
  }
}

/** One job under way. */
class JobRun {
  readonly result: Promise<TrainResult>;
  readonly #job: Job;
  readonly #source: WorkerSource;
  readonly #book: LeaseBook;
  readonly #stop = new AbortController();
  readonly #trials = new Map<number, Trial>();
  /** The lease that brought a trial, by its place. */
  readonly #broughtBy = new Map<number, number>();
  /** The seed that each lease trains now. */
  readonly #training = new Map<number, number>();
  readonly #settled = Promise.withResolvers<undefined>();
  readonly #keeping: Promise<void>[] = [];
  #facts: TrainedFacts = { parameters: null, dataHash: null };
  #environment: Environment | null = null;

  constructor(job: Job, source: WorkerSource) {
    this.#job = job;
    this.#source = source;
    this.#book = new LeaseBook({
      trials: job.order.seeds.length,
      mostLeases: source.mostLeases,
    });
    if (job.signal.aborted) this.#withdraw();
    job.signal.addEventListener('abort', this.#withdraw, { once: true });
    this.result = this.#conclude();
    this.#offer();
  }

  async #conclude(): Promise<TrainResult> {
    await this.#settled.promise.finally(() =>
      this.#job.signal.removeEventListener('abort', this.#withdraw),
    );
    if (!this.#environment) throw cancelledError('Training');
    await Promise.all(this.#keeping);
    return {
      trials: this.#job.order.seeds.flatMap((_, place) => this.#trials.get(place) ?? []),
      environment: this.#environment,
      ...this.#facts,
    };
  }

  readonly #withdraw = (): void => {
    this.#book.withdraw();
    // Nobody has begun, and a worker that is waited for may not come soon.
    if (this.#book.isSettled) this.#settled.resolve(undefined);
  };

  /** Every worker looks whether there is something to do for it. */
  #offer(): void {
    for (let worker = 0; worker < this.#source.count; worker += 1)
      void this.#source.whenFree(worker, () => this.#work(worker));
  }

  async #work(worker: number): Promise<void> {
    try {
      for (let lease = this.#take(worker); lease; lease = this.#take(worker))
        await this.#perform(lease);
      if (this.#book.isSettled) this.#settled.resolve(undefined);
    } catch (error) {
      // First: where nothing is left to do, withdrawing settles the job, too.
      this.#settled.reject(error);
      this.#withdraw();
      this.#stop.abort();
    }
  }

  #take(worker: number): Lease | null {
    const { seeds, limits } = this.#job.order;
    const most = this.#source.count === 1 ? seeds.length : 1;
    // A worker may have to be started, and once more where it dies of what was before.
    const seconds = 2 * (limits.dataSeconds + this.#source.patience.startSeconds);
    return this.#book.take(worker, most, this.#after(seconds));
  }

  async #perform(lease: Lease): Promise<void> {
    const collector = this.#collector(lease);
    const told = await this.#trainOnceMore(lease, collector);
    const isLost = told === null || isFromOutside(told);
    if (isLost && this.#book.lose(lease).length > 0) return this.#offer();
    this.#environment = told?.environment ?? this.#environment;
    if (told === null) collector.fail(workerNotHeard());
    else this.#note(finish(told, collector, this.#job.order.limits));
    this.#keep(lease, collector.trials);
    // What cannot be built or trained with one seed cannot with the next; what diverges may do
    // better.
    if (collector.trials.some(endsJob)) this.#withdraw();
    this.#book.end(lease);
  }

  /** A worker that somebody ends while it reads the data has trained nothing: once more. */
  async #trainOnceMore(lease: Lease, collector: TrialCollector): Promise<WorkerAnswer | null> {
    const told = await this.#train(lease, collector);
    const isOver = told === null || !canBeAskedAgain(told) || this.#stop.signal.aborted;
    return isOver ? told : this.#train(lease, collector);
  }

  /** The end of a lease, and `null` where it never comes. */
  async #train(lease: Lease, collector: TrialCollector): Promise<WorkerAnswer | null> {
    const { order, signal } = this.#job;
    const expired = Promise.withResolvers<null>();
    const watch = setInterval(() => {
      if (this.#book.expired(performance.now()).some(({ id }) => id === lease.id))
        expired.resolve(null);
    }, WATCH_MS);
    const hearing = {
      signal: AbortSignal.any([signal, this.#stop.signal]),
      onReply: (reply: Reply, frame: Uint8Array) => {
        this.#hear(lease, reply);
        collector.take(reply, frame);
      },
    };
    try {
      const own = this.#source.train(lease.worker, orderOf(order, lease), hearing);
      const told = await Promise.race([own, expired.promise]);
      if (told === null) await this.#source.discard(lease.worker);
      return told;
    } finally {
      clearInterval(watch);
      this.#training.delete(lease.id);
    }
  }

  #hear(lease: Lease, reply: Reply): void {
    if (reply.type !== 'phase') return;
    const { dataSeconds, buildSeconds, trialSeconds } = this.#job.order.limits;
    const seconds = { data: dataSeconds, build: buildSeconds, fit: trialSeconds }[reply.phase];
    this.#book.renew(lease, this.#after(seconds));
    if (reply.seed !== null) this.#training.set(lease.id, reply.seed);
  }

  #collector(lease: Lease): TrialCollector {
    const { order, onProgress, onTrial, keep } = this.#job;
    const seeds = seedsOf(order, lease);
    const collector: TrialCollector = new TrialCollector({
      seeds,
      now: () => performance.now(),
      onProgress: (progress) => onProgress({ ...progress, ...this.#placeOf(lease, progress) }),
      onTrial: (trial) => {
        if (this.#keep(lease, collector.trials)) onTrial?.(trial);
      },
      onWeights: keep && ((file) => this.#keeping.push(keep(file))),
      waiting: () => this.#book.open / this.#source.count,
    });
    return collector;
  }

  /** Where a lease's seed stands among all of the job. */
  #placeOf(
    lease: Lease,
    { seedIndex, seed }: TrainProgress,
  ): Pick<TrainProgress, 'seedIndex' | 'seedCount' | 'beside'> {
    const beside = [...this.#training.values()].filter((other) => other !== seed);
    return {
      seedIndex: lease.places[seedIndex] ?? seedIndex,
      seedCount: this.#job.order.seeds.length,
      ...(beside.length > 0 && { beside }),
    };
  }

  /** Keeps what a lease brought, where nobody else did before; whether the last of it is new. */
  #keep(lease: Lease, trials: readonly Trial[]): boolean {
    let isNew = false;
    for (const [place, trial] of placed(lease, this.#job.order, trials)) {
      isNew = this.#book.arrive(place);
      if (isNew) this.#broughtBy.set(place, lease.id);
      if (this.#broughtBy.get(place) === lease.id) this.#trials.set(place, trial);
    }
    return isNew;
  }

  /** When somebody who may take so long has not been heard of for too long. */
  #after(seconds: number): number {
    return performance.now() + 1000 * (seconds + this.#source.patience.graceSeconds);
  }

  #note({ parameters, dataHash }: TrainedFacts): void {
    this.#facts = {
      parameters: parameters ?? this.#facts.parameters,
      dataHash: dataHash ?? this.#facts.dataHash,
    };
  }
}

const seedsOf = ({ seeds }: TrialOrder, { places }: Lease): readonly number[] =>
  places.flatMap((place) => seeds[place] ?? []);

/** The places of a lease's trials, by their seeds. */
function placed(
  { places }: Lease,
  { seeds }: TrialOrder,
  trials: readonly Trial[],
): readonly (readonly [number, Trial])[] {
  const left = [...places];
  return trials.flatMap((trial) => {
    const at = left.findIndex((place) => seeds[place] === trial.seed);
    return left.splice(at, at < 0 ? 0 : 1).map((place) => [place, trial] as const);
  });
}

function orderOf(order: TrialOrder, lease: Lease): TrialOrder {
  const seeds = seedsOf(order, lease);
  return { ...order, seeds, bounds: order.bounds.filter(({ seed }) => seeds.includes(seed)) };
}

const endsJob = (trial: Trial): boolean =>
  trial.outcome === 'failed' && trial.failure.kind !== 'not-a-number';
