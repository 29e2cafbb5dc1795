import type { AttemptSummary } from '../../record/attemptSummary.ts';
import type { AutopilotState } from '../../record/autopilotState.ts';
import { objectiveOf, objectivesOf } from '../../record/objectives.ts';
import { baselineOf, currentBest } from '../../study/lineage.ts';
import type { Study } from '../../study/study.ts';
import { promoteOver, type Contest } from './promoteOver.ts';
import { settingsOf } from './readFacts.ts';
import type { AutopilotPorts } from './work.ts';

/**
 * What stands promoted in the line of the best: the last promotion on these data, else the file as
 * it is.
 */
export function promotedIn(
  best: AttemptSummary,
  { promotions }: Pick<AutopilotState, 'promotions'>,
  history: readonly AttemptSummary[],
): AttemptSummary {
  const root = baselineOf(best, history);
  const known = promotions.map(({ attempt }) => history.find(({ id }) => id === attempt));
  return (
    known.findLast((attempt) => attempt && baselineOf(attempt, history).id === root.id) ?? root
  );
}

/** Promotes the best attempt over the one that was, where it has earned it. */
export async function promoteBest(
  study: Study,
  state: AutopilotState,
  { work, store, onEvent }: Pick<AutopilotPorts, 'work' | 'store' | 'onEvent'>,
): Promise<AutopilotState> {
  const history = await work.history(study);
  const best = currentBest(history, objectivesOf(study.config));
  const promoted = best && promotedIn(best, state, history);
  if (!best || !promoted || best.id === promoted.id) return state;
  const known = async (summary: AttemptSummary): Promise<Contest['candidate']> => ({
    summary,
    record: await work.attempt(study, summary.id),
  });
  const decided = promoteOver({
    candidate: await known(best),
    promoted: await known(promoted),
    history,
    objective: objectiveOf(study.config),
    settings: settingsOf(study),
  });
  if (typeof decided === 'string') {
    onEvent({ kind: 'not-promoted', study: study.name, task: null, text: decided });
    return state;
  }
  onEvent({ kind: 'promoted', study: study.name, task: null, text: decided.text });
  const stored = await store.change(study, `promoted ${decided.attempt}`, (current) => ({
    ...current,
    promotions: [...current.promotions, { ...decided, cycle: current.cycles.length }],
  }));
  return stored.state;
}
