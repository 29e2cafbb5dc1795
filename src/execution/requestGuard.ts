import type { Failure } from '../record/trial.ts';
import { TRAINER_DISPOSED } from './errors.ts';
import { residentBytes } from './memory.ts';
import type { Reply, Work } from './protocol.ts';
import type { WorkerProcess } from './workerProcess.ts';
import { CortexError } from '../util/errors.ts';

/** Why a request was stopped from outside; the first reason wins. */
export type StopReason = 'time' | 'memory' | 'cancelled' | 'interrupted';

/** Who aborted it: the user, or the end of the program (a window that was closed). */
export const stopReasonOf = ({ reason }: AbortSignal): 'cancelled' | 'interrupted' =>
  reason instanceof CortexError && reason.code === TRAINER_DISPOSED ? 'interrupted' : 'cancelled';

/** What a worker does for a request just now. */
export type Phase = Extract<Reply, { type: 'phase' }>['phase'];

/** Where code of a variant runs for a request. */
interface VariantProcess {
  /** `null`: none runs. */
  readonly guest: WorkerProcess | null;
  stop(reason: StopReason): void;
  end(): void;
}

/** One request and everything that bounds it. */
export interface Supervised {
  readonly worker: WorkerProcess;
  readonly request: Work;
  readonly limits: RequestLimits;
  readonly signal: AbortSignal;
  /** To the process that runs the variant's code for this worker. */
  readonly link?: VariantProcess | undefined;
  /** Every reply, in order. */
  readonly onReply: (reply: Reply, frame: Uint8Array) => void;
}

/** What has its own clock ends by itself: a process that has not by then is not waited for. */
const LATE_MS = 100;
/** A trainer whose variant's process was ended has nothing to do but to say so. */
const GRACE_MS = 2_000;
/** How often a request's memory is looked at: on Linux that costs next to nothing. */
const MEMORY_POLL_MS = process.platform === 'linux' ? 25 : 250;
/** Near its limit, where a variant may fill gigabytes in a second. */
const CLOSE_POLL_MS = process.platform === 'linux' ? 4 : 250;
const NEAR = 0.6;
const MEBIBYTE = 2 ** 20;

type TrialReply = Extract<Reply, { type: 'trial' }>;

/** Keeps a request to its limits. */
export class Guard {
  stopped: StopReason | null = null;
  phase: Phase = 'data';
  why: Failure | null = null;
  readonly #supervised: Supervised;
  readonly #entered: Record<Phase, number> = { data: 0, build: 0, fit: 0 };
  readonly #runs: number;
  /** Largest memory of its processes together since the last trial, in bytes. */
  #peak = 0;
  #deadline: NodeJS.Timeout | undefined;
  #grace: NodeJS.Timeout | undefined;

  constructor(supervised: Supervised) {
    this.#supervised = supervised;
    this.#runs = runsOf(supervised.request);
    this.#enter('data');
  }

  waitForReply(): Promise<FinalReply> {
    const { worker, request, onReply } = this.#supervised;
    return new Promise((resolve) => {
      worker.listen((reply, frame) => {
        if (reply.type === 'ready' || reply.id !== request.id) return;
        if (reply.type === 'phase') this.#enter(reply.phase);
        if (reply.type === 'leaving') this.why = reply.failure;
        onReply(reply.type === 'trial' ? this.#withPeak(reply) : reply, frame);
        if (isFinal(reply)) resolve(reply);
      });
    });
  }

  /** A variant's code is ended at once; whoever trains models as data may still say what it has. */
  stop(reason: StopReason): void {
    if (this.stopped) return;
    this.stopped = reason;
    const { worker, request, link } = this.#supervised;
    const guest = link?.guest;
    link?.stop(reason);
    if (request.type === 'build' || request.type === 'draw') return worker.kill();
    if (reason === 'memory' && !guest) return worker.kill();
    worker.send({ type: 'cancel', id: request.id });
    const late = reason === 'time' && !guest ? LATE_MS : GRACE_MS;
    this.#grace = setTimeout(() => worker.kill(), late);
  }

  /** Ends what is over its limit; resolves with the milliseconds to the next look. */
  async checkMemory(): Promise<number> {
    const { worker, limits, link } = this.#supervised;
    const own = [worker, link?.guest].flatMap((each) => (each?.alive ? [each] : []));
    const bytes = await Promise.all(own.map(({ pid }) => residentBytes(pid)));
    const limit = limits.memoryMB * MEBIBYTE;
    this.#peak = Math.max(
      this.#peak,
      bytes.reduce((sum: number, each) => sum + (each ?? 0), 0),
    );
    const heavy = own.filter((_, at) => (bytes[at] ?? 0) > limit);
    if (heavy.length > 0) this.stop('memory');
    for (const each of heavy) each.kill();
    return bytes.some((each) => (each ?? 0) > NEAR * limit) ? CLOSE_POLL_MS : MEMORY_POLL_MS;
  }

  end(): void {
    clearTimeout(this.#deadline);
    clearTimeout(this.#grace);
    this.#supervised.worker.listen(() => undefined);
    this.#supervised.link?.end();
  }

  /** A seed's trial with the memory that it took. */
  #withPeak(reply: TrialReply): TrialReply {
    const { trial } = reply;
    const peak = this.#peak;
    this.#peak = 0;
    if (trial.outcome === 'failed' || peak === 0) return reply;
    const measures = { ...trial.measures, memoryMB: peak / MEBIBYTE };
    return { ...reply, trial: { ...trial, measures } };
  }

  #enter(phase: Phase): void {
    const { limits } = this.#supervised;
    const seconds = {
      data: limits.dataSeconds,
      build: limits.buildSeconds,
      fit: limits.trialSeconds,
    }[phase];
    this.phase = phase;
    this.#entered[phase] += 1;
    // The first term began with the request, before the worker said so.
    if (this.#entered[phase] > this.#runs + (phase === 'data' ? 1 : 0)) return;
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(() => this.stop('time'), seconds * 1000);
  }
}

/** How many models a request trains. */
const runsOf = (request: Work): number =>
  request.type === 'train' ? request.seeds.length * request.study.config.split.folds : 1;

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
