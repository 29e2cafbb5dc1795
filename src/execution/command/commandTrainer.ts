import type { BuiltModel } from '../../model/builtModel.ts';
import type { Runtime } from '../../model/runtime.ts';
import type { Variant } from '../../model/variant.ts';
import type { Trainer, TrainRequest, TrainResult } from '../../ports/trainer.ts';
import type { Environment } from '../../record/environment.ts';
import { charged } from '../../record/objectives.ts';
import { valued } from '../../record/worth.ts';
import type { Failure, Trial } from '../../record/trial.ts';
import type { Study } from '../../study/study.ts';
import { throwIfAborted } from '../../util/errors.ts';
import { ok, type Result } from '../../util/result.ts';
import { commandLine } from './commandLine.ts';
import { noWeights, nothingSealed } from './errors.ts';
import type { Ground } from './ground.ts';
import { groundFor } from './groundFor.ts';
import type { LogSource } from './commandRun.ts';
import { runCommand } from './runCommand.ts';

/** What runs of commands need from outside. */
export interface CommandPlace extends LogSource {
  readonly cortexVersion: string;
  /** Folder with what sets the random numbers of Python as it starts. */
  readonly startFolder: string;
  /** The interpreter of a study's project; `null` for whatever the shell finds. */
  readonly pythonFor: (study: Study) => Promise<string | null>;
}

const COMMAND: Runtime = { name: 'command', languages: ['any'], capabilities: [] };

/**
 * A trainer that runs the user's own command, once a trial, where a study names one; all other
 * studies go to the trainer behind it.
 */
export class CommandTrainer implements Trainer {
  readonly runtimes: readonly Runtime[];
  readonly #inner: Trainer;
  readonly #place: CommandPlace;

  constructor(inner: Trainer, place: CommandPlace) {
    this.#inner = inner;
    this.#place = place;
    this.runtimes = [...inner.runtimes, COMMAND];
  }

  get workers(): number {
    return this.#inner.workers;
  }

  async profileData(study: Study, signal: AbortSignal): ReturnType<Trainer['profileData']> {
    return isByCommand(study) ? null : this.#inner.profileData(study, signal);
  }

  async references(study: Study, signal: AbortSignal): ReturnType<Trainer['references']> {
    return isByCommand(study) ? null : this.#inner.references(study, signal);
  }

  /** Only a run shows whether a variant builds. */
  async build(
    study: Study,
    variant: Variant,
    signal: AbortSignal,
  ): Promise<Result<BuiltModel, Failure>> {
    return isByCommand(study)
      ? ok({ layers: [], parameters: 0 })
      : this.#inner.build(study, variant, signal);
  }

  async runtime(study: Study, variant: Variant, signal: AbortSignal): Promise<string> {
    return isByCommand(study) ? COMMAND.name : this.#inner.runtime(study, variant, signal);
  }

  /** Trials come with the measure that their study optimises, whoever trained them. */
  async train(request: TrainRequest): Promise<TrainResult> {
    const { study, onTrial } = request;
    const counted = (trial: Trial): Trial => charged(valued(trial, study.config), study.config);
    const asked = {
      ...request,
      ...(onTrial && { onTrial: (trial: Trial) => onTrial(counted(trial)) }),
    };
    const result = await (isByCommand(study) ? this.#train(asked) : this.#inner.train(asked));
    return { ...result, trials: result.trials.map(counted) };
  }

  async #train(request: TrainRequest): Promise<TrainResult> {
    if (request.evaluateOn === 'test') throw nothingSealed();
    throwIfAborted(request.signal, 'Training');
    const ground = await groundFor(request.study, request.variant);
    try {
      return await this.#runs(request, ground);
    } finally {
      await ground.remove();
    }
  }

  async predict(
    study: Study,
    ...asked: Parameters<Trainer['predict']> extends [Study, ...infer Rest] ? Rest : never
  ): ReturnType<Trainer['predict']> {
    if (isByCommand(study)) throw noWeights();
    return this.#inner.predict(study, ...asked);
  }

  dispose(): Promise<void> {
    return this.#inner.dispose();
  }

  /** One seed after the other: what a command takes of the machine is not known. */
  async #runs(request: TrainRequest, ground: Ground): Promise<TrainResult> {
    const { study, seeds } = request;
    const python = await this.#place.pythonFor(study);
    const trials: Trial[] = [];
    for (const [seedIndex, seed] of seeds.entries()) {
      if (request.signal.aborted) break;
      const line = commandLine(study, { seed, python, startFolder: this.#place.startFolder });
      const trial = await runCommand({ request, ground, line, seed, seedIndex }, this.#place);
      trials.push(trial);
      request.onTrial?.(trial);
      if (trial.outcome === 'failed' && trial.failure.kind !== 'not-a-number') break;
      await ground.renew();
    }
    return {
      trials,
      environment: environmentOf(ground, this.#place.cortexVersion),
      parameters: null,
      dataHash: null,
    };
  }
}

const isByCommand = ({ config }: Study): boolean => config.train !== undefined;

const environmentOf = ({ kind }: Ground, cortex: string): Environment => ({
  cortex,
  runtime: COMMAND.name,
  probe: {},
  versions: { ground: kind },
  platform: `${process.platform}-${process.arch}`,
  protection: 'unprotected',
});
