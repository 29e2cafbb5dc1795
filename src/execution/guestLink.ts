import { failureOfDeath } from './failures.ts';
import { CortexError, refusalOf } from '../util/errors.ts';
import type { FromGuest, Reply, ToGuest } from './protocol.ts';
import type { RequestLimits, StopReason } from './requestGuard.ts';
import type { WorkerProcess } from './workerProcess.ts';

/** The two ends of a link. */
interface Ends {
  readonly trainer: WorkerProcess;
  /** The process for a variant's code; rejects where it cannot be started. */
  readonly open: () => Promise<WorkerProcess>;
  /** It has trained, and is not asked any more. */
  readonly close: (guest: WorkerProcess) => void;
  readonly limits: RequestLimits;
}

const NO_BYTES = new Uint8Array();
const OF_GUEST: ReadonlySet<Reply['type']> = new Set([
  'rows-wanted',
  'prepared',
  'epoch-ended',
  'outputs',
  'fitted',
  'weights',
  'times',
  'files',
  'failed',
]);

/**
 * Carries what a trainer and the process of a variant say to each other. Nothing that process says
 * counts as an answer to Cortex, or gains it time; it speaks once for each thing it is told.
 */
export class GuestLink {
  readonly #ends: Ends;
  #guest: WorkerProcess | null = null;
  #stopped: StopReason | null = null;
  /** How often the process may speak. */
  #turns = 0;
  #isFitting = false;

  constructor(ends: Ends) {
    this.#ends = ends;
  }

  /** The process that trains now. */
  get guest(): WorkerProcess | null {
    return this.#guest?.alive ? this.#guest : null;
  }

  /** From the trainer. A conversation begins with `fit` or `load`. */
  async carry(message: ToGuest, bytes: Uint8Array): Promise<void> {
    const isFirst = message.type === 'fit' || message.type === 'load';
    if (isFirst && !(await this.#begin(message.id))) return;
    this.#isFitting ||= message.type === 'go';
    this.#turns += 1;
    this.#guest?.send(message, bytes);
  }

  /** Ends the process at once; the trainer hears why. */
  stop(reason: StopReason): void {
    this.#stopped ??= reason;
    this.#guest?.kill();
  }

  end(): void {
    const guest = this.#guest;
    this.#guest = null;
    this.#turns = 0;
    this.#isFitting = false;
    guest?.listen(() => undefined);
    if (guest) this.#ends.close(guest);
  }

  async #begin(id: string): Promise<boolean> {
    this.end();
    try {
      const guest = await this.#ends.open();
      this.#guest = guest;
      guest.listen((reply, frame) => this.#hear(id, reply, frame));
      void guest.death.then(() => this.#tellDeath(id, guest));
      if (this.#stopped) guest.kill();
      return true;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const failure = { kind: 'died' as const, message, line: null, stderr: [] };
      const refusal = error instanceof CortexError ? { refusal: refusalOf(error) } : {};
      this.#tell(id, { type: 'failed', id, failure, ...refusal }, NO_BYTES);
      return false;
    }
  }

  #hear(id: string, reply: Reply, frame: Uint8Array): void {
    if (!OF_GUEST.has(reply.type) || this.#turns <= 0) return;
    this.#turns -= 1;
    this.#tell(id, reply as FromGuest, frame);
  }

  async #tellDeath(id: string, guest: WorkerProcess): Promise<void> {
    const death = await guest.death;
    if (this.#guest !== guest) return;
    const phase = this.#isFitting ? 'fit' : 'build';
    const end = { kind: 'died', death, why: null, stopped: this.#stopped, phase } as const;
    this.#fail(id, failureOfDeath(end, this.#ends.limits));
  }

  #fail(id: string, failure: Extract<FromGuest, { type: 'failed' }>['failure']): void {
    this.#tell(id, { type: 'failed', id, failure }, NO_BYTES);
  }

  #tell(id: string, message: FromGuest, bytes: Uint8Array): void {
    this.#ends.trainer.send({ type: 'from-guest', id, message, bytes: bytes.length }, bytes);
  }
}
