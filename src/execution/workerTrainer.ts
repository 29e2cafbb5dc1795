import type { Environment } from '../record/attempt.ts';
import type { Failure } from '../record/trial.ts';
import { cancelledError, CortexError, throwIfAborted } from '../util/errors.ts';
import { languageOf } from '../model/modelFile.ts';
import type { BuiltModel } from '../model/builtModel.ts';
import type { DataProfile, ReferenceScores } from '../record/dataProfile.ts';
import type { Trainer, TrainRequest, TrainResult } from '../ports/trainer.ts';
import type { Variant } from '../model/variant.ts';
import { ok, refuse, type Result } from '../util/result.ts';
import type { Study } from '../study/study.ts';
import type { Reply, Work } from './protocol.ts';
import { dataNotRead, refusedByWorker, trainerDisposed } from './errors.ts';
import { failureOfDeath, failureOfStop } from './failures.ts';
import { Lane } from './lane.ts';
import { RuntimeChooser, type ProbeResult, type RuntimeChoice } from './runtimeChoice.ts';
import { RUNTIMES, type Place } from './runtimes.ts';
import { supervise, type Ending, type RequestLimits } from './supervise.ts';
import { TrialCollector } from './trialCollector.ts';
import type { WorkerOptions } from './workerProcess.ts';

/** Where the trainer's parts are and how it may run. */
export interface WorkerTrainerOptions extends Place {
  /** The name of a runtime, or `auto`. */
  readonly runtime: string;
  readonly builderNames: readonly string[];
  readonly cortexVersion: string;
}

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

/** How a request ended, and on what. */
type Told = Ending & { readonly environment: Environment };

/** What asking a worker takes beside the request. */
interface Asking {
  readonly lane: Lane;
  readonly runtime: string;
  readonly study: Study;
  readonly signal: AbortSignal;
  readonly onReply?: (reply: Reply) => void;
}

const BUILD_SECONDS = 20;
const LEAST_DATA_SECONDS = 60;

/**
 * Trains in child processes that are kept warm, watched, and replaced when they die. One request at
 * a time, checks beside a training in a worker of their own.
 */
export class WorkerTrainer implements Trainer {
  readonly runtimes = RUNTIMES;
  readonly #chooser: RuntimeChooser;
  readonly #main: Lane;
  readonly #side: Lane;
  readonly #disposed = new AbortController();
  #requests = 0;

  constructor(options: WorkerTrainerOptions) {
    this.#chooser = new RuntimeChooser(options.runtime, RUNTIMES);
    const lane = (): Lane => new Lane((runtime, study) => workerOptions(runtime, study, options));
    this.#main = lane();
    this.#side = lane();
  }

  async profileData(study: Study, signal: AbortSignal): Promise<DataProfile> {
    return this.#check(async (lane) => {
      throwIfAborted(signal, 'Reading the data');
      const ending = await this.#askFresh(
        { type: 'profile', study: refOf(study) },
        { lane, runtime: this.#chooser.forChecks(study), study, signal },
      );
      const reply = requireData(ending, limitsOf(study));
      if (reply.type !== 'profiled') throw unexpected(reply);
      return reply.profile;
    });
  }

  async references(study: Study, signal: AbortSignal): Promise<ReferenceScores | null> {
    return this.#check(async (lane) => {
      throwIfAborted(signal, 'Training a linear model');
      const ending = await this.#askFresh(
        { type: 'reference', study: refOf(study) },
        { lane, runtime: this.#chooser.forChecks(study), study, signal },
      );
      const reply = requireData(ending, limitsOf(study));
      if (reply.type !== 'referenced') throw unexpected(reply);
      return reply.scores;
    });
  }

  async build(
    study: Study,
    variant: Variant,
    signal: AbortSignal,
  ): Promise<Result<BuiltModel, Failure>> {
    const stand = standIn(variant);
    return this.#check(async (lane) => {
      throwIfAborted(signal, 'Building the model');
      const ending = await this.#askFresh(
        { type: 'build', study: refOf(study), variant: stand },
        { lane, runtime: this.#chooser.forChecks(study), study, signal },
      );
      if (ending.kind === 'died' && ending.phase === 'build')
        return refuse(failureOfDeath(ending, limitsOf(study)));
      const reply = requireData(ending, limitsOf(study));
      if (reply.type === 'failed') return refuse(reply.failure);
      if (reply.type !== 'built') throw unexpected(reply);
      return ok(reply.model);
    });
  }

  async runtime(study: Study, variant: Variant, signal: AbortSignal): Promise<string> {
    const { runtime } =
      this.#chooser.known(study) ??
      (await this.#main.run(() => this.#choose(study, standIn(variant), signal)));
    return runtime;
  }

  async train(request: TrainRequest): Promise<TrainResult> {
    const { study, signal } = request;
    const stand = standIn(request.variant);
    return this.#main.run(async () => {
      const choice = await this.#choose(study, stand, signal);
      await this.#main.keepOnly(choice.runtime);
      return this.#trainOn(choice, request, stand);
    });
  }

  async dispose(): Promise<void> {
    this.#disposed.abort();
    await Promise.all([this.#main.dispose(), this.#side.dispose()]);
  }

  async #trainOn(
    { runtime, probe }: RuntimeChoice,
    request: TrainRequest,
    variant: StandIn,
  ): Promise<TrainResult> {
    const { study, signal, seeds, evaluateOn, bounds = [], onProgress, onTrial } = request;
    const collector = new TrialCollector({
      seeds,
      onProgress,
      onTrial,
      now: () => performance.now(),
    });
    const asking = {
      lane: this.#main,
      runtime,
      study,
      signal,
      onReply: (reply: Reply) => collector.take(reply),
    };
    const ending = await this.#askFresh(
      {
        type: 'train',
        study: refOf(study),
        variant,
        seeds,
        evaluateOn,
        bounds,
      },
      asking,
    );
    const facts = finish(ending, collector, limitsOf(study));
    return {
      trials: collector.trials,
      environment: { ...ending.environment, probe: { ...probe } },
      ...facts,
    };
  }

  async #choose(study: Study, variant: StandIn, signal: AbortSignal): Promise<RuntimeChoice> {
    this.#throwIfDisposed();
    throwIfAborted(signal, 'Training');
    const choice = await this.#chooser.choose(study, (runtime) =>
      this.#probe(runtime, variant, { study, signal }),
    );
    throwIfAborted(signal, 'Training');
    return choice;
  }

  async #probe(
    runtime: string,
    variant: StandIn,
    { study, signal }: Pick<Asking, 'study' | 'signal'>,
  ): Promise<ProbeResult> {
    if (!(await this.#canStart(runtime, study))) return { kind: 'unavailable' };
    const ending = await this.#askFresh(
      { type: 'probe', study: refOf(study), variant },
      { lane: this.#main, runtime, study, signal },
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
      await this.#main.worker(runtime, study);
      return true;
    } catch (error) {
      if (!(error instanceof CortexError) || error.kind !== 'environment') throw error;
      return false;
    }
  }

  /** Checks do not wait for a training to end. */
  #check<T>(work: (lane: Lane) => Promise<T>): Promise<T> {
    const lane = this.#main.busy ? this.#side : this.#main;
    return lane.run(() => {
      this.#throwIfDisposed();
      return work(lane);
    });
  }

  /**
   * A warm worker may die of what an earlier variant left behind before it comes to this request:
   * then a fresh one is asked, once.
   */
  async #askFresh(request: WithoutId<Work>, asking: Asking): Promise<Told> {
    const first = await this.#ask(request, asking);
    return first.kind === 'died' && first.phase === 'data' && !first.stopped
      ? this.#ask(request, asking)
      : first;
  }

  async #ask(
    request: WithoutId<Work>,
    { lane, runtime, study, signal, onReply }: Asking,
  ): Promise<Told> {
    const worker = await lane.worker(runtime, study);
    this.#requests += 1;
    const ending = await supervise({
      worker,
      request: { ...request, id: String(this.#requests) } as Work,
      limits: limitsOf(study),
      signal: AbortSignal.any([signal, this.#disposed.signal]),
      onReply: onReply ?? (() => undefined),
    });
    return { ...ending, environment: worker.environment };
  }

  #throwIfDisposed(): void {
    if (this.#disposed.signal.aborted) throw trainerDisposed();
  }
}

type StandIn = Extract<Work, { type: 'build' }>['variant'];

const standIn = ({ path, text }: Variant): StandIn => ({
  path,
  text,
  language: languageOf(path) ?? 'other',
});

/** How a worker of a runtime is started for a study, and greeted. */
async function workerOptions(
  name: string,
  study: Study,
  options: WorkerTrainerOptions,
): Promise<WorkerOptions> {
  const runtime = RUNTIMES.find((each) => each.name === name);
  if (!runtime) throw new Error(`There is no runtime called ${name}.`);
  const launch = await runtime.launch(options, study);
  const { assetFolder, runtimeFolders } = launch;
  const { builderNames, cortexVersion } = options;
  const { memoryMB } = study.config.limits;
  return {
    launch,
    hello: {
      cortex: cortexVersion,
      runtime: name,
      builderNames,
      assetFolder,
      runtimeFolders,
      resources: { memoryMB },
    },
  };
}

const refOf = ({ folder, config }: Study): Work['study'] => ({ folder, config });

const limitsOf = ({ config: { limits } }: Study): RequestLimits => ({
  dataSeconds: Math.max(limits.trialSeconds, LEAST_DATA_SECONDS),
  buildSeconds: Math.min(limits.trialSeconds, BUILD_SECONDS),
  trialSeconds: limits.trialSeconds,
  memoryMB: limits.memoryMB,
});

/**
 * Turns the end of a `train` request into its facts; what ended it stands in the trials. Throws for
 * input and environment errors.
 */
function finish(
  ending: Ending,
  collector: TrialCollector,
  limits: RequestLimits,
): Pick<TrainResult, 'parameters' | 'dataHash'> {
  if (ending.phase === 'data' && ending.stopped !== 'cancelled') requireData(ending, limits);
  if (ending.kind === 'died') {
    collector.fail(failureOfDeath(ending, limits));
    return { parameters: null, dataHash: null };
  }
  if (ending.stopped) collector.rename(failureOfStop(ending.stopped, ending.phase, limits));
  return factsOf(ending.reply, collector);
}

function factsOf(
  reply: Extract<Ending, { kind: 'answered' }>['reply'],
  collector: TrialCollector,
): Pick<TrainResult, 'parameters' | 'dataHash'> {
  if (reply.type === 'trained') return { parameters: reply.parameters, dataHash: reply.dataHash };
  if (reply.type === 'refused' && collector.trials.length === 0) throw refusedByWorker(reply.error);
  if (reply.type === 'refused')
    collector.fail({ kind: 'died', message: reply.error.happened, line: null, stderr: [] });
  if (reply.type === 'failed') collector.fail(reply.failure);
  return { parameters: null, dataHash: null };
}

/** The answer, once the data could be read; throws an `input` error where it could not. */
function requireData(
  ending: Ending,
  limits: RequestLimits,
): Extract<Ending, { kind: 'answered' }>['reply'] {
  if (ending.kind === 'answered') {
    if (ending.reply.type === 'refused') throw refusedByWorker(ending.reply.error);
    return ending.reply;
  }
  if (ending.stopped === 'cancelled') throw cancelledError('The check');
  throw dataNotRead(failureOfDeath(ending, limits).message, ending.death.stderr);
}

const unexpected = (reply: { readonly type: string }): Error =>
  new Error(`The worker answered "${reply.type}" where something else was asked.`);
