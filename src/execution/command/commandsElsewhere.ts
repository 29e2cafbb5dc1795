import { languageOf } from '../../model/modelFile.ts';
import type { TrainRequest, TrainResult } from '../../ports/trainer.ts';
import { throwIfAborted } from '../../util/errors.ts';
import { Executor } from '../executor.ts';
import { limitsOf } from '../limits.ts';
import type { Elsewhere } from '../workerSource.ts';
import { BY_COMMAND } from './runSeeds.ts';

/** Runs of commands on the slots of other machines, side by side. */
export class CommandsElsewhere {
  readonly #elsewhere: Elsewhere;
  readonly #executor: Executor;

  constructor(elsewhere: Elsewhere) {
    this.#elsewhere = elsewhere;
    this.#executor = new Executor(elsewhere);
  }

  /** Rejects with a `CortexError` where the command, or where it is to run, is at fault. */
  async train(request: TrainRequest): Promise<TrainResult> {
    const { study, variant, seeds, evaluateOn, bounds = [], signal } = request;
    await this.#elsewhere.open(study);
    throwIfAborted(signal, 'Training');
    return this.#executor.run({
      order: {
        inputs: this.#elsewhere.keep(study),
        runtime: BY_COMMAND,
        variant: { ...variant, language: languageOf(variant.path) ?? 'other' },
        seeds,
        evaluateOn,
        bounds,
        limits: limitsOf(study),
      },
      signal,
      onProgress: request.onProgress,
      onTrial: request.onTrial,
    });
  }
}
