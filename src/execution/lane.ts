import type { Study } from '../study/study.ts';
import { WorkerProcess, type WorkerOptions, type WorkerRole } from './workerProcess.ts';
import type { WrittenVariant } from './workerSource.ts';

/** A worker for a study, by what it is there for. */
export interface WorkerAsked {
  readonly runtime: string;
  readonly study: Study;
  readonly role: WorkerRole;
  /** The variant a builder is for. */
  readonly variant?: WrittenVariant | undefined;
}

/** How such a worker is started. */
export type WorkerOptionsFor = (asked: WorkerAsked) => Promise<WorkerOptions>;

interface Warm {
  readonly key: string;
  readonly runtime: string;
  readonly worker: WorkerProcess;
}

const CLOSE_GRACE_MS = 500;

/**
 * Work one after the other, on workers that stay warm: at most one per runtime, started when first
 * needed and again when dead.
 */
export class Lane {
  readonly #optionsFor: WorkerOptionsFor;
  readonly #warm = new Map<string, Warm>();
  #tail: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(optionsFor: WorkerOptionsFor) {
    this.#optionsFor = optionsFor;
  }

  get busy(): boolean {
    return this.#waiting > 0;
  }

  /** Runs `work` when everything before it has ended. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    this.#waiting += 1;
    const mine = this.#tail.then(work).finally(() => {
      this.#waiting -= 1;
    });
    this.#tail = mine.catch(() => undefined);
    return mine;
  }

  /**
   * The warm worker of a runtime and role, or a fresh one; rejects with an `environment` error
   * where it cannot start.
   */
  async worker(asked: WorkerAsked): Promise<WorkerProcess> {
    const options = await this.#optionsFor(asked);
    const place = `${asked.runtime} ${asked.role}`;
    const key = JSON.stringify(options);
    const warm = this.#warm.get(place);
    if (warm?.worker.alive && warm.key === key) return warm.worker;
    await this.#stop(place);
    const worker = await WorkerProcess.start(options);
    this.#warm.set(place, { key, runtime: asked.runtime, worker });
    return worker;
  }

  /** Ends the workers of all other runtimes. */
  async keepOnly(runtime: string): Promise<void> {
    for (const [place, warm] of [...this.#warm])
      if (warm.runtime !== runtime) await this.#stop(place);
  }

  async #stop(place: string): Promise<void> {
    const warm = this.#warm.get(place);
    this.#warm.delete(place);
    await warm?.worker.close(CLOSE_GRACE_MS);
  }

  /** Ends every worker, whatever it is doing. */
  async dispose(): Promise<void> {
    const workers = [...this.#warm.values()];
    this.#warm.clear();
    for (const { worker } of workers) worker.kill();
    await Promise.all(workers.map(({ worker }) => worker.death));
  }
}
