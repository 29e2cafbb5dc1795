import { InvalidArgumentError, Option, type Command } from 'commander';
import type { LanguageOptions } from '../engineOptions.ts';
import type { LanguageWords } from '../../propose/language/words.ts';
import type { Price } from '../../ports/languageModel.ts';
import type { ModelFlags } from './commandContext.ts';
import { parseCount } from './numbers.ts';

/**
 * The flags of the commands that propose; a model's name and server may also stand in the
 * environment.
 */
export function addModelOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--proposer <name>',
        'who proposes (default: hybrid where a model is named, else offline)',
      ).choices(['offline', 'openai', 'hybrid']),
    )
    .addOption(new Option('--model <name>', 'language model').env('CORTEX_MODEL'))
    .addOption(new Option('--base-url <url>', 'an OpenAI-compatible server').env('OPENAI_BASE_URL'))
    .option('--max-tokens <n>', 'cap on the tokens of this run', parseCount)
    .option('--max-cost <usd>', 'cap on the money of this run, in US dollars', parseMoney)
    .option(
      '--prices <file>',
      'a price table of your own: {"model": {"input": 0.25, "output": 2}}, US dollars per ' +
        'million tokens',
    );
}

/**
 * What the engine is told of the language model; `null` where none is to be asked. The key stays in
 * the environment until it is sent.
 */
export function languageOf(
  flags: ModelFlags,
  environment: Readonly<Record<string, string | undefined>>,
  prices: Readonly<Record<string, Price>> = {},
): LanguageOptions | null {
  const proposer = flags.proposer ?? (flags.model === undefined ? 'offline' : 'hybrid');
  if (proposer === 'offline') return null;
  return {
    proposer,
    model: flags.model ?? null,
    baseUrl: flags.baseUrl ?? null,
    apiKey: () => Promise.resolve(environment['OPENAI_API_KEY'] || null),
    maxTokens: flags.maxTokens ?? null,
    maxUsd: flags.maxCost ?? null,
    prices,
    words: WORDS,
  };
}

const WORDS: LanguageWords = {
  setKey: 'Set OPENAI_API_KEY to a key',
  model: '--model (or CORTEX_MODEL)',
  server: '--base-url (or OPENAI_BASE_URL)',
  maxTokens: '--max-tokens',
  maxCost: '--max-cost',
  prices: '--prices',
  offline: '--proposer offline',
};

/** Parses an amount of US dollars: above 0. */
export function parseMoney(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0)
    throw new InvalidArgumentError('Expected an amount above 0, e.g. 0.50.');
  return value;
}
