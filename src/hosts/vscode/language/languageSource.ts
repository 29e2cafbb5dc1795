import { lm, type LanguageModelChat, type LogOutputChannel } from 'vscode';
import type { HostModelOptions, LanguageOptions, ServerModelOptions } from '../../engineOptions.ts';
import { keyMissing, modelMissing } from '../../../propose/language/errors.ts';
import { priceOf } from '../../../propose/language/prices.ts';
import type { LanguageWords } from '../../../propose/language/words.ts';
import type { Price } from '../../../ports/languageModel.ts';
import { readSetting } from '../settings.ts';
import { OPENAI_HOST, serverOf, type ApiKeys } from './apiKeys.ts';
import type { PromptConsent } from './promptConsent.ts';
import { VscodeLanguageModel } from './vscodeLanguageModel.ts';

/** What is asked of OpenAI's own server where the user names nothing. */
const USUAL_MODEL = 'gpt-5-mini';

/**
 * Finds the language model that the settings, the keys and VS Code offer; none is a normal state.
 */
export class LanguageSource {
  readonly #keys: ApiKeys;
  readonly #consent: PromptConsent;
  readonly #log: LogOutputChannel;

  constructor(keys: ApiKeys, consent: PromptConsent, log: LogOutputChannel) {
    this.#keys = keys;
    this.#consent = consent;
    this.#log = log;
  }

  /** What proposes in the run that begins now; `null`: the offline engine alone. */
  async find(): Promise<LanguageOptions | null> {
    const found = await this.#find();
    this.#log.debug(`language model: ${found ? found.proposer : 'none'}`);
    return found;
  }

  async #find(): Promise<LanguageOptions | null> {
    const share = Math.min(1, Math.max(0, readSetting('modelShare')));
    switch (readSetting('proposer')) {
      case 'offline':
        return null;
      case 'openai':
        return this.#namedServer();
      case 'vscode.lm':
        return this.#hostModel(1);
      default:
        return (await this.#availableServer(share)) ?? (await this.#hostModel(share));
    }
  }

  /** The user asked for this one: what is missing is said. */
  async #namedServer(): Promise<ServerModelOptions | null> {
    const server = serverOf(readSetting('baseUrl'));
    if (server === OPENAI_HOST && (await this.#keys.get(server)) === null)
      throw keyMissing(server, WORDS);
    if (server !== OPENAI_HOST && readSetting('model') === '') throw modelMissing(WORDS);
    return this.#server(1);
  }

  async #availableServer(share: number): Promise<ServerModelOptions | null> {
    const server = serverOf(readSetting('baseUrl'));
    const isReady =
      server === OPENAI_HOST
        ? (await this.#keys.get(server)) !== null
        : readSetting('model') !== '';
    return isReady ? this.#server(share) : null;
  }

  #server(share: number): ServerModelOptions | null {
    const baseUrl = readSetting('baseUrl');
    const server = serverOf(baseUrl);
    const model = readSetting('model') || USUAL_MODEL;
    const destination = `${model} at ${server}`;
    if (this.#consent.decided(destination) === 'offline') return null;
    return {
      proposer: 'hybrid',
      share,
      model,
      baseUrl: baseUrl || null,
      apiKey: () => this.#keys.get(server),
      maxTokens: readSetting('maxTokens') || null,
      maxUsd: readSetting('maxCostUsd') || null,
      prices: ownPrices(),
      words: WORDS,
      around: (inner) => this.#consent.around(inner, destination),
    };
  }

  async #hostModel(share: number): Promise<HostModelOptions | null> {
    const chat = chosen(await lm.selectChatModels(), readSetting('model'));
    if (!chat) return null;
    const caps = {
      tokens: readSetting('maxTokens') || null,
      usd: readSetting('maxCostUsd') || null,
    };
    const own = ownPrices();
    const price = priceOf(chat.id, own, false) ?? priceOf(chat.family, own, false);
    const model = new VscodeLanguageModel(chat, { caps, price, words: WORDS });
    const destination = `${chat.name} (${chat.vendor})`;
    if (this.#consent.decided(destination) === 'offline') return null;
    return { proposer: 'host', share, model: this.#consent.around(model, destination) };
  }
}

/** The model with that name, else the first. */
const chosen = (chats: readonly LanguageModelChat[], name: string): LanguageModelChat | undefined =>
  chats.find(({ id, family }) => name !== '' && (id === name || family === name)) ?? chats[0];

/** The entries of `cortex.prices` that say what they must. */
function ownPrices(): Readonly<Record<string, Price>> {
  return Object.fromEntries(
    Object.entries(readSetting('prices')).filter((entry): entry is [string, Price] =>
      isPrice(entry[1]),
    ),
  );
}

function isPrice(value: unknown): value is Price {
  if (typeof value !== 'object' || value === null || !('input' in value) || !('output' in value))
    return false;
  return [value.input, value.output].every((amount) => typeof amount === 'number' && amount >= 0);
}

const WORDS: LanguageWords = {
  setKey: 'Run "Cortex: Set API Key"',
  model: 'the setting "cortex.model"',
  server: 'the setting "cortex.baseUrl"',
  maxTokens: 'the setting "cortex.maxTokens"',
  maxCost: 'the setting "cortex.maxCostUsd"',
  prices: 'the setting "cortex.prices"',
  offline: 'the setting "cortex.proposer" at "offline"',
};
