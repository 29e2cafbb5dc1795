import { openContext } from '../propose/operators/operatorContext.ts';
import { listIdeas, type ListedIdea } from '../search/listIdeas.ts';
import type { Study } from '../study/study.ts';
import type { Ports } from './ports.ts';
import { openState } from './proposeChanges.ts';

/**
 * The catalogue of ideas; for a study as its search stands now: what its diagnosis calls for goes
 * first, each with its record there.
 */
export async function ideasFor(
  study: Study | null,
  signal: AbortSignal,
  ports: Ports,
): Promise<readonly ListedIdea[]> {
  if (!study) return listIdeas(null, []);
  const state = await openState(study, { wish: null, signal }, ports);
  return listIdeas(openContext(state), state.history);
}
