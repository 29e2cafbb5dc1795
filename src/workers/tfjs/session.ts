import { chdir } from 'node:process';
import type { Blueprint } from '../../model/blueprint.ts';
import type { Environment } from '../../record/environment.ts';
import type { Failure } from '../../record/trial.ts';
import { WITHIN } from '../../execution/protocol.ts';
import type { FromGuest, Request, ToGuest, Work } from '../../execution/protocol.ts';
import { pristineClasses } from './blueprint/drawBlueprint.ts';
import type { RegisteredClasses } from './blueprint/knownParts.ts';
import { BuilderSession } from './builderSession.ts';
import type { Send } from './channel.ts';
import { closeWaysOut } from './builder/closeWaysOut.ts';
import { installReadGuard } from './builder/readGuard.ts';
import { StudyDataCache } from './data/studyData.ts';
import type { StudyData } from './data/types.ts';
import { badRequest } from './errors.ts';
import { toFailure } from './failure.ts';
import { Inbox } from './guest/inbox.ts';
import type { GuestLine } from './guest/guestLine.ts';
import { remoteLearner, remoteProbe } from './guest/remoteLearner.ts';
import { lazyTranspiler } from './modules/transpiler.ts';
import { BuiltElsewhereError, fromBlueprint } from './modelSource.ts';
import { VariantFault } from './variantFault.ts';
import { UserModules } from './modules/userModules.ts';
import { seedRuntime } from './runtime/determinism.ts';
import { loadRuntime } from './runtime/loadRuntime.ts';
import type { Runtime } from './runtime/runtime.ts';
import { openTensorScope } from './tensorScope.ts';
import { predicted } from './trained/predicted.ts';
import { onFooting } from './trained/onFooting.ts';
import type { Tf } from './tf.ts';
import { localLearner, type Learner } from './training/learner.ts';
import { makeReady, type Ready } from './training/makeReady.ts';
import { fastestStep } from './training/probeStep.ts';
import { referenceScores } from './training/references.ts';
import { modelFile } from './training/modelFile.ts';
import type { RunOf, TrainInput } from './training/trainOnce.ts';
import { trainSeeds } from './training/trainSeeds.ts';
import { MetricsOfStudies } from './training/metrics/metricsOfStudies.ts';
import { profileOf } from './data/profileOf.ts';
import { TensorCache } from './training/trainingData.ts';

type Of<Type extends Request['type']> = Extract<Request, { type: Type }>;
type Train = Of<'train'>;
type Hello = Of<'hello'>;

/** What is said while a request is answered. */
type Within = Of<(typeof WITHIN)[number]>;

export const isWithin = (request: Request): request is Within =>
  WITHIN.some((type) => type === request.type);

/** A worker after its `hello`: one runtime, warm, answering one request at a time. */
export interface WorkerSession {
  readonly environment: Environment;
  /**
   * Answers a request; rejects with a `CortexError` where the user's input is at fault. `bytes`
   * came behind it.
   */
  answer(request: Work, signal: AbortSignal, bytes: Uint8Array): Promise<void>;
  /** What belongs to the request under way. */
  take(request: Within, bytes: Uint8Array): void;
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
  const transpile = lazyTranspiler(assetFolder);
  const modules = new UserModules({ tf, assetFolder, transpile });
  const environment = {
    cortex: hello.cortex,
    runtime: runtime.name,
    probe: {},
    versions: { node: process.versions.node, ...runtime.versions },
    platform: `${process.platform}-${process.arch}`,
  };
  const parts = { tf, modules, send, environment };
  if (hello.role === 'trainer') return new TrainerSession(parts);
  closeWaysOut();
  // One that stands ready has what its first file needs.
  transpile('export {};', 'ready.ts');
  return new BuilderSession({ ...parts, builderNames });
}

/**
 * Has the data, trains models that it gets as data, and measures; never runs a line of a variant.
 */
class TrainerSession implements WorkerSession {
  readonly environment: Environment;
  readonly #tf: Tf;
  readonly #modules: UserModules;
  readonly #data: StudyDataCache;
  readonly #tensors: TensorCache;
  readonly #metrics: MetricsOfStudies;
  readonly #known: RegisteredClasses;
  readonly #send: Send;
  readonly #inbox = new Inbox<FromGuest>();
  #waiting: PromiseWithResolvers<Of<'model'>['model']> | null = null;

  constructor(parts: {
    readonly tf: Tf;
    readonly modules: UserModules;
    readonly send: Send;
    readonly environment: Environment;
  }) {
    const { tf } = parts;
    this.#tf = tf;
    this.#known = pristineClasses(tf);
    this.#modules = parts.modules;
    this.#send = parts.send;
    this.environment = parts.environment;
    this.#data = new StudyDataCache(tf, parts.modules);
    this.#tensors = new TensorCache(tf);
    this.#metrics = new MetricsOfStudies(parts.modules);
  }

  take(request: Within, bytes: Uint8Array): void {
    if (request.type === 'from-guest') this.#inbox.put(request.message, bytes);
    if (request.type !== 'model') return;
    this.#waiting?.resolve(request.model);
    this.#waiting = null;
  }

  async answer(request: Work, signal: AbortSignal): Promise<void> {
    chdir(request.study.folder);
    this.#send({ type: 'phase', id: request.id, phase: 'data', seed: null });
    if (request.type === 'train') return this.#train(request, signal);
    const isOpened = request.type === 'predict' && request.model.evaluateOn === 'test';
    const data = await (isOpened
      ? this.#data.unsealed(request.study)
      : this.#data.sealed(request.study));
    await this.#metrics.of(request.study, data);
    if (request.type === 'profile')
      return this.#send({ type: 'profiled', id: request.id, profile: profileOf(data) });
    if (request.type === 'reference')
      return this.#send({
        type: 'referenced',
        id: request.id,
        scores: await referenceScores(this.#tf, data),
      });
    if (request.type === 'predict') return this.#predict(request, data);
    if (request.type !== 'probe') throw badRequest(`${request.type} to a trainer`);
    return this.#probe(request, data);
  }

  /** What the variant does wrong is an answer, not an exception. */
  async #probe(request: Of<'probe'>, data: StudyData): Promise<void> {
    const { id } = request;
    const scope = openTensorScope(this.#tf);
    try {
      this.#send({ type: 'phase', id, phase: 'build', seed: 0 });
      const secondsPerStep = await this.#secondsPerStep(request, data);
      this.#send({ type: 'probed', id, secondsPerStep });
    } catch (error) {
      this.#send({ type: 'failed', id, failure: this.#failureOf(request, error) });
    } finally {
      this.#tensors.close();
      scope.close();
    }
  }

  async #secondsPerStep(request: Of<'probe'>, data: StudyData): Promise<number> {
    const blueprint = await this.#blueprint(request.id, 0);
    if (!blueprint) return remoteProbe(fitOf(request, 0), data, this.#lineTo(request.id));
    const ready = await this.#ready(blueprint, { data, request, random: 0 });
    this.#send({ type: 'phase', id: request.id, phase: 'fit', seed: 0 });
    return fastestStep(this.#tf, ready, { data, config: request.study.config });
  }

  async #train(request: Train, signal: AbortSignal): Promise<void> {
    const { id, study, seeds, evaluateOn, bounds = [] } = request;
    const data =
      evaluateOn === 'test' ? await this.#data.unsealed(study) : await this.#data.sealed(study);
    const { parameters } = await trainSeeds({
      tf: this.#tf,
      tensors: this.#tensors,
      data,
      config: study.config,
      metrics: await this.#metrics.of(study, data),
      seeds,
      evaluateOn,
      bounds,
      signal,
      learn: (own, run) => this.#learn(own, { request, ...run }),
      failureOf: (error) => this.#failureOf(request, error),
      onPhase: (phase, seed) => this.#send({ type: 'phase', id, phase, seed }),
      onEpoch: (seed, progress) =>
        this.#send({ type: 'progress', id, seed, epochs: study.config.epochs, ...progress }),
      onTrial: (trial) => this.#send({ type: 'trial', id, trial }),
      ...(request.keepWeights && { onTrained: this.#weightsTold(id) }),
    });
    this.#send({ type: 'trained', id, parameters, dataHash: data.hash });
  }

  async #predict(request: Of<'predict'>, data: StudyData): Promise<void> {
    const { id } = request;
    const { measures, outputs } = await predicted(request, {
      tf: this.#tf,
      data,
      tensors: this.#tensors,
      line: this.#lineTo(id),
      onFile: ({ name, bytes }) => this.#frame(id, `file ${name}`, bytes),
    });
    this.#frame(id, 'outputs', new Uint8Array(outputs.buffer));
    this.#send({ type: 'predicted', id, measures });
  }

  #frame(id: string, name: string, bytes: Uint8Array): void {
    this.#send({ type: 'frame', id, name, bytes: bytes.length }, bytes);
  }

  /** Sends what a seed has trained. */
  #weightsTold(id: string): NonNullable<TrainInput['onTrained']> {
    return async (seed, trained) => {
      const file = await modelFile(trained, { seed, versions: this.environment.versions });
      this.#frame(id, `weights ${seed}`, file);
    };
  }

  /** The model here, where it is data; else in the process that runs its code. */
  async #learn(
    data: StudyData,
    { request, seed, random }: RunOf & { readonly request: Train },
  ): Promise<Learner> {
    const { config } = request.study;
    const blueprint = await this.#blueprint(request.id, random);
    if (!blueprint) {
      if (request.start ?? request.teachers ?? request.hold) throw needsData();
      return remoteLearner(fitOf(request, random), data, this.#lineTo(request.id));
    }
    const ready = await this.#ready(blueprint, { data, request, random });
    const footed = await onFooting(ready, { tf: this.#tf, seed, data, footing: request });
    const own = { tf: this.#tf, known: this.#known, config, hold: request.hold };
    return localLearner({ ...own, ...footed });
  }

  #ready(
    blueprint: Blueprint,
    {
      data,
      request,
      random,
    }: { readonly data: StudyData; readonly request: Train | Of<'probe'>; readonly random: number },
  ): Promise<Ready> {
    return makeReady({
      tf: this.#tf,
      data,
      config: request.study.config,
      tensors: this.#tensors,
      source: fromBlueprint(this.#tf, blueprint),
      random,
      seedRuntime: () => void seedRuntime(this.#tf, random),
    });
  }

  /** The model as data; `null` where it takes the variant's code. */
  async #blueprint(id: string, random: number): Promise<Blueprint | null> {
    this.#waiting = Promise.withResolvers();
    this.#send({ type: 'wanted', id, random });
    const model = await this.#waiting.promise;
    if (model.kind === 'failed') throw new BuiltElsewhereError(model.failure);
    return model.kind === 'blueprint' ? model.blueprint : null;
  }

  #lineTo(id: string): GuestLine {
    this.#inbox.open(id);
    return {
      say: (message, bytes = new Uint8Array()) => {
        const said = { ...message, id, bytes: bytes.length } as ToGuest;
        this.#send({ type: 'to-guest', id, message: said, bytes: bytes.length }, bytes);
      },
      hear: () => this.#inbox.next(),
    };
  }

  #failureOf({ variant }: Train | Of<'probe'>, error: unknown): Failure {
    return toFailure(error, variant.path, this.#modules);
  }
}

/** What was trained before is put into a model that is data. */
const needsData = (): VariantFault =>
  new VariantFault(
    'refused',
    'Code of the model file has to run while it trains: such a model cannot go on from weights ' +
      'that are kept, be taught, or be held to anything.',
  );

const fitOf = ({ study, variant }: Train | Of<'probe'>, random: number) => ({
  study,
  variant,
  random,
});
