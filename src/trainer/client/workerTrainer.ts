import type { Environment, Failure } from '../../core/attempts/attempt.ts';
import { cancelledError, CortexError, throwIfAborted } from '../../core/errors.ts';
import { languageOf, type Language } from '../../core/model/modelFile.ts';
import type { BuiltModel, DataProfile, Trainer, TrainRequest, TrainResult, Variant } from '../../core/ports.ts';
import { ok, refuse, type Result } from '../../core/result.ts';
import type { Study } from '../../core/study/study.ts';
import type { Reply, Request } from '../protocol.ts';
import { dataNotRead, noRuntime, notTrainable, refusedByWorker, trainerDisposed } from './errors.ts';
import { failureOfDeath, failureOfStop } from './failures.ts';
import { Lane } from './lane.ts';
import { RuntimeChooser, type ProbeResult, type RuntimeChoice } from './runtimeChoice.ts';
import type { RuntimeName } from './spawnWorker.ts';
import { supervise, type Ending, type RequestLimits } from './supervise.ts';
import { TrialCollector } from './trialCollector.ts';
import type { WorkerProcess } from './workerProcess.ts';

/** Where the trainer's parts are and how it may run. */
export interface WorkerTrainerOptions {
  /** The worker's bundle. */
  readonly workerPath: string;
  /** Node 22.15 or newer (or VS Code's own executable). */
  readonly nodePath: string;
  /** Folder of the bundles and `.wasm` files. */
  readonly assetFolder: string;
  /** Folders to look for a working `@tensorflow/tfjs-node` in, best first. */
  readonly tfjsNodeFolders: (study: Study) => readonly string[];
  readonly runtime: 'auto' | RuntimeName;
  readonly builderNames: readonly string[];
  readonly cortexVersion: string;
}

type Work = Exclude<Request, { type: 'hello' | 'cancel' }>;
type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

/** What a request to one worker takes beside the request. */
interface Asking {
  readonly study: Study;
  readonly signal: AbortSignal;
  readonly onReply?: (reply: Reply) => void;
}

const BUILD_SECONDS = 20;
const LEAST_DATA_SECONDS = 60;

/** Trains in child processes that are kept warm, watched, and replaced when they die. One request at a time, checks beside a training in a worker of their own. */
export class WorkerTrainer implements Trainer {
  readonly #chooser: RuntimeChooser;
  readonly #main: Lane;
  readonly #side: Lane;
  readonly #disposed = new AbortController();
  #requests = 0;

  constructor(options: WorkerTrainerOptions) {
    const { workerPath, nodePath, assetFolder, builderNames, cortexVersion, tfjsNodeFolders } = options;
    this.#chooser = new RuntimeChooser(options.runtime);
    const lane = (): Lane =>
      new Lane((runtime, study) => ({
        workerPath, nodePath, assetFolder, builderNames, cortexVersion, runtime,
        memoryMB: study.config.limits.memoryMB,
        runtimeFolders: runtime === 'tfjs-node' ? tfjsNodeFolders(study) : [],
      }));
    this.#main = lane();
    this.#side = lane();
  }

  async profileData(study: Study, signal: AbortSignal): Promise<DataProfile> {
    return this.#check(async (lane) => {
      throwIfAborted(signal, 'Reading the data');
      const worker = await lane.worker(this.#checkRuntime(study), study);
      const ending = await this.#ask(worker, { type: 'profile', study: refOf(study) }, { study, signal });
      const reply = requireData(ending, limitsOf(study));
      if (reply.type !== 'profiled') throw unexpected(reply);
      return reply.profile;
    });
  }

  async build(study: Study, variant: Variant, signal: AbortSignal): Promise<Result<BuiltModel, Failure>> {
    const stand = standIn(variant);
    return this.#check(async (lane) => {
      throwIfAborted(signal, 'Building the model');
      const worker = await lane.worker(this.#checkRuntime(study), study);
      const ending = await this.#ask(worker, { type: 'build', study: refOf(study), variant: stand }, { study, signal });
      if (ending.kind === 'died' && ending.phase === 'build') return refuse(failureOfDeath(ending, limitsOf(study)));
      const reply = requireData(ending, limitsOf(study));
      if (reply.type === 'failed') return refuse(reply.failure);
      if (reply.type !== 'built') throw unexpected(reply);
      return ok(reply.model);
    });
  }

  async train(request: TrainRequest): Promise<TrainResult> {
    const { study, signal } = request;
    const stand = standIn(request.variant);
    return this.#main.run(async () => {
      this.#throwIfDisposed();
      throwIfAborted(signal, 'Training');
      const choice = await this.#chooser.choose(study, (runtime) => this.#probe(runtime, stand, { study, signal }));
      throwIfAborted(signal, 'Training');
      await this.#stopOthers(choice.runtime);
      return this.#trainOn(await this.#main.worker(choice.runtime, study), { request, stand, choice });
    });
  }

  async dispose(): Promise<void> {
    this.#disposed.abort();
    await Promise.all([this.#main.dispose(), this.#side.dispose()]);
  }

  async #trainOn(worker: WorkerProcess, { request, stand, choice }: { request: TrainRequest; stand: StandIn; choice: RuntimeChoice }): Promise<TrainResult> {
    const { study, signal, seeds, evaluateOn, onProgress } = request;
    const collector = new TrialCollector({ seeds, onProgress, now: () => performance.now() });
    const onReply = (reply: Reply): void => collector.take(reply);
    const ending = await this.#ask(worker, { type: 'train', study: refOf(study), variant: stand, seeds: [...seeds], evaluateOn }, { study, signal, onReply });
    const environment: Environment = { ...worker.environment, probe: { ...choice.probe } };
    const facts = finish(ending, collector, limitsOf(study));
    return { trials: collector.trials, environment, ...facts };
  }

  async #probe(runtime: RuntimeName, stand: StandIn, { study, signal }: Asking): Promise<ProbeResult> {
    const worker = await this.#startOrNull(runtime, study);
    if (!worker) return { kind: 'unavailable' };
    const ending = await this.#ask(worker, { type: 'probe', study: refOf(study), variant: stand }, { study, signal });
    throwIfAborted(signal, 'Training');
    if (ending.kind === 'answered' && ending.reply.type === 'refused') throw refusedByWorker(ending.reply.error);
    return ending.kind === 'answered' && ending.reply.type === 'probed' ? { kind: 'seconds', seconds: ending.reply.secondsPerStep } : { kind: 'failed' };
  }

  async #startOrNull(runtime: RuntimeName, study: Study): Promise<WorkerProcess | null> {
    try {
      return await this.#main.worker(runtime, study);
    } catch (error) {
      if (!(error instanceof CortexError) || error.kind !== 'environment') throw error;
      if (runtime === 'cpu') throw noRuntime();
      return null;
    }
  }

  async #stopOthers(runtime: RuntimeName): Promise<void> {
    for (const other of ['tfjs-node', 'wasm', 'cpu'] as const) if (other !== runtime) await this.#main.stop(other);
  }

  /** Before a study has its runtime, checks run on the one that starts everywhere. */
  #checkRuntime(study: Study): RuntimeName {
    return this.#chooser.known(study)?.runtime ?? 'wasm';
  }

  /** Checks do not wait for a training to end. */
  #check<T>(work: (lane: Lane) => Promise<T>): Promise<T> {
    const lane = this.#main.busy ? this.#side : this.#main;
    return lane.run(() => {
      this.#throwIfDisposed();
      return work(lane);
    });
  }

  #ask(worker: WorkerProcess, request: WithoutId<Work>, { study, signal, onReply }: Asking): Promise<Ending> {
    this.#requests += 1;
    return supervise({
      worker,
      request: { ...request, id: String(this.#requests) } as Work,
      limits: limitsOf(study),
      signal: AbortSignal.any([signal, this.#disposed.signal]),
      onReply: onReply ?? (() => undefined),
    });
  }

  #throwIfDisposed(): void {
    if (this.#disposed.signal.aborted) throw trainerDisposed();
  }
}

type StandIn = Extract<Work, { type: 'build' }>['variant'];

function standIn({ path, text }: Variant): StandIn {
  const language: Language | null = languageOf(path);
  if (language === null || language === 'python') throw notTrainable(path);
  return { path, text, language };
}

const refOf = ({ folder, config }: Study): Work['study'] => ({ folder, config });

const limitsOf = ({ config: { limits } }: Study): RequestLimits => ({
  dataSeconds: Math.max(limits.trialSeconds, LEAST_DATA_SECONDS),
  buildSeconds: Math.min(limits.trialSeconds, BUILD_SECONDS),
  trialSeconds: limits.trialSeconds,
  memoryMB: limits.memoryMB,
});

/** Turns the end of a `train` request into its facts; what ended it stands in the trials. Throws for input and environment errors. */
function finish(ending: Ending, collector: TrialCollector, limits: RequestLimits): Pick<TrainResult, 'parameters' | 'dataHash'> {
  const nothing = { parameters: null, dataHash: null };
  if (ending.phase === 'data' && ending.stopped !== 'cancelled') requireData(ending, limits);
  if (ending.kind === 'died') {
    collector.fail(failureOfDeath(ending, limits));
    return nothing;
  }
  if (ending.stopped) collector.rename(failureOfStop(ending.stopped, ending.phase, limits));
  if (ending.reply.type === 'refused' && collector.trials.length === 0) throw refusedByWorker(ending.reply.error);
  if (ending.reply.type === 'refused') collector.fail({ kind: 'died', message: ending.reply.error.happened, line: null, stderr: [] });
  if (ending.reply.type === 'failed') collector.fail(ending.reply.failure);
  return ending.reply.type === 'trained' ? { parameters: ending.reply.parameters, dataHash: ending.reply.dataHash } : nothing;
}

/** The answer, once the data could be read; throws an `input` error where it could not. */
function requireData(ending: Ending, limits: RequestLimits): Extract<Ending, { kind: 'answered' }>['reply'] {
  if (ending.kind === 'answered') {
    if (ending.reply.type === 'refused') throw refusedByWorker(ending.reply.error);
    return ending.reply;
  }
  if (ending.stopped === 'cancelled') throw cancelledError('The check');
  throw dataNotRead(failureOfDeath(ending, limits).message, ending.death.stderr);
}

const unexpected = (reply: { readonly type: string }): Error => new Error(`The worker answered "${reply.type}" where something else was asked.`);
