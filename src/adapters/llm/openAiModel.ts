import OpenAI, { APIConnectionError, APIError } from 'openai';
import { cancelledError, CortexError } from '../../util/errors.ts';
import { Budget } from '../../propose/language/budget.ts';
import { keyMissing, modelMissing } from '../../propose/language/errors.ts';
import { priceOf } from '../../propose/language/prices.ts';
import type { LanguageWords } from '../../propose/language/words.ts';
import type { LanguageModel, ModelQuestion, ModelReply, Price } from '../../ports/languageModel.ts';
import { estimateTokens } from '../../propose/prompt/quote.ts';
import { keyRefused, notFound, serverFailed, tooManyRequests, tooSlow } from './errors.ts';
import { redact } from './redact.ts';
import { streamChat, streamResponses, type Form, type StreamRequest } from './streams.ts';
import { Answer, BrokenOff } from './streamedAnswer.ts';

/** Which server, which model, with what caps. */
export interface OpenAiOptions {
  /** `null`: OpenAI's own server. */
  readonly baseUrl: string | null;
  readonly model: string | null;
  /** Read when it is needed and kept nowhere else; `null` where a server asks for none. */
  readonly apiKey: () => Promise<string | null>;
  readonly maxTokens: number | null;
  readonly maxUsd: number | null;
  readonly prices: Readonly<Record<string, Price>>;
  /** What errors call the things to set. */
  readonly words: LanguageWords;
  /** `auto` tries Responses and remembers where it does not exist. */
  readonly api: 'auto' | 'responses' | 'chat';
  /** For one answer, from its request to its last word. */
  readonly timeoutSeconds: number;
  /** For tests of the waiting between tries. */
  readonly maxRetries: number;
}

/** The address of OpenAI's own server. */
const OPENAI = 'https://api.openai.com/v1';

/** How often a connection that broke while the answer came is tried again. */
const BROKEN_TRIES = 2;

/**
 * A model behind one of OpenAI's two APIs: on their own server, or any that imitates it (Ollama,
 * vLLM, LM Studio, llama.cpp …).
 */
export class OpenAiModel implements LanguageModel {
  readonly name: string;
  readonly price: Price | null;
  readonly #options: OpenAiOptions;
  readonly #budget: Budget;
  readonly #server: string;
  readonly #isOpenAi: boolean;
  #api: 'responses' | 'chat';
  #form: Form = 'schema';

  constructor(options: OpenAiOptions) {
    if (options.model === null) throw modelMissing(options.words);
    const baseUrl = options.baseUrl ?? OPENAI;
    this.name = `openai:${options.model}`;
    this.#options = options;
    this.#server = URL.parse(baseUrl)?.host ?? baseUrl;
    this.#isOpenAi = this.#server === URL.parse(OPENAI)?.host;
    this.price = priceOf(options.model, options.prices, this.#isOpenAi);
    this.#budget = new Budget({
      caps: { tokens: options.maxTokens, usd: options.maxUsd },
      price: this.price,
      model: options.model,
      words: options.words,
    });
    this.#api = options.api === 'chat' ? 'chat' : 'responses';
  }

  async ask(question: ModelQuestion): Promise<ModelReply> {
    const key = await this.#options.apiKey();
    if (key === null && this.#isOpenAi) throw keyMissing(this.#server, this.#options.words);
    const timeout = AbortSignal.timeout(this.#options.timeoutSeconds * 1000);
    const signal = AbortSignal.any([question.signal, timeout]);
    try {
      return await this.#askUntilWhole(question, { key, signal });
    } catch (error) {
      if (question.signal.aborted) throw cancelledError('Asking the language model');
      if (timeout.aborted) throw tooSlow(this.#server, this.#options.timeoutSeconds);
      throw this.#explain(error, key);
    }
  }

  /**
   * Again where the connection broke in the middle, and in another way where the server does not
   * know this one.
   */
  async #askUntilWhole(question: ModelQuestion, call: Call): Promise<ModelReply> {
    let broken = 0;
    for (;;) {
      const reply = await this.#askOnce(question, call).catch((error: unknown) => {
        if (this.#stepDown(error)) return null;
        broken += 1;
        if (error instanceof BrokenOff && broken < BROKEN_TRIES && !call.signal.aborted)
          return null;
        throw error;
      });
      if (reply) return reply;
    }
  }

  async #askOnce(question: ModelQuestion, { key, signal }: Call): Promise<ModelReply> {
    const { maxRetries, timeoutSeconds, baseUrl, model } = this.#options;
    const estimate = estimateTokens(
      question.system + question.prompt + JSON.stringify(question.schema),
    );
    const client = new OpenAI({
      apiKey: key ?? 'none',
      baseURL: baseUrl ?? OPENAI,
      maxRetries,
      timeout: timeoutSeconds * 1000,
      logLevel: 'off',
    });
    const request: StreamRequest = {
      client,
      model: model ?? '',
      question,
      form: this.#form,
      maxOutput: this.#budget.allow(estimate),
      isOpenAi: this.#isOpenAi,
      signal,
    };
    const answer = new Answer(question, key);
    try {
      await answer.collect(
        this.#api === 'responses' ? streamResponses(request) : streamChat(request),
        signal,
      );
    } catch (error) {
      if (answer.text !== '') this.#budget.spend(estimate, estimateTokens(answer.text));
      throw answer.text !== '' && !(error instanceof CortexError) ? new BrokenOff(error) : error;
    }
    const { input, output } = answer.usage ?? {
      input: estimate,
      output: estimateTokens(answer.text),
    };
    return { text: answer.text, cost: this.#budget.spend(input, output) };
  }

  /**
   * Falls back to the older API, or to a looser form; `false` where the error is of another kind or
   * nothing looser is left.
   */
  #stepDown(error: unknown): boolean {
    if (!(error instanceof APIError)) return false;
    const isUnknown = error.status === 404 || error.status === 405 || error.status === 501;
    if (isUnknown && this.#options.api === 'auto' && this.#api === 'responses') {
      this.#api = 'chat';
      return true;
    }
    const looser = ({ schema: 'json', json: 'text', text: null } as const)[this.#form];
    if ((error.status !== 400 && error.status !== 422) || looser === null) return false;
    this.#form = looser;
    return true;
  }

  /**
   * What the server said, as an error of Cortex; its cause is left behind, since it may hold what
   * was sent.
   */
  #explain(error: unknown, key: string | null): CortexError {
    if (error instanceof CortexError) return error;
    const { model, words } = this.#options;
    const { status, message } = statusOf(error);
    const detail = message === '' ? '' : `: ${redact(message, key).slice(0, 300)}`;
    if (status === 401 || status === 403)
      return keyRefused(this.#server, { status, detail }, words);
    if (status === 404) return notFound(this.#server, { model: model ?? '', detail }, words);
    return status === 429
      ? tooManyRequests(this.#server, detail)
      : serverFailed(this.#server, status, detail);
  }
}

/**
 * What the bundle of this adapter offers to the roots, which load it when a model is first asked.
 */
export const createLanguageModel = (options: OpenAiOptions): LanguageModel =>
  new OpenAiModel(options);

interface Call {
  readonly key: string | null;
  readonly signal: AbortSignal;
}

function statusOf(error: unknown): { readonly status: number | null; readonly message: string } {
  if (error instanceof APIError && !(error instanceof APIConnectionError))
    return {
      status: typeof error.status === 'number' ? error.status : null,
      message: error.message,
    };
  return { status: null, message: error instanceof Error ? error.message : String(error) };
}
