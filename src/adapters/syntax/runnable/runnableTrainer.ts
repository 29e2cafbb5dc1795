import { readFile } from 'node:fs/promises';
import type { Architecture } from '../../../model/architecture.ts';
import { numberOf } from '../../../model/layerArguments.ts';
import type { BuiltModel } from '../../../model/builtModel.ts';
import { languageOf } from '../../../model/modelFile.ts';
import type { Variant } from '../../../model/variant.ts';
import type { ModelSyntax } from '../../../ports/modelSyntax.ts';
import type { Trainer, TrainRequest, TrainResult } from '../../../ports/trainer.ts';
import type { Failure } from '../../../record/trial.ts';
import type { Study } from '../../../study/study.ts';
import { refuse } from '../../../util/result.ts';
import type { Result } from '../../../util/result.ts';

/**
 * A trainer that is given model files as people write them: before a variant goes to a worker, it
 * is cut down to its builder and gets the one export that calls it.
 */
export class RunnableTrainer implements Trainer {
  readonly #inner: Trainer;
  readonly #syntax: ModelSyntax;

  constructor(inner: Trainer, syntax: ModelSyntax) {
    this.#inner = inner;
    this.#syntax = syntax;
  }

  get runtimes(): Trainer['runtimes'] {
    return this.#inner.runtimes;
  }

  get workers(): number {
    return this.#inner.workers;
  }

  async profileData(study: Study, signal: AbortSignal): ReturnType<Trainer['profileData']> {
    return this.#inner.profileData(await this.#told(study), signal);
  }

  async references(study: Study, signal: AbortSignal): ReturnType<Trainer['references']> {
    return this.#inner.references(await this.#told(study), signal);
  }

  async build(
    study: Study,
    variant: Variant,
    signal: AbortSignal,
  ): Promise<Result<BuiltModel, Failure>> {
    const runnable = await this.#runnable(study, variant);
    if (!runnable) return refuse(UNREACHABLE);
    return this.#inner.build(await this.#told(study), runnable, signal);
  }

  async train(request: TrainRequest): Promise<TrainResult> {
    const variant = await this.#runnable(request.study, request.variant);
    const study = await this.#told(request.study);
    return this.#inner.train({ ...request, study, variant: variant ?? request.variant });
  }

  async runtime(study: Study, variant: Variant, signal: AbortSignal): Promise<string> {
    const runnable = (await this.#runnable(study, variant)) ?? variant;
    return this.#inner.runtime(await this.#told(study), runnable, signal);
  }

  async predict(
    study: Study,
    ...asked: Parameters<Trainer['predict']> extends [Study, ...infer Rest] ? Rest : never
  ): ReturnType<Trainer['predict']> {
    return this.#inner.predict(await this.#told(study), ...asked);
  }

  dispose(): Promise<void> {
    return this.#inner.dispose();
  }

  /** Whole numbers are a quantity where the study's own model gives one number of any size. */
  async #told(study: Study): Promise<Study> {
    const { config, modelPath } = study;
    const language = languageOf(modelPath);
    const isAsked = config.task === undefined && typeof config.data !== 'object';
    if (!isAsked || language === null || language === 'python') return study;
    const text = await readFile(modelPath, 'utf8').catch(() => '');
    await this.#syntax.load(language);
    const read = this.#syntax.read(text, language, config);
    const isQuantity = read.ok && givesOneNumber(read.value);
    return isQuantity ? { ...study, config: { ...config, task: 'regression' } } : study;
  }

  async #runnable({ config }: Study, { path, text }: Variant): Promise<Variant | null> {
    const language = languageOf(path);
    if (language === null || language === 'python') return { path, text };
    await this.#syntax.load(language);
    const runnable = this.#syntax.runnable(text, language, config);
    return runnable === null ? null : { path, text: runnable };
  }
}

/** Its last layer is one linear unit, and its loss is none of classes. */
function givesOneNumber({ layers, compile }: Architecture): boolean {
  const last = layers.at(-1);
  if (last?.type !== 'dense' || numberOf(last, 'units') !== 1) return false;
  const activation = last.arguments.find(({ name }) => name === 'activation')?.value;
  const isLinear =
    !activation || (activation.kind === 'string' && /^(linear|relu)$/.test(activation.value));
  const isOfClasses = compile?.loss?.kind === 'string' && /crossentropy/i.test(compile.loss.value);
  return isLinear && !isOfClasses;
}

const UNREACHABLE: Failure = {
  kind: 'builder',
  message:
    'The model cannot be had from outside: its builder stands inside another function, or keeps ' +
    'it where it cannot be followed. It can be read, not built. Move the builder to the top of ' +
    'the file and let it return the model.',
  line: null,
  stderr: [],
};
