import type { AttemptSummary } from '../../record/attemptSummary.ts';
import type { AutopilotState, Promotion } from '../../record/autopilotState.ts';
import { objectiveOf, objectivesOf } from '../../record/objectives.ts';
import { currentBest } from '../../study/lineage.ts';
import type { Study } from '../../study/study.ts';
import { promotedIn } from './promotedIn.ts';
import { promoteOver, type Known } from './promoteOver.ts';
import { smallerOver } from './smallerOver.ts';
import { settingsOf } from './readFacts.ts';
import type { AutopilotPorts } from './work.ts';

type Ports = Pick<AutopilotPorts, 'work' | 'store' | 'onEvent'>;

/**
 * Promotes what has earned it over what stands promoted: the best attempt, and what was made of it
 * by compressing.
 */
export async function promoteBest(
  study: Study,
  state: AutopilotState,
  ports: Ports,
): Promise<AutopilotState> {
  const history = await ports.work.history(study);
  const best = currentBest(history, objectivesOf(study.config));
  if (!best) return state;
  const promoting = { study, history, best, ports };
  return promoteCompressed(promoting, await promoteBetter(promoting, state));
}

/** The study's best attempt, and who may be promoted beside it. */
interface Promoting {
  readonly study: Study;
  readonly history: readonly AttemptSummary[];
  readonly best: AttemptSummary;
  readonly ports: Ports;
}

/** Rejects for an attempt that is not of the study. */
const known = async (study: Study, summary: AttemptSummary, { work }: Ports): Promise<Known> => ({
  summary,
  record: await work.attempt(study, summary.id),
});

async function promoteBetter(
  { study, history, best, ports }: Promoting,
  state: AutopilotState,
): Promise<AutopilotState> {
  const promoted = promotedIn(best, state, history);
  if (best.id === promoted.id || isMadeOf(promoted, best)) return state;
  const decided = promoteOver({
    candidate: await known(study, best, ports),
    promoted: await known(study, promoted, ports),
    history,
    objective: objectiveOf(study.config),
    settings: settingsOf(study),
  });
  if (typeof decided !== 'string') return keep(decided, study, ports);
  ports.onEvent({ kind: 'not-promoted', study: study.name, task: null, text: decided });
  return state;
}

async function promoteCompressed(
  { study, history, best, ports }: Promoting,
  state: AutopilotState,
): Promise<AutopilotState> {
  const smaller = history.filter(
    ({ kind, verdict }) => kind === 'compression' && verdict === 'better',
  );
  if (smaller.length === 0) return state;
  const standing = promotedIn(best, state, history);
  const made = await Promise.all(smaller.map((each) => known(study, each, ports)));
  const decided = smallerOver(await known(study, standing, ports), made);
  return decided ? keep(decided, study, ports) : state;
}

/** A compression of the best stands for it. */
const isMadeOf = ({ kind, parents }: AttemptSummary, best: AttemptSummary): boolean =>
  kind === 'compression' && parents[0] === best.id;

async function keep(
  decided: Omit<Promotion, 'cycle'>,
  study: Study,
  { store, onEvent }: Ports,
): Promise<AutopilotState> {
  onEvent({ kind: 'promoted', study: study.name, task: null, text: decided.text });
  const stored = await store.change(study, `promoted ${decided.attempt}`, (current) => ({
    ...current,
    promotions: [...current.promotions, { ...decided, cycle: current.cycles.length }],
  }));
  return stored.state;
}
