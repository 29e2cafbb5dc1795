import type { BuiltModel } from '../../model/builtModel.ts';
import type { Runtime } from '../../model/runtime.ts';
import type { Variant } from '../../model/variant.ts';
import type { Trainer, TrainRequest, TrainResult } from '../../ports/trainer.ts';
import { charged } from '../../record/objectives.ts';
import { valued } from '../../record/worth.ts';
import type { Failure, Trial } from '../../record/trial.ts';
import type { Study } from '../../study/study.ts';
import { throwIfAborted } from '../../util/errors.ts';
import { ok, type Result } from '../../util/result.ts';
import type { Elsewhere } from '../workerSource.ts';
import { CommandsElsewhere } from './commandsElsewhere.ts';
import { noWeights, nothingSealed } from './errors.ts';
import { BY_COMMAND, runSeeds, type CommandPlace } from './runSeeds.ts';

const COMMAND: Runtime = { name: BY_COMMAND, languages: ['any'], capabilities: [] };

/**
 * A trainer that runs the user's own command, once a trial, where a study names one; all other
 * studies go to the trainer behind it.
 */
export class CommandTrainer implements Trainer {
  readonly runtimes: readonly Runtime[];
  readonly #inner: Trainer;
  readonly #place: CommandPlace;
  readonly #elsewhere: CommandsElsewhere | null;

  /** `elsewhere`: where trials run, when not on this machine. */
  constructor(inner: Trainer, place: CommandPlace, elsewhere: Elsewhere | null = null) {
    this.#inner = inner;
    this.#place = place;
    this.#elsewhere = elsewhere && new CommandsElsewhere(elsewhere);
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
    return this.#elsewhere ? this.#elsewhere.train(request) : runSeeds(request, this.#place);
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
}

const isByCommand = ({ config }: Study): boolean => config.train !== undefined;
