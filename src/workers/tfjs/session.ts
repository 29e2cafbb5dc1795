import { chdir } from 'node:process';
import type { Environment } from '../../record/attempt.ts';
import type { DataProfile } from '../../record/dataProfile.ts';
import type { Request, Reply, Work } from '../../execution/protocol.ts';
import { buildVariant, describeModel, type BuildInput } from './builder/buildVariant.ts';
import { installReadGuard } from './builder/readGuard.ts';
import { forgetVariants } from './builder/tamperGuard.ts';
import { StudyDataCache, type StudyRef } from './data/studyData.ts';
import type { StudyData } from './data/types.ts';
import { toFailure } from './failure.ts';
import { leftoverWatch } from './leftovers.ts';
import { lazyTranspiler } from './modules/transpiler.ts';
import { UserModules } from './modules/userModules.ts';
import { seedRuntime } from './runtime/determinism.ts';
import { loadRuntime } from './runtime/loadRuntime.ts';
import type { Runtime } from './runtime/runtime.ts';
import { openTensorScope } from './tensorScope.ts';
import { probeStep } from './training/probeStep.ts';
import { referenceScores } from './training/references.ts';
import { requireMetrics, trainSeeds, type TrainInput } from './training/trainSeeds.ts';
import { TensorCache } from './training/trainingData.ts';

type Of<Type extends Request['type']> = Extract<Request, { type: Type }>;
type WithVariant = Exclude<Work, Of<'profile'> | Of<'reference'>>;
type Send = (reply: Reply) => void;

/** A worker after its `hello`: one runtime, warm, answering one request at a time. */
export class Session {
  readonly environment: Environment;
  readonly #runtime: Runtime;
  readonly #modules: UserModules;
  readonly #builderNames: readonly string[];
  readonly #data: StudyDataCache;
  readonly #tensors: TensorCache;
  readonly #send: Send;
  #hasGuests = false;

  /** Loads the runtime; rejects with an `environment` error where it is not to be had. */
  static async start(hello: Of<'hello'>, send: Send): Promise<Session> {
    const name = hello.runtime as Runtime['name'];
    installReadGuard();
    const runtime = await loadRuntime(name, {
      assetFolder: hello.assetFolder,
      tfjsNodeFolders: hello.runtimeFolders,
    });
    return new Session(hello, runtime, send);
  }

  private constructor(hello: Of<'hello'>, runtime: Runtime, send: Send) {
    const { tf } = runtime;
    const { assetFolder } = hello;
    this.#runtime = runtime;
    this.#send = send;
    this.#builderNames = hello.builderNames;
    this.#modules = new UserModules({ tf, assetFolder, transpile: lazyTranspiler(assetFolder) });
    this.#data = new StudyDataCache(tf, this.#modules);
    this.#tensors = new TensorCache(tf);
    this.environment = {
      cortex: hello.cortex,
      runtime: runtime.name,
      probe: {},
      versions: { node: process.versions.node, ...runtime.versions },
      platform: `${process.platform}-${process.arch}`,
    };
  }

  /** A variant has left something behind that is still to run. */
  get hasGuests(): boolean {
    return this.#hasGuests;
  }

  /** Answers a request; rejects with a `CortexError` where the user's input is at fault. */
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
      const beforeBuilder = (): void => seedRuntime(this.#runtime.tf, 0);
      const model = await buildVariant({
        ...this.#buildInput(request),
        data,
        limits: request.study.config.limits,
        beforeBuilder,
      });
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
      }),
    );
    this.#send({ type: 'trained', id, parameters, dataHash: data.hash });
  }

  #trialInput(
    request: WithVariant,
    data: StudyData,
  ): Omit<TrainInput, 'seeds' | 'evaluateOn' | 'bounds' | 'signal' | 'onEpoch' | 'onTrial'> {
    return {
      build: this.#buildInput(request),
      tensors: this.#tensors,
      data,
      config: (request.study as StudyRef).config,
      seedRuntime: (seed) => seedRuntime(this.#runtime.tf, seed),
      onPhase: (phase, seed) => this.#send({ type: 'phase', id: request.id, phase, seed }),
    };
  }

  #buildInput({ variant }: WithVariant): Omit<BuildInput, 'beforeBuilder' | 'data' | 'limits'> {
    return {
      tf: this.#runtime.tf,
      modules: this.#modules,
      builderNames: this.#builderNames,
      variant,
    };
  }
}

const profileOf = ({
  task,
  inputShape,
  outputUnits,
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
  ...(scales && { scales }),
  ...(foldable && { foldable }),
});
