import { availableParallelism } from 'node:os';
import { sha256 } from '../util/sha256.ts';
import type { Study } from '../study/study.ts';
import { Lane } from './lane.ts';
import { limitsOf } from './limits.ts';
import type { Work } from './protocol.ts';
import { RUNTIMES, type Place } from './runtimes.ts';
import { supervise } from './supervise.ts';
import { START_SECONDS, type WorkerOptions } from './workerProcess.ts';
import type { Hearing, Told, TrialOrder, WorkerSource } from './workerSource.ts';

/** Where the workers' parts are, and what they are told when they start. */
export interface WorkerSurroundings extends Place {
  readonly builderNames: readonly string[];
  readonly cortexVersion: string;
}

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

/** What asking a worker takes beside the request. */
interface Asking {
  readonly lane: Lane;
  readonly runtime: string;
  readonly study: Study;
  readonly signal: AbortSignal;
  readonly onReply?: Hearing['onReply'];
}

/** Half of the cores, and at least one: what a machine gives away without being felt. */
export const defaultWorkers = (): number => Math.max(1, Math.floor(availableParallelism() / 2));

/**
 * Workers as child processes of this one, kept warm; one more stands beside them for checks, which
 * do not wait for a training to end.
 */
export class LocalWorkers implements WorkerSource {
  readonly count: number;
  readonly patience = { startSeconds: START_SECONDS, graceSeconds: 15 };
  readonly #lanes: readonly Lane[];
  readonly #side: Lane;
  readonly #disposed: AbortSignal;
  /** Studies by the hash of what a training reads of them. */
  readonly #inputs = new Map<string, Study>();
  #requests = 0;

  /** @param disposed ends whatever is asked when it aborts */
  constructor(count: number, surroundings: WorkerSurroundings, disposed: AbortSignal) {
    const lane = (): Lane =>
      new Lane((runtime, study) => workerOptions(runtime, study, surroundings));
    this.count = count;
    this.#lanes = Array.from({ length: count }, lane);
    this.#side = lane();
    this.#disposed = disposed;
  }

  /** The first worker: runtimes are compared on it. */
  get first(): Lane {
    return this.#lane(0);
  }

  /** Where a check runs at once. */
  get idle(): Lane {
    return this.#lanes.find((lane) => !lane.busy) ?? this.#side;
  }

  /** Remembers what a study's trainings read; the hash stands for it in orders. */
  keep(study: Study): string {
    const hash = sha256(JSON.stringify(refOf(study)));
    this.#inputs.set(hash, study);
    return hash;
  }

  whenFree(worker: number, work: () => Promise<void>): Promise<void> {
    return this.#lane(worker).run(work);
  }

  async train(worker: number, order: TrialOrder, { signal, onReply }: Hearing): Promise<Told> {
    const { inputs, runtime, variant, seeds, evaluateOn, bounds } = order;
    const study = this.#inputs.get(inputs);
    if (!study) throw new Error(`Nothing was kept under ${inputs}.`);
    const lane = this.#lane(worker);
    await lane.keepOnly(runtime);
    return this.ask(
      { type: 'train', study: refOf(study), variant, seeds, evaluateOn, bounds },
      { lane, runtime, study, signal, onReply },
    );
  }

  discard(worker: number): Promise<void> {
    return this.#lane(worker).dispose();
  }

  /**
   * Asks a worker; one that is warm may die of what an earlier variant left behind before it comes
   * to this request: then a fresh one is asked, once.
   */
  async ask(request: WithoutId<Work>, asking: Asking): Promise<Told> {
    const first = await this.#askOnce(request, asking);
    return first.kind === 'died' && first.phase === 'data' && !first.stopped
      ? this.#askOnce(request, asking)
      : first;
  }

  async dispose(): Promise<void> {
    await Promise.all([...this.#lanes, this.#side].map((lane) => lane.dispose()));
  }

  async #askOnce(request: WithoutId<Work>, asking: Asking): Promise<Told> {
    const { lane, runtime, study, signal, onReply = () => undefined } = asking;
    const worker = await lane.worker(runtime, study);
    this.#requests += 1;
    const ending = await supervise({
      worker,
      request: { ...request, id: String(this.#requests) } as Work,
      limits: limitsOf(study),
      signal: AbortSignal.any([signal, this.#disposed]),
      onReply,
    });
    return { ...ending, environment: worker.environment };
  }

  #lane(worker: number): Lane {
    const lane = this.#lanes[worker];
    if (!lane) throw new RangeError(`There is no worker ${worker}.`);
    return lane;
  }
}

/** A study as a request names it. */
export const refOf = ({ folder, config }: Study): Work['study'] => ({ folder, config });

/** How a worker of a runtime is started for a study, and greeted. */
async function workerOptions(
  name: string,
  study: Study,
  surroundings: WorkerSurroundings,
): Promise<WorkerOptions> {
  const runtime = RUNTIMES.find((each) => each.name === name);
  if (!runtime) throw new Error(`There is no runtime called ${name}.`);
  const plain = await runtime.launch(surroundings, study);
  const launch = (await surroundings.confine?.(plain, study)) ?? plain;
  const { assetFolder, runtimeFolders } = launch;
  const { builderNames, cortexVersion } = surroundings;
  const { memoryMB } = study.config.limits;
  return {
    launch,
    hello: {
      cortex: cortexVersion,
      runtime: name,
      builderNames,
      assetFolder,
      runtimeFolders,
      resources: { memoryMB },
    },
  };
}
