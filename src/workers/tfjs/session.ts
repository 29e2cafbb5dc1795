import { chdir } from 'node:process';
import type { Blueprint } from '../../model/blueprint.ts';
import type { Environment } from '../../record/environment.ts';
import type { DataProfile } from '../../record/dataProfile.ts';
import type { Request, Reply, Work } from '../../execution/protocol.ts';
import { type BuildInput } from './builder/buildVariant.ts';
import { describeModel } from './builder/describeModel.ts';
import { BuilderSession } from './builderSession.ts';
import { installReadGuard } from './builder/readGuard.ts';
import { forgetVariants } from './builder/tamperGuard.ts';
import { StudyDataCache } from './data/studyData.ts';
import { type StudyRef } from './data/dataFiles.ts';
import type { StudyData } from './data/types.ts';
import type { Send } from './channel.ts';
import { badRequest } from './errors.ts';
import { toFailure } from './failure.ts';
import { leftoverWatch } from './leftovers.ts';
import { lazyTranspiler } from './modules/transpiler.ts';
import { builtHere, BuiltElsewhereError, drawnElsewhere, type ModelSource } from './modelSource.ts';
import { UserModules } from './modules/userModules.ts';
import { seedRuntime } from './runtime/determinism.ts';
import { loadRuntime } from './runtime/loadRuntime.ts';
import type { Runtime } from './runtime/runtime.ts';
import { openTensorScope } from './tensorScope.ts';
import { predictSaved } from './trained/predictSaved.ts';
import { probeStep } from './training/probeStep.ts';
import { referenceScores } from './training/references.ts';
import { requireMetrics, trainSeeds } from './training/trainSeeds.ts';
import { type TrainInput } from './training/trainOnce.ts';
import { TensorCache } from './training/trainingData.ts';
import { modelFile } from './training/modelFile.ts';

type Of<Type extends Request['type']> = Extract<Request, { type: Type }>;
type WithVariant = Of<'build'> | Of<'probe'> | Of<'train'>;
type Hello = Of<'hello'>;
/** What came of a builder in another process. */
type BuiltElsewhere = Of<'model'>['model'];

/** A worker after its `hello`: one runtime, warm, answering one request at a time. */
export interface WorkerSession {
  readonly environment: Environment;
  /** A variant has left something behind that is still to run. */
  readonly hasGuests: boolean;
  /** Answers a request; rejects with a `CortexError` where the user's input is at fault. */
  answer(request: Work, signal: AbortSignal): Promise<void>;
  /** Brings the model that was asked for with `wanted`. */
  take(model: BuiltElsewhere): void;
}

/** Loads the runtime; rejects with an `environment` error where it is not to be had. */
export async function startSession(hello: Hello, send: Send): Promise<WorkerSession> {
  installReadGuard();
  const runtime = await loadRuntime(hello.runtime as Runtime['name'], {
    assetFolder: hello.assetFolder,
    tfjsNodeFolders: hello.runtimeFolders,
  });
  const { assetFolder, builderNames } = hello;
  const { tf } = runtime;
  const modules = new UserModules({ tf, assetFolder, transpile: lazyTranspiler(assetFolder) });
  const environment = {
    cortex: hello.cortex,
    runtime: runtime.name,
    probe: {},
    versions: { node: process.versions.node, ...runtime.versions },
    platform: `${process.platform}-${process.arch}`,
  };
  return hello.role === 'builder'
    ? new BuilderSession({ tf, modules, builderNames, send, environment })
    : new TrainerSession({ runtime, modules, hello, send, environment });
}

/** Trains models that it gets as data, or, as a guest, those of the variants it is given. */
class TrainerSession implements WorkerSession {
  readonly environment: Environment;
  readonly #runtime: Runtime;
  readonly #modules: UserModules;
  readonly #hello: Hello;
  readonly #data: StudyDataCache;
  readonly #tensors: TensorCache;
  readonly #send: Send;
  #hasGuests = false;
  #waiting: PromiseWithResolvers<Blueprint> | null = null;

  constructor(parts: {
    readonly runtime: Runtime;
    readonly modules: UserModules;
    readonly hello: Hello;
    readonly send: Send;
    readonly environment: Environment;
  }) {
    const { tf } = parts.runtime;
    this.#runtime = parts.runtime;
    this.#modules = parts.modules;
    this.#hello = parts.hello;
    this.#send = parts.send;
    this.environment = parts.environment;
    this.#data = new StudyDataCache(tf, parts.modules);
    this.#tensors = new TensorCache(tf);
  }

  get hasGuests(): boolean {
    return this.#hasGuests;
  }

  take(model: BuiltElsewhere): void {
    if (model.kind === 'blueprint') this.#waiting?.resolve(model.blueprint);
    else this.#waiting?.reject(new BuiltElsewhereError(model.failure));
    this.#waiting = null;
  }

  async answer(request: Work, signal: AbortSignal): Promise<void> {
    chdir(request.study.folder);
    this.#send({ type: 'phase', id: request.id, phase: 'data', seed: null });
    if (request.type === 'train') return this.#train(request, signal);
    if (request.type === 'build')
      return this.#checkBuild(request, await this.#data.sealedIfAny(request.study));
    const data = await this.#data.sealed(request.study);
    requireMetrics(request.study.config, data);
    if (request.type === 'profile')
      return this.#send({ type: 'profiled', id: request.id, profile: profileOf(data) });
    if (request.type === 'reference')
      return this.#send({
        type: 'referenced',
        id: request.id,
        scores: await referenceScores(this.#runtime.tf, data),
      });
    if (request.type === 'predict') return this.#predict(request, data);
    if (request.type === 'draw') throw badRequest('draw to a trainer');
    return this.#withVariant(request, () => this.#probe(request, data));
  }

  /** What the variant does wrong is an answer, not an exception. */
  async #withVariant(
    request: Of<'build'> | Of<'probe'>,
    answer: () => Promise<Reply>,
  ): Promise<void> {
    try {
      this.#send(await this.#asGuest(answer));
    } catch (error) {
      this.#send({
        type: 'failed',
        id: request.id,
        failure: toFailure(error, request.variant.path, this.#modules),
      });
    }
  }

  /** Runs code of a variant, and clears up after it. */
  async #asGuest<T>(run: () => Promise<T>): Promise<T> {
    const isLeftOver = leftoverWatch();
    try {
      return await run();
    } finally {
      forgetVariants(this.#runtime.tf);
      this.#hasGuests ||= isLeftOver();
    }
  }

  #checkBuild(request: Of<'build'>, data: StudyData | null): Promise<void> {
    return this.#withVariant(request, () => this.#build(request, data));
  }

  async #build(request: Of<'build'>, data: StudyData | null): Promise<Reply> {
    this.#send({ type: 'phase', id: request.id, phase: 'build', seed: null });
    const scope = openTensorScope(this.#runtime.tf);
    try {
      const fit = { data, limits: request.study.config.limits };
      const model = await this.#sourceOf(request)({ fit, random: 0 });
      return { type: 'built', id: request.id, model: describeModel(model) };
    } finally {
      scope.close();
    }
  }

  async #probe(request: Of<'probe'>, data: StudyData): Promise<Reply> {
    return {
      type: 'probed',
      id: request.id,
      secondsPerStep: await probeStep(this.#trialInput(request, data)),
    };
  }

  async #train(request: Of<'train'>, signal: AbortSignal): Promise<void> {
    const { id, study, seeds, evaluateOn, bounds = [] } = request;
    const data =
      evaluateOn === 'test' ? await this.#data.unsealed(study) : await this.#data.sealed(study);
    const { parameters } = await this.#asGuest(() =>
      trainSeeds({
        ...this.#trialInput(request, data),
        seeds,
        evaluateOn,
        bounds,
        signal,
        onEpoch: (seed, progress) =>
          this.#send({ type: 'progress', id, seed, epochs: study.config.epochs, ...progress }),
        onTrial: (trial) => this.#send({ type: 'trial', id, trial }),
        footing: request,
        ...(request.keepWeights && { onTrained: this.#weightsTold(id) }),
      }),
    );
    this.#send({ type: 'trained', id, parameters, dataHash: data.hash });
  }

  async #predict({ id, model }: Of<'predict'>, data: StudyData): Promise<void> {
    const scope = openTensorScope(this.#runtime.tf);
    try {
      const { measures, outputs } = await predictSaved(model, {
        tf: this.#runtime.tf,
        data,
        tensors: this.#tensors,
      });
      const frame = new Uint8Array(outputs.buffer);
      this.#send({ type: 'frame', id, name: 'outputs', bytes: frame.length }, frame);
      this.#send({ type: 'predicted', id, measures });
    } finally {
      this.#tensors.close();
      scope.close();
    }
  }

  /** Sends what a seed has trained. */
  #weightsTold(id: string): NonNullable<TrainInput['onTrained']> {
    return async (seed, trained) => {
      const file = await modelFile(trained, { seed, versions: this.environment.versions });
      const name = `weights ${seed}`;
      if (file) this.#send({ type: 'frame', id, name, bytes: file.length }, file);
    };
  }

  #trialInput(
    request: WithVariant,
    data: StudyData,
  ): Omit<TrainInput, 'seeds' | 'evaluateOn' | 'bounds' | 'signal' | 'onEpoch' | 'onTrial'> {
    return {
      build: this.#buildInput(request),
      source: this.#sourceOf(request),
      tensors: this.#tensors,
      data,
      config: (request.study as StudyRef).config,
      seedRuntime: (seed) => void seedRuntime(this.#runtime.tf, seed),
      onPhase: (phase, seed) => this.#send({ type: 'phase', id: request.id, phase, seed }),
    };
  }

  /** A trainer never runs a line of a variant, whatever the request names. */
  #sourceOf(request: WithVariant): ModelSource {
    return this.#hello.role === 'guest'
      ? builtHere(this.#buildInput(request))
      : drawnElsewhere(this.#runtime.tf, (random) => this.#ask(request.id, random));
  }

  #ask(id: string, random: number): Promise<Blueprint> {
    this.#waiting = Promise.withResolvers<Blueprint>();
    this.#send({ type: 'wanted', id, random });
    return this.#waiting.promise;
  }

  #buildInput({ variant }: WithVariant): Omit<BuildInput, 'beforeBuilder' | 'data' | 'limits'> {
    return {
      tf: this.#runtime.tf,
      modules: this.#modules,
      builderNames: this.#hello.builderNames,
      variant,
    };
  }
}

const profileOf = ({
  task,
  inputShape,
  outputUnits,
  outputShape,
  rows,
  classShares,
  hash,
  scales,
  foldable,
}: StudyData): DataProfile => ({
  task,
  inputShape,
  outputUnits,
  rows,
  classShares,
  hash,
  ...(outputShape && { outputShape }),
  ...(scales && { scales }),
  ...(foldable && { foldable }),
});
