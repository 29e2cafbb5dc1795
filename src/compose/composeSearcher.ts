import { join } from 'node:path';
import type { EngineOptions, LanguageOptions, ServerModelOptions } from '../hosts/engineOptions.ts';
import type { LanguageModel } from '../ports/languageModel.ts';
import type { Ports } from '../loop/ports.ts';
import type { Searcher } from '../ports/searcher.ts';
import { HybridSearcher } from '../search/hybridSearcher.ts';
import { LanguageProposer } from '../propose/languageProposer.ts';
import { seededRandom } from '../util/seededRandom.ts';
import type { createLanguageModel } from '../adapters/llm/openAiModel.ts';

/**
 * A searcher for one run, so that caps are a run's own; in a replay, recorded answers stand for the
 * model's.
 */
export async function composeSearcher(
  { language: find, distFolder, onEvent }: EngineOptions,
  { searcher: offline, syntax, hash }: Ports,
  recorded?: LanguageModel,
): Promise<Searcher> {
  const language = await find?.();
  const model = recorded ?? (language && modelOf(language, distFolder));
  if (!model) return offline;
  const proposer = new LanguageProposer(model, {
    syntax,
    hash,
    onText: (text) => {
      onEvent({ kind: 'thinking', text });
    },
  });
  return language?.proposer === 'openai'
    ? proposer
    : new HybridSearcher(offline, proposer, language?.share);
}

/**
 * For one search of a space: its random source, and the language model that takes part, with caps
 * of its own; none where none is to be asked.
 */
export async function withPartner(
  { language: find, distFolder }: EngineOptions,
  ports: Ports,
  seed: number,
): Promise<Ports> {
  const language = await find?.();
  const isAsked = language && language.share !== 0;
  const partner = isAsked ? { partner: modelOf(language, distFolder) } : {};
  return { ...ports, ...partner, random: seededRandom(seed) };
}

const modelOf = (language: LanguageOptions, distFolder: string): LanguageModel =>
  language.proposer === 'host' ? language.model : serverModel(language, distFolder);

/** Its bundle is loaded here, when something is first proposed with it. */
function serverModel(
  { around, ...options }: ServerModelOptions,
  distFolder: string,
): LanguageModel {
  const { createLanguageModel: create } = require(join(distFolder, 'llm.cjs')) as {
    readonly createLanguageModel: typeof createLanguageModel;
  };
  const model = create({ ...options, api: 'auto', timeoutSeconds: 300, maxRetries: 4 });
  return around ? around(model) : model;
}
