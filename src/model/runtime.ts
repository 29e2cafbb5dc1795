import type { Language } from './modelFile.ts';

/**
 * What a runtime can do beyond building and training a variant with one seed after the other.
 * `everywhere`: it starts on every machine. `models-as-data`: what a builder made is trained by a
 * process that never runs the builder. `protection`: it holds a variant to its part.
 */
export type Capability = 'models-as-data' | 'folds' | 'streamed-data' | 'protection' | 'everywhere';

/** What trains, as far as anybody but its launcher has to know. */
export interface Runtime {
  /** As settings, flags and records name it. */
  readonly name: string;
  /** Languages of the model files it trains; `any`: the file is not Cortex's to understand. */
  readonly languages: readonly (Language | 'any')[];
  readonly capabilities: readonly Capability[];
}

/** Whether a runtime trains model files of a language (`null`: one that Cortex cannot read). */
export const trainsLanguage = (
  { languages }: Pick<Runtime, 'languages'>,
  language: Language | null,
): boolean => languages.includes('any') || (language !== null && languages.includes(language));

/** Whether any of them trains model files of this language. */
export const isTrainable = (
  { language }: { readonly language: Language | null },
  { runtimes }: { readonly runtimes: readonly Runtime[] },
): boolean => runtimes.some((runtime) => trainsLanguage(runtime, language));
