import type { Engine } from '../hosts/engine.ts';
import type { EngineOptions } from '../hosts/engineOptions.ts';
import type { Ports } from '../loop/ports.ts';
import { ideasFor } from '../loop/ideasFor.ts';
import { improveModel } from '../loop/improveModel.ts';
import { searchOn } from '../loop/sweep/searchOn.ts';
import { searchModel } from '../loop/sweep/searchModel.ts';
import type { LanguageModel } from '../ports/languageModel.ts';
import { previewPrompt, proposeChanges } from '../loop/proposeChanges.ts';
import { openReplay } from '../loop/replay/openReplay.ts';
import { seededRandom } from '../util/seededRandom.ts';
import { composeSearcher, withPartner } from './composeSearcher.ts';

/** What asks a searcher, each time with one of its own. */
export function proposingOf(
  options: EngineOptions,
  ports: Ports,
): Pick<Engine, 'propose' | 'ideas' | 'previewPrompt' | 'improve' | 'search'> {
  const withSearcher = async (seed: number, recorded?: LanguageModel): Promise<Ports> => ({
    ...ports,
    searcher: await composeSearcher(options, ports, recorded),
    random: seededRandom(seed),
  });
  return {
    propose: async (study, { seed, ...request }) =>
      proposeChanges(study, request, await withSearcher(seed)),
    ideas: (study, signal) => ideasFor(study, signal, { ...ports, random: seededRandom(1) }),
    previewPrompt: async (study, { seed, ...request }) =>
      previewPrompt(
        study,
        request,
        { ...ports, random: seededRandom(seed) },
        (await options.language?.())?.proposer === 'openai' ? null : ports.searcher,
      ),
    improve: async (study, { seed, replay, ...request }) => {
      const startedAt = ports.clock.now();
      const { study: own, model } = replay ? await openReplay(study, ports) : { study };
      const report = await improveModel(own, request, await withSearcher(seed, model));
      const asked = { study, spec: request, seed, startedAt };
      return replay ? report : searchOn(report, asked, await withPartner(options, ports, seed));
    },
    search: async (study, spec) =>
      searchModel(study, spec, await withPartner(options, ports, spec.seed)),
  };
}
