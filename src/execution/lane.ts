import type { Study } from '../study/study.ts';
import { WorkerProcess, type WorkerOptions } from './workerProcess.ts';

/** Makes the options of a worker for a study. */
type WorkerOptionsFor = (runtime: string, study: Study) => Promise<WorkerOptions>;

interface Warm {
  readonly key: string;
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
   * The warm worker of a runtime, or a fresh one; rejects with an `environment` error where it
   * cannot start.
   */
  async worker(runtime: string, study: Study): Promise<WorkerProcess> {
    const options = await this.#optionsFor(runtime, study);
    const key = JSON.stringify(options);
    const warm = this.#warm.get(runtime);
    if (warm?.worker.alive && warm.key === key) return warm.worker;
    await this.stop(runtime);
    const worker = await WorkerProcess.start(options);
    this.#warm.set(runtime, { key, worker });
    return worker;
  }

  /** Ends the worker of one runtime, if there is one. */
  async stop(runtime: string): Promise<void> {
    const warm = this.#warm.get(runtime);
    this.#warm.delete(runtime);
    await warm?.worker.close(CLOSE_GRACE_MS);
  }

  /** Ends the workers of all other runtimes. */
  async keepOnly(runtime: string): Promise<void> {
    for (const other of [...this.#warm.keys()]) if (other !== runtime) await this.stop(other);
  }

  /** Ends every worker, whatever it is doing. */
  async dispose(): Promise<void> {
    const workers = [...this.#warm.values()];
    this.#warm.clear();
    for (const { worker } of workers) worker.kill();
    await Promise.all(workers.map(({ worker }) => worker.death));
  }
}
