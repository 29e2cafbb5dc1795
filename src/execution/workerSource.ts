import type { Environment } from '../record/environment.ts';
import type { CurveBound } from '../judge/fallenBehind.ts';
import type { Footing, Training } from '../record/training.ts';
import type { Reply, Work } from './protocol.ts';
import type { Study } from '../study/study.ts';
import type { Ending } from './supervise.ts';
import type { RequestLimits } from './requestGuard.ts';

/** The variant as a worker gets it. */
export type WrittenVariant = Extract<Work, { type: 'train' }>['variant'];

/** What a worker is to train; nothing in it is of this machine. */
export interface TrialOrder extends Training, Footing {
  /** SHA-256 of the study's inputs; the source of the workers knows where they are. */
  readonly inputs: string;
  readonly runtime: string;
  readonly variant: WrittenVariant;
  readonly bounds: readonly CurveBound[];
  readonly keepWeights?: true;
  readonly limits: RequestLimits;
}

/** How a request ended, and on what. */
export type WorkerAnswer = Ending & { readonly environment: Environment };

/** What an order's training is stopped by, and told to while it goes on. */
export interface Hearing {
  readonly signal: AbortSignal;
  readonly onReply: (reply: Reply, frame: Uint8Array) => void;
}

/** How long a worker may be silent beyond the limits of what it does, in seconds. */
export interface Patience {
  readonly startSeconds: number;
  /** Those who watch it need some time to end it themselves. */
  readonly graceSeconds: number;
}

/** Workers that trials are leased to, numbered from 0; each does one thing at a time. */
export interface WorkerSource {
  readonly count: number;
  readonly patience: Patience;
  /** How often a trial is begun in all, where its workers are ended by others. */
  readonly mostLeases: number;
  /** Does something on a worker once all that was asked of it before is done. */
  readonly whenFree: (worker: number, work: () => Promise<void>) => Promise<void>;
  /**
   * Trains on a worker that is free. Rejects with a `CortexError` only where no such worker can be
   * had; a worker that dies is an ending.
   */
  readonly train: (worker: number, order: TrialOrder, hearing: Hearing) => Promise<WorkerAnswer>;
  /** Ends a worker that is not heard of any more; the next order gets another. */
  readonly discard: (worker: number) => Promise<void>;
}

/** Workers on other machines. */
export interface Elsewhere extends WorkerSource {
  /** Remembers what a study's trainings read; the hash stands for it in orders. */
  readonly keep: (study: Study) => string;
  /** Before a study's trials: its workers can be had, and `count` says how many; or rejects. */
  readonly open: (study: Study) => Promise<void>;
  readonly dispose: () => Promise<void>;
}
