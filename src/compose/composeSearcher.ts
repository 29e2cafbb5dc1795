import { join } from 'node:path';
import type { EngineOptions, LanguageOptions, ServerModelOptions } from '../hosts/engineOptions.ts';
import type { LanguageModel } from '../ports/languageModel.ts';
import type { Ports } from '../loop/ports.ts';
import type { Searcher } from '../ports/searcher.ts';
import { HybridSearcher } from '../search/hybridSearcher.ts';
import { LanguageProposer } from '../propose/languageProposer.ts';
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
