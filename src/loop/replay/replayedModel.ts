import type { Exchange } from '../../record/proposalRecord.ts';
import type { LanguageModel, ModelQuestion, ModelReply } from '../../ports/languageModel.ts';
import type { Ports } from '../ports.ts';
import { answerMissing } from './errors.ts';

/**
 * Answers from recorded exchanges, by the hash of the request; nothing is sent and nothing costs. A
 * request that is not recorded is refused.
 */
export class ReplayedModel implements LanguageModel {
  readonly name: string;
  readonly price = { input: 0, output: 0 };
  readonly #answers: ReadonlyMap<string, string>;
  readonly #hash: Ports['hash'];

  /** `name`: the recorded model, since shares of rounds and the history go by it. */
  constructor(name: string, exchanges: readonly Exchange[], hash: Ports['hash']) {
    this.name = name;
    this.#hash = hash;
    this.#answers = new Map(exchanges.map((exchange) => [hash(exchange.prompt), exchange.answer]));
  }

  ask({ prompt, onText }: ModelQuestion): Promise<ModelReply> {
    const request = this.#hash(prompt);
    const text = this.#answers.get(request);
    if (text === undefined) return Promise.reject(answerMissing(this.name, request));
    onText(text);
    return Promise.resolve({ text, cost: { inputTokens: 0, outputTokens: 0, usd: 0 } });
  }
}
