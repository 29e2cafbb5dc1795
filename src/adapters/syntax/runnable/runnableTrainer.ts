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

  profileData(...args: Parameters<Trainer['profileData']>): ReturnType<Trainer['profileData']> {
    return this.#inner.profileData(...args);
  }

  references(...args: Parameters<Trainer['references']>): ReturnType<Trainer['references']> {
    return this.#inner.references(...args);
  }

  async build(
    study: Study,
    variant: Variant,
    signal: AbortSignal,
  ): Promise<Result<BuiltModel, Failure>> {
    const runnable = await this.#runnable(study, variant);
    return runnable ? this.#inner.build(study, runnable, signal) : refuse(UNREACHABLE);
  }

  async train(request: TrainRequest): Promise<TrainResult> {
    const variant = await this.#runnable(request.study, request.variant);
    return this.#inner.train({ ...request, variant: variant ?? request.variant });
  }

  async runtime(study: Study, variant: Variant, signal: AbortSignal): Promise<string> {
    return this.#inner.runtime(study, (await this.#runnable(study, variant)) ?? variant, signal);
  }

  dispose(): Promise<void> {
    return this.#inner.dispose();
  }

  async #runnable({ config }: Study, { path, text }: Variant): Promise<Variant | null> {
    const language = languageOf(path);
    if (language === null || language === 'python') return { path, text };
    await this.#syntax.load(language);
    const runnable = this.#syntax.runnable(text, language, config);
    return runnable === null ? null : { path, text: runnable };
  }
}

const UNREACHABLE: Failure = {
  kind: 'builder',
  message:
    'The builder stands inside another function and cannot be called from outside: it can be ' +
    'read, not built. Move it to the top of the file.',
  line: null,
  stderr: [],
};
