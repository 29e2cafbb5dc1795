import type { Cost } from '../record/cost.ts';

/**
 * A language model, wherever it runs. Rejects with a `CortexError` that never holds a key; enforces
 * its own caps before it sends.
 */
export interface LanguageModel {
  /** `openai:gpt-5-mini`: what stands in the history. */
  readonly name: string;
  /** Absent or `null`: unknown. */
  readonly price?: Price | null;
  ask(question: ModelQuestion): Promise<ModelReply>;
}

/** One question to a language model. */
export interface ModelQuestion {
  /** What the model is and how it must answer. */
  readonly system: string;
  readonly prompt: string;
  /**
   * JSON schema of the answer; a model that cannot be held to it is still read and validated by the
   * asker.
   */
  readonly schema: Readonly<Record<string, unknown>>;
  readonly signal: AbortSignal;
  /** The answer's text as it grows. */
  readonly onText: (text: string) => void;
}

/** What a language model answered, in its own words, and what that cost. */
export interface ModelReply {
  readonly text: string;
  readonly cost: Cost;
}

/** US dollars per million tokens. */
export interface Price {
  readonly input: number;
  readonly output: number;
  /**
   * When it was true, where it is a list price that Cortex brings along; absent: the user's own.
   */
  readonly listed?: string;
}
