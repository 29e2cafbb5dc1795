import pidusage from 'pidusage';
import type { Failure } from '../record/trial.ts';
import type { Reply, Work } from './protocol.ts';
import type { WorkerProcess } from './workerProcess.ts';

/** Why a request was stopped from outside; the first reason wins. */
export type StopReason = 'time' | 'memory' | 'cancelled';

/** What a worker does for a request just now. */
export type Phase = Extract<Reply, { type: 'phase' }>['phase'];

/** One request and everything that bounds it. */
export interface Supervised {
  readonly worker: WorkerProcess;
  readonly request: Work;
  readonly limits: RequestLimits;
  readonly signal: AbortSignal;
  /** Every reply, in order. */
  readonly onReply: (reply: Reply, frame: Uint8Array) => void;
}

const GRACE_MS = 2_000;

/** How often a worker's memory is looked at. */
export const MEMORY_POLL_MS = 250;

/** Watches over one request: its deadlines by phase, its memory, and how it is made to stop. */
export class Guard {
  stopped: StopReason | null = null;
  phase: Phase = 'data';
  why: Failure | null = null;
  readonly #supervised: Supervised;
  #deadline: NodeJS.Timeout | undefined;
  #grace: NodeJS.Timeout | undefined;

  constructor(supervised: Supervised) {
    this.#supervised = supervised;
    this.#enter('data');
  }

  waitForReply(): Promise<FinalReply> {
    const { worker, request, onReply } = this.#supervised;
    return new Promise((resolve) => {
      worker.listen((reply, frame) => {
        if (reply.type === 'ready' || reply.id !== request.id) return;
        if (reply.type === 'phase') this.#enter(reply.phase);
        if (reply.type === 'leaving') this.why = reply.failure;
        onReply(reply, frame);
        if (isFinal(reply)) resolve(reply);
      });
    });
  }

  /** Asks, waits, kills. Memory is not waited for. */
  stop(reason: StopReason): void {
    if (this.stopped) return;
    this.stopped = reason;
    const { worker, request } = this.#supervised;
    if (reason === 'memory') return worker.kill();
    worker.send({ type: 'cancel', id: request.id });
    this.#grace = setTimeout(() => worker.kill(), GRACE_MS);
  }

  async checkMemory(): Promise<void> {
    const { worker, limits } = this.#supervised;
    if (!worker.alive || this.stopped) return;
    try {
      const { memory } = await pidusage(worker.pid);
      if (memory > limits.memoryMB * 2 ** 20) this.stop('memory');
    } catch (error) {
      // A process that has just ended has no memory to measure; its death is reported elsewhere.
      if (worker.alive && !isGone(error)) throw error;
    }
  }

  end(): void {
    clearTimeout(this.#deadline);
    clearTimeout(this.#grace);
    this.#supervised.worker.listen(() => undefined);
  }

  #enter(phase: Phase): void {
    const { limits } = this.#supervised;
    const seconds = {
      data: limits.dataSeconds,
      build: limits.buildSeconds,
      fit: limits.trialSeconds,
    }[phase];
    this.phase = phase;
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(() => this.stop('time'), seconds * 1000);
  }
}

const isGone = (error: unknown): boolean =>
  error instanceof Error &&
  /No matching pid|ENOENT|ESRCH|No maching pid/.test(
    `${error.message} ${String((error as NodeJS.ErrnoException).code)}`,
  );

/** What a request may take; seconds are wall time, memory is resident. */
export interface RequestLimits {
  readonly dataSeconds: number;
  readonly buildSeconds: number;
  /** Of each seed. */
  readonly trialSeconds: number;
  readonly memoryMB: number;
}

/** A reply that ends a request. */
export type FinalReply = Extract<
  Reply,
  {
    type:
      | 'profiled'
      | 'referenced'
      | 'drawn'
      | 'built'
      | 'probed'
      | 'predicted'
      | 'trained'
      | 'failed'
      | 'refused';
  }
>;

/** Whether a reply ends its request. */
const isFinal = (reply: Reply): reply is FinalReply =>
  [
    'profiled',
    'referenced',
    'drawn',
    'built',
    'probed',
    'predicted',
    'trained',
    'failed',
    'refused',
  ].includes(reply.type);
