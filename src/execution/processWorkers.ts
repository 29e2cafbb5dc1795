import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { Environment } from '../record/environment.ts';
import { sha256 } from '../util/sha256.ts';
import type { Study } from '../study/study.ts';
import { Builders, type OfVariant, type ToDraw } from './builders.ts';
import { orSpoiled, spoiled } from './drawn.ts';
import { notHeld } from './errors.ts';
import { failureOfDeath } from './failures.ts';
import { GuestLink } from './guestLink.ts';
import { Lane, type WorkerOptionsFor } from './lane.ts';
import { limitsOf } from './limits.ts';
import { closeLoader, openLoader } from './loaders.ts';
import type { Request, Work } from './protocol.ts';
import { isHeldBySystemAlone, loadsAddOns } from './runtimes.ts';
import { findSandbox, type Layer, type Sandbox } from './sandbox/sandbox.ts';
import { supervise } from './supervise.ts';
import { takesModels, workerOptions, type WorkerSurroundings } from './workerOptions.ts';
import { START_SECONDS } from './workerProcess.ts';
import type { Hearing, WorkerAnswer, TrialOrder, WorkerSource } from './workerSource.ts';

/** A trial that ended as many workers is to blame itself. */
const MOST_LEASES = 3;

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

/** What asking a worker takes beside the request. */
interface Asking {
  readonly lane: Lane;
  readonly runtime: string;
  readonly study: Study;
  readonly signal: AbortSignal;
  readonly onReply?: Hearing['onReply'];
  /** Brings the model that a trainer asks for, with everything random set by a number. */
  readonly onWanted?: (random: number) => Promise<BuiltElsewhere>;
  /** Whose code is run where it has to run while it trains. */
  readonly guest?: OfVariant;
  /** The runtime whose library puts a trained model together, where that takes another process. */
  readonly loader?: string;
}

/** A request about a variant, as it is asked for: what it has to fit is found out here. */
type AboutVariant =
  | Omit<Extract<WithoutId<Work>, { type: 'build' }>, 'shape'>
  | Extract<WithoutId<Work>, { type: 'probe' | 'train' }>;
/** A request that goes to a trainer. */
type ToTrainer = Exclude<WithoutId<Work>, { type: 'build' }>;
type Protection = NonNullable<Environment['protection']>;
type BuiltElsewhere = Extract<Request, { type: 'model' }>['model'];

/** Half of the cores, and at least one: what a machine gives away without being felt. */
export const defaultWorkers = (): number => Math.max(1, Math.floor(availableParallelism() / 2));

/**
 * Workers as child processes of this one, kept warm; one more stands beside them for checks, which
 * do not wait for a training to end.
 */
export class ProcessWorkers implements WorkerSource {
  readonly count: number;
  readonly patience = { startSeconds: START_SECONDS, graceSeconds: 15 };
  readonly mostLeases: number;
  readonly #lanes: readonly Lane[];
  readonly #side: Lane;
  readonly #builders: Builders;
  readonly #optionsFor: WorkerOptionsFor;
  readonly #sandbox: Sandbox;
  readonly #mayRunUnheld: () => Promise<boolean>;
  readonly #disposed: AbortSignal;
  /** Studies by the hash of what a training reads of them. */
  readonly #inputs = new Map<string, Study>();
  #requests = 0;

  /** @param disposed ends whatever is asked when it aborts */
  constructor(count: number, surroundings: WorkerSurroundings, disposed: AbortSignal) {
    this.#sandbox = findSandbox(surroundings.assetFolder);
    this.#mayRunUnheld = surroundings.mayRunUnheld ?? (() => Promise.resolve(false));
    const optionsFor: WorkerOptionsFor = (asked) =>
      workerOptions(asked, surroundings, this.#sandbox);
    this.#optionsFor = optionsFor;
    const lane = (): Lane => new Lane(optionsFor);
    this.#builders = new Builders(optionsFor);
    this.count = count;
    this.mostLeases = count > 1 ? MOST_LEASES : 1;
    this.#lanes = Array.from({ length: count }, lane);
    this.#side = lane();
    this.#disposed = disposed;
  }

  /** What confines code of a variant here. */
  get layer(): Layer {
    return this.#sandbox.layer;
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

  async train(
    worker: number,
    order: TrialOrder,
    { signal, onReply }: Hearing,
  ): Promise<WorkerAnswer> {
    const { inputs, runtime, limits: _, ...asked } = order;
    const study = this.#inputs.get(inputs);
    if (!study) throw new Error(`Nothing was kept under ${inputs}.`);
    const lane = this.#lane(worker);
    await lane.keepOnly(runtime);
    return this.ask(
      { type: 'train', study: refOf(study), ...asked },
      { lane, runtime, study, signal, onReply },
    );
  }

  /** A worker of its own, ended afterwards: nothing that trained before is in its process. */
  async inFresh<T>(work: (lane: Lane) => Promise<T>): Promise<T> {
    const lane = new Lane(this.#optionsFor);
    try {
      return await work(lane);
    } finally {
      await lane.dispose();
    }
  }

  discard(worker: number): Promise<void> {
    return this.#lane(worker).dispose();
  }

  /**
   * Asks a worker. A variant is built in a process that sees no data; one whose code has to run
   * while it trains does so there, on the rows that the trainer hands out.
   */
  ask(request: ToTrainer | AboutVariant, asking: Asking): Promise<WorkerAnswer> {
    return request.type === 'build' || request.type === 'probe' || request.type === 'train'
      ? this.#askOfVariant(request, asking)
      : this.#askTwice(request, asking);
  }

  async dispose(): Promise<void> {
    await Promise.all([...this.#lanes, this.#side, this.#builders].map((each) => each.dispose()));
  }

  async #askOfVariant(request: AboutVariant, asking: Asking): Promise<WorkerAnswer> {
    const { study, runtime, signal } = asking;
    const { variant } = request;
    await this.#requireHeld(variant, asking);
    const profiled = await this.#askTwice({ type: 'profile', study: refOf(study) }, asking);
    const shape = shapeFrom(profiled, request, study);
    if (shape === undefined) return profiled;
    const guest = { study, runtime, variant };
    if (request.type === 'build')
      return orSpoiled(await this.#builders.build({ ...guest, shape, signal }));
    if (shape === null) return profiled;
    return this.#askTwice(request, {
      ...asking,
      guest,
      onWanted: (random) => this.#drawn({ ...guest, shape, signal, random }),
    });
  }

  /** The user's own file runs as it does without Cortex; other code needs something around it. */
  async #requireHeld(
    { text }: AboutVariant['variant'],
    { study: { modelPath, config }, runtime }: Asking,
  ): Promise<void> {
    const isHeld = this.#sandbox.layer !== 'none' || !isHeldBySystemAlone(runtime);
    if (isHeld || config.script !== undefined) return;
    if ((await readFile(modelPath, 'utf8')) === text || (await this.#mayRunUnheld())) return;
    throw notHeld(runtime);
  }

  /** The variant as data, or the word that its code has to run while it trains. */
  async #drawn(toDraw: ToDraw): Promise<BuiltElsewhere> {
    if (this.#needsCode(toDraw)) return { kind: 'guest' };
    const told = await this.#builders.draw(toDraw);
    if (told.kind === 'died')
      return { kind: 'failed', failure: failureOfDeath(told, limitsOf(toDraw.study)) };
    const { reply } = told;
    if (reply.type === 'failed') return { kind: 'failed', failure: reply.failure };
    if (reply.type !== 'drawn') return { kind: 'failed', failure: spoiled(reply) };
    return reply.drawing.kind === 'blueprint' ? reply.drawing : { kind: 'guest' };
  }

  /** Whether that is known without drawing it. */
  #needsCode(variant: OfVariant): boolean {
    return !takesModels(variant.runtime) || this.#builders.kindOf(variant) === 'needs-code';
  }

  /**
   * One that is warm may die of what came before this request: then a fresh one is asked, once.
   */
  async #askTwice(request: ToTrainer, asking: Asking): Promise<WorkerAnswer> {
    const first = await this.#askOnce(request, asking);
    return first.kind === 'died' && first.phase === 'data' && !first.stopped
      ? this.#askOnce(request, asking)
      : first;
  }

  async #askOnce(request: ToTrainer, asking: Asking): Promise<WorkerAnswer> {
    const { lane, runtime, study, signal, onReply, onWanted, guest } = asking;
    const worker = await lane.worker({ runtime, study, role: 'trainer' });
    this.#requests += 1;
    const id = String(this.#requests);
    const limits = limitsOf(study);
    let { environment } = worker;
    let protection = this.#holdsModels(asking);
    const link = new GuestLink({
      trainer: worker,
      open: async () => {
        if (!guest) return openLoader(request, asking, this.#optionsFor);
        const lent = await this.#builders.lend(guest);
        environment = lent.environment;
        protection = this.#holdsCode(asking);
        return lent;
      },
      close: (lent) => (guest ? this.#builders.takeBack(lent) : closeLoader(request, lent)),
      limits,
    });
    const ending = await supervise({
      worker,
      request: { ...request, id } as Work,
      limits,
      link,
      signal: AbortSignal.any([signal, this.#disposed]),
      onReply: (reply, frame) => {
        if (reply.type === 'to-guest') void link.carry(reply.message, frame);
        else onReply?.(reply, frame);
        if (reply.type === 'wanted' && onWanted)
          void onWanted(reply.random).then((model) => worker.send({ type: 'model', id, model }));
      },
    });
    return {
      ...ending,
      environment: { ...environment, protection },
    };
  }

  /** What holds a variant that is trained as data. */
  #holdsModels({ study, runtime }: Asking): Protection {
    const isOpen = this.#sandbox.layer === 'none' && loadsAddOns(runtime);
    return isOpen || study.config.script !== undefined ? 'unprotected' : 'models as data';
  }

  /** What holds the code of a variant while it trains. */
  #holdsCode({ study }: Asking): Protection {
    const { layer } = this.#sandbox;
    return layer === 'none' || study.config.script !== undefined ? 'unprotected' : layer;
  }

  #lane(worker: number): Lane {
    const lane = this.#lanes[worker];
    if (!lane) throw new RangeError(`There is no worker ${worker}.`);
    return lane;
  }
}

/** A study as a request names it. */
export const refOf = ({ folder, config }: Study): Work['study'] => ({ folder, config });

/**
 * What a model has to fit: of the data, or `null` where a model is only built and there are no data
 * yet; `undefined` where something else is wrong with them.
 */
function shapeFrom(
  profiled: WorkerAnswer,
  { type }: AboutVariant,
  { config }: Study,
): ToDraw['shape'] | null | undefined {
  if (profiled.kind !== 'answered') return undefined;
  const { reply } = profiled;
  if (reply.type === 'profiled') return reply.profile;
  const isNone =
    reply.type === 'refused' && /^data-(file-missing|no-loader)$/.test(reply.error.code);
  return isNone && type === 'build' && config.data === undefined ? null : undefined;
}
