import type { Drawing } from '../model/blueprint.ts';
import type { Study } from '../study/study.ts';
import { sha256 } from '../util/sha256.ts';
import type { WorkerOptionsFor } from './lane.ts';
import { limitsOf } from './limits.ts';
import type { Work } from './protocol.ts';
import { supervise } from './supervise.ts';
import { WorkerProcess, type WorkerOptions } from './workerProcess.ts';
import type { WorkerAnswer, WrittenVariant } from './workerSource.ts';

/** Whose code runs in a process. */
export interface OfVariant {
  readonly study: Study;
  readonly runtime: string;
  readonly variant: WrittenVariant;
}

/** A variant to be built, for data of this shape. */
interface ToBuild extends OfVariant {
  readonly shape: Extract<Work, { type: 'build' }>['shape'];
  readonly signal: AbortSignal;
}

/** A variant to be told as data. */
export interface ToDraw extends ToBuild {
  readonly shape: Extract<Work, { type: 'draw' }>['shape'];
  /** What everything random starts from. */
  readonly random: number;
}

type Asked = Extract<Work, { type: 'build' | 'draw' }>;

interface Own {
  readonly worker: Promise<WorkerProcess>;
  tail: Promise<unknown>;
  /** A variant trains in it. */
  isLent: boolean;
  /** What it has seen is not for another training. */
  isUsedUp: boolean;
}

/** Variants whose processes are kept: the one that trains, its parent, and one under check. */
const MOST_KEPT = 3;
/** Processes that stand ready, each for another kind of work: two runtimes may be compared. */
const MOST_SPARE = 2;
/** What is idle takes its own leave; what hangs is ended then. */
const CLOSE_GRACE_MS = 500;

/**
 * Runs builders in processes that see no data: one a variant, so that nothing of a variant reaches
 * the next one. A process that never ran foreign code stands ready for the next variant.
 */
export class Builders {
  readonly #optionsFor: WorkerOptionsFor;
  readonly #own = new Map<string, Own>();
  /** Processes that train. */
  readonly #lent = new Map<WorkerProcess, Own>();
  /** By how they were started. */
  readonly #spares = new Map<string, Promise<WorkerProcess>>();
  readonly #drawings = new Map<string, Drawing['kind']>();
  #isDisposed = false;
  #requests = 0;

  constructor(optionsFor: WorkerOptionsFor) {
    this.#optionsFor = optionsFor;
  }

  /** Builds the variant; ends in `built`, `failed`, or with the process. */
  build(wanted: ToBuild): Promise<WorkerAnswer> {
    const { shape } = wanted;
    return this.#ask(wanted, { type: 'build', ...this.#named(wanted), shape });
  }

  /** Builds the variant to be trained; ends in `drawn`, `failed`, or with the process. */
  async draw(wanted: ToDraw): Promise<WorkerAnswer> {
    const { shape, random } = wanted;
    const told = await this.#ask(wanted, { type: 'draw', ...this.#named(wanted), shape, random });
    if (told.kind === 'answered' && told.reply.type === 'drawn')
      this.#drawings.set(keyOf(wanted), told.reply.drawing.kind);
    return told;
  }

  /** What a variant was drawn as; `null` where it was not drawn yet, or could not be. */
  kindOf(variant: OfVariant): Drawing['kind'] | null {
    return this.#drawings.get(keyOf(variant)) ?? null;
  }

  /**
   * A process for the variant's code to train in, held for whoever asked. With folds it never
   * trained before: rows of one fold are the answers to another.
   */
  async lend(wanted: OfVariant): Promise<WorkerProcess> {
    const own = await this.#processOf(wanted);
    own.isLent = true;
    const worker = await own.worker;
    this.#lent.set(worker, own);
    own.isUsedUp = wanted.study.config.split.folds > 1;
    return worker;
  }

  /** Takes it back: kept for the variant's next seed, or ended. */
  takeBack(worker: WorkerProcess): void {
    const own = this.#lent.get(worker);
    this.#lent.delete(worker);
    if (!own) return;
    own.isLent = false;
    const isKnown = [...this.#own.values()].includes(own);
    if (own.isUsedUp || !isKnown) void worker.close(CLOSE_GRACE_MS);
  }

  async dispose(): Promise<void> {
    this.#isDisposed = true;
    for (const worker of this.#lent.keys()) worker.kill();
    const workers = [
      ...[...this.#own.values()].map(({ worker }) => worker),
      ...this.#spares.values(),
    ];
    this.#own.clear();
    this.#spares.clear();
    await Promise.all(workers.map(end));
  }

  #named({ study: { folder, config }, variant }: ToBuild): Pick<Asked, 'id' | 'study' | 'variant'> {
    this.#requests += 1;
    return { id: `build ${this.#requests}`, study: { folder, config }, variant };
  }

  /** One request after the other: a process answers one at a time. */
  async #ask(wanted: ToBuild, request: Asked): Promise<WorkerAnswer> {
    const own = await this.#processOf(wanted);
    const told = own.tail.then(async () => {
      const worker = await own.worker;
      const { study, signal } = wanted;
      const limits = limitsOf(study);
      const ending = await supervise({ worker, request, limits, signal, onReply: () => undefined });
      return { ...ending, environment: worker.environment };
    });
    own.tail = told.catch(() => undefined);
    return told;
  }

  async #processOf(wanted: OfVariant): Promise<Own> {
    const key = keyOf(wanted);
    const known = this.#own.get(key);
    if (known && !known.isLent && !known.isUsedUp && (await known.worker).alive) return known;
    const own = {
      worker: this.#fresh(wanted),
      tail: Promise.resolve(),
      isLent: false,
      isUsedUp: false,
    };
    this.#own.delete(key);
    this.#own.set(key, own);
    for (const [oldest, { worker, tail, isLent }] of [...this.#own].slice(0, -MOST_KEPT)) {
      if (isLent) continue;
      this.#own.delete(oldest);
      void tail.then(() => end(worker));
    }
    // One that cannot start is no one to ask again.
    own.worker.catch(() => this.#own.delete(key));
    return own;
  }

  /** The process that stood ready, where it is of the right kind; the next one is started. */
  async #fresh({ runtime, study, variant }: OfVariant): Promise<WorkerProcess> {
    const options = await this.#optionsFor({ runtime, study, role: 'builder', variant });
    const key = JSON.stringify(options);
    const ready = await this.#takeSpare(key)?.catch(() => null);
    const worker = ready?.alive ? ready : await WorkerProcess.start(options);
    this.#makeSpare(key, options);
    return worker;
  }

  /** At once, before anything is awaited: no two variants are given the same process. */
  #takeSpare(key: string): Promise<WorkerProcess> | undefined {
    const spare = this.#spares.get(key);
    this.#spares.delete(key);
    return spare;
  }

  #makeSpare(key: string, options: WorkerOptions): void {
    if (this.#isDisposed || this.#spares.has(key)) return;
    const worker = WorkerProcess.start(options);
    this.#spares.set(key, worker);
    worker.catch(() => {
      if (this.#spares.get(key) === worker) this.#spares.delete(key);
    });
    for (const [oldest, spare] of [...this.#spares].slice(0, -MOST_SPARE)) {
      this.#spares.delete(oldest);
      void end(spare);
    }
  }
}

const keyOf = ({
  runtime,
  study,
  variant,
}: Pick<ToDraw, 'runtime' | 'study' | 'variant'>): string =>
  sha256(JSON.stringify([runtime, study.folder, variant.path, variant.text]));

/** Ends a process that may still be starting. */
const end = (worker: Promise<WorkerProcess>): Promise<void> =>
  worker.then(
    (started) => started.close(CLOSE_GRACE_MS),
    () => undefined,
  );
