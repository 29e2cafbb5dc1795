import type { BuiltModel } from '../model/builtModel.ts';
import { languageOf } from '../model/modelFile.ts';
import type { Variant } from '../model/variant.ts';
import type { ExportedFile } from '../model/formats/exportFormat.ts';
import type { SavedModel } from '../model/savedModel.ts';
import type { Predictions, Trainer, TrainRequest, TrainResult } from '../ports/trainer.ts';
import { footingIn } from '../record/training.ts';
import type { Failure } from '../record/trial.ts';
import type { DataProfile, ReferenceScores } from '../record/dataProfile.ts';
import type { Study } from '../study/study.ts';
import { CortexError, throwIfAborted } from '../util/errors.ts';
import { ok, refuse, type Result } from '../util/result.ts';
import { refusedByWorker, trainerDisposed } from './errors.ts';
import { Executor } from './executor.ts';
import { canBeAskedAgain, failureOfDeath } from './failures.ts';
import { requireData } from './finish.ts';
import type { Lane } from './lane.ts';
import { limitsOf } from './limits.ts';
import { ProcessWorkers, refOf } from './processWorkers.ts';
import { takesModels, type WorkerSurroundings } from './workerOptions.ts';
import { RuntimeChooser, type ProbeResult, type RuntimeChoice } from './runtimeChoice.ts';
import { RUNTIMES, runtimesElsewhere, runtimesUnder } from './runtimes.ts';
import type { FinalReply } from './requestGuard.ts';
import type { Elsewhere, WorkerAnswer, WrittenVariant } from './workerSource.ts';

/** Where the trainer's parts are and how it may run. */
export interface WorkerTrainerOptions extends WorkerSurroundings {
  /** The name of a runtime, or `auto`. */
  readonly runtime: string;
  /** How many trials train side by side. */
  readonly workers: number;
  /** Trials train there; all else is done here. Absent: they train here, too. */
  readonly elsewhere?: Elsewhere;
  /** Keeps the weights of a study's trials; absent: none are asked for. */
  readonly keepWeights?: (study: Study, file: Uint8Array) => Promise<void>;
}

/** Work on a study that its user may stop. */
interface Asked {
  readonly study: Study;
  readonly signal: AbortSignal;
  /** What is being done, as an error names it. */
  readonly what: string;
}

type Check = Parameters<ProcessWorkers['ask']>[0];

/** Trains in child processes that are kept warm, watched, and replaced when they die. */
export class WorkerTrainer implements Trainer {
  readonly runtimes = RUNTIMES;
  readonly #chooser: RuntimeChooser;
  readonly #local: ProcessWorkers;
  readonly #elsewhere: Elsewhere | null;
  readonly #executor: Executor;
  readonly #keep: WorkerTrainerOptions['keepWeights'];
  readonly #disposed = new AbortController();

  constructor({ runtime, workers, keepWeights, elsewhere, ...own }: WorkerTrainerOptions) {
    this.#keep = keepWeights;
    this.#local = new ProcessWorkers(workers, own, this.#disposed.signal);
    this.#elsewhere = elsewhere ?? null;
    this.#chooser = new RuntimeChooser(
      runtime,
      elsewhere ? runtimesElsewhere : runtimesUnder(this.#local.layer),
    );
    this.#executor = new Executor(elsewhere ?? this.#local);
  }

  get workers(): number {
    return (this.#elsewhere ?? this.#local).count;
  }

  async profileData(study: Study, signal: AbortSignal): Promise<DataProfile> {
    const reply = await this.#checkData(
      { type: 'profile', study: refOf(study) },
      { study, signal, what: 'Reading the data' },
    );
    if (reply.type !== 'profiled') throw unexpected(reply);
    return reply.profile;
  }

  async references(study: Study, signal: AbortSignal): Promise<ReferenceScores | null> {
    const reply = await this.#checkData(
      { type: 'reference', study: refOf(study) },
      { study, signal, what: 'Training a linear model' },
    );
    if (reply.type !== 'referenced') throw unexpected(reply);
    return reply.scores;
  }

  async build(
    study: Study,
    variant: Variant,
    signal: AbortSignal,
  ): Promise<Result<BuiltModel, Failure>> {
    const ending = await this.#check(
      { type: 'build', study: refOf(study), variant: written(variant) },
      { study, signal, what: 'Building the model' },
    );
    if (ending.kind === 'died' && ending.phase === 'build')
      return refuse(failureOfDeath(ending, limitsOf(study)));
    const reply = requireData(ending, limitsOf(study));
    if (reply.type === 'failed') return refuse(reply.failure);
    if (reply.type !== 'built') throw unexpected(reply);
    return ok(reply.model);
  }

  async runtime(study: Study, variant: Variant, signal: AbortSignal): Promise<string> {
    const { runtime } =
      this.#chooser.known(study) ?? (await this.#choose(variant, { study, signal }));
    return runtime;
  }

  async train(request: TrainRequest): Promise<TrainResult> {
    const { study, seeds, evaluateOn, bounds = [] } = request;
    const { onProgress, onTrial } = request;
    this.#throwIfDisposed();
    throwIfAborted(request.signal, 'Training');
    const { runtime, probe } =
      this.#chooser.known(study) ?? (await this.#choose(request.variant, request));
    await this.#elsewhere?.open(study);
    throwIfAborted(request.signal, 'Training');
    const keep = request.keepWeights && this.#keep;
    const result = await this.#executor.run({
      order: {
        inputs: (this.#elsewhere ?? this.#local).keep(study),
        runtime,
        variant: written(request.variant),
        seeds,
        evaluateOn,
        bounds,
        limits: limitsOf(study),
        ...(keep && { keepWeights: true }),
        ...footingIn(request),
      },
      signal: AbortSignal.any([request.signal, this.#disposed.signal]),
      onProgress,
      onTrial,
      keep: keep && ((file) => keep(study, file)),
    });
    return { ...result, environment: { ...result.environment, probe: { ...probe } } };
  }

  predict(
    study: Study,
    models: readonly SavedModel[],
    signal: AbortSignal,
  ): Promise<readonly Predictions[]> {
    this.#throwIfDisposed();
    const runtime = this.#chooser.forLoading(study);
    const ask = async (lane: Lane): Promise<readonly Predictions[]> => {
      const all: Predictions[] = [];
      for (const model of models)
        all.push(
          await this.#predictWith(model, {
            ...{ lane, runtime, study, signal },
            loader: takesModels(runtime) && !model.source ? 'keras' : runtime,
          }),
        );
      return all;
    };
    // What a process takes is measured in one that has done nothing else.
    if (models.some(({ timed }) => timed)) return this.#local.inFresh(ask);
    const { idle } = this.#local;
    return idle.run(() => ask(idle));
  }

  async #predictWith(
    model: SavedModel,
    asking: Omit<Parameters<ProcessWorkers['ask']>[1], 'onReply'>,
  ): Promise<Predictions> {
    let outputs = new Float32Array();
    const files: ExportedFile[] = [];
    const ending = await this.#local.ask(
      { type: 'predict', study: refOf(asking.study), model },
      {
        ...asking,
        onReply: (reply, frame) => {
          if (reply.type !== 'frame') return;
          const name = fileNamed(reply.name);
          if (name === null) outputs = new Float32Array(new Uint8Array(frame).buffer);
          else files.push({ name, bytes: frame.slice() });
        },
      },
    );
    throwIfAborted(asking.signal, 'Loading the model');
    const reply = requireData(ending, limitsOf(asking.study));
    if (reply.type !== 'predicted') throw unexpected(reply);
    return { measures: reply.measures, outputs, files };
  }

  async dispose(): Promise<void> {
    this.#disposed.abort(trainerDisposed());
    await Promise.all([this.#local.dispose(), this.#elsewhere?.dispose()]);
  }

  /** On the first worker, when it is free: one runtime after the other, nothing beside them. */
  #choose(
    variant: Variant,
    { study, signal }: Pick<Asked, 'study' | 'signal'>,
  ): Promise<RuntimeChoice> {
    return this.#local.first.run(async () => {
      this.#throwIfDisposed();
      throwIfAborted(signal, 'Training');
      const choice = await this.#chooser.choose(study, (runtime) =>
        this.#probe(runtime, written(variant), { study, signal }),
      );
      throwIfAborted(signal, 'Training');
      return choice;
    });
  }

  async #probe(
    runtime: string,
    variant: WrittenVariant,
    { study, signal }: Pick<Asked, 'study' | 'signal'>,
  ): Promise<ProbeResult> {
    if (!(await this.#canStart(runtime, study))) return { kind: 'unavailable' };
    const ending = await this.#local.ask(
      { type: 'probe', study: refOf(study), variant },
      { lane: this.#local.first, runtime, study, signal },
    );
    throwIfAborted(signal, 'Training');
    if (ending.kind === 'answered' && ending.reply.type === 'refused')
      throw refusedByWorker(ending.reply.error);
    return ending.kind === 'answered' && ending.reply.type === 'probed'
      ? { kind: 'seconds', seconds: ending.reply.secondsPerStep }
      : { kind: 'failed' };
  }

  async #canStart(runtime: string, study: Study): Promise<boolean> {
    try {
      await this.#local.first.worker({ runtime, study, role: 'trainer' });
      return true;
    } catch (error) {
      if (!(error instanceof CortexError) || error.kind !== 'environment') throw error;
      return false;
    }
  }

  async #checkData(request: Check, asked: Asked): Promise<FinalReply> {
    return requireData(await this.#check(request, asked), limitsOf(asked.study));
  }

  /** Checks do not wait for a training to end. */
  #check(request: Check, { study, signal, what }: Asked): Promise<WorkerAnswer> {
    const lane = this.#local.idle;
    const ask = (): Promise<WorkerAnswer> => {
      this.#throwIfDisposed();
      throwIfAborted(signal, what);
      const runtime = this.#chooser.forChecks(study);
      return this.#local.ask(request, { lane, runtime, study, signal });
    };
    return lane.run(async () => {
      const told = await ask();
      return canBeAskedAgain(told) ? ask() : told;
    });
  }

  #throwIfDisposed(): void {
    if (this.#disposed.signal.aborted) throw trainerDisposed();
  }
}

const written = ({ path, text }: Variant): WrittenVariant => ({
  path,
  text,
  language: languageOf(path) ?? 'other',
});

/**
 * The file that a frame is of, `null` where it is none; throws for one that would lie outside of
 * its folder.
 */
function fileNamed(frame: string): string | null {
  const [, name] = /^file (.+)$/.exec(frame) ?? [];
  if (name === undefined) return null;
  const isInside = name.split('/').every((part) => /^\w[\w.-]*$/.test(part));
  if (!isInside) throw new RangeError(`${JSON.stringify(name)} is no name of an exported file`);
  return name;
}

const unexpected = (reply: { readonly type: string }): Error =>
  new Error(`The worker answered "${reply.type}" where something else was asked.`);
