import type { LoopEvent } from '../../loop/loopEvent.ts';
import type { CommonFlags } from './commandContext.ts';

/** Money that several runs of one command share: each may spend what the others have left. */
export class SharedMoney {
  readonly #flags: CommonFlags;
  #spent = 0;

  constructor(flags: CommonFlags) {
    this.#flags = flags;
  }

  /** What an attempt cost. */
  hear(event: LoopEvent): void {
    if (event.kind === 'recorded') this.#spent += event.attempt.spent?.usd ?? 0;
  }

  /** The flags of the next run, its cap no more than what is left. */
  left(): CommonFlags {
    const { maxUsd, maxCost = Infinity } = this.#flags;
    if (maxUsd === undefined) return this.#flags;
    return { ...this.#flags, maxCost: Math.min(maxCost, Math.max(0, maxUsd - this.#spent)) };
  }
}
