import type { Weighed } from '../../loop/autopilot/chooseTask.ts';
import { healthOf } from '../../loop/autopilot/health.ts';
import { pastCycles } from '../../loop/autopilot/pastCycle.ts';
import { promotedIn } from '../../loop/autopilot/promotedIn.ts';
import { settingsOf } from '../../loop/autopilot/readFacts.ts';
import type { AttemptSummary } from '../../record/attemptSummary.ts';
import { wattHoursOf } from '../../loop/autopilot/taken.ts';
import type { Kept } from '../../loop/autopilot/words.ts';
import type { AutopilotSettings } from '../../record/autopilotSettings.ts';
import { diffOf } from '../../record/kinds.ts';
import { objectiveOf, objectivesOf } from '../../record/objectives.ts';
import { currentBest } from '../../study/lineage.ts';
import { branchOf } from '../../study/study.ts';
import { attemptDocuments } from './attemptDocument.ts';
import type { StudyReader } from './studyReader.ts';

/**
 * All that was tried, what is better and by how much, what it cost, and how it does: every line
 * names commits of the repository.
 */
export async function autopilotDocument(kept: Kept, reader: StudyReader) {
  const { study, state } = kept;
  const history = await reader.history(study);
  const ids = new Set(state.cycles.flatMap(({ attempts }) => attempts));
  const own = history.filter(({ id }) => ids.has(id));
  const documents = await attemptDocuments(reader, study, own);
  const byId = new Map(documents.map((each) => [each.id, each]));
  const objective = objectiveOf(study.config);
  return {
    ...standingOf(kept),
    metric: objective.metric,
    cycles: state.cycles.map(({ task, attempts, ...cycle }) => ({
      ...cycle,
      kind: task.kind,
      trigger: task.trigger,
      why: task.why,
      attempts: attempts.flatMap((id) => byId.get(id) ?? []),
    })),
    promotions: state.promotions.map((promotion) => {
      const attempt = history.find(({ id }) => id === promotion.attempt);
      return { ...promotion, number: attempt?.number ?? null, commit: attempt?.commit ?? null };
    }),
    promoted: await promotedNow(kept, history, reader),
    cost: costOf(own, settingsOf(study)),
    health: healthOf(own, pastCycles(state, history, objective)),
  };
}

/** How the autopilot of a study stands, and what it would do next. */
export const statusDocument = (kept: Kept, tasks: readonly Weighed[]) => ({
  ...standingOf(kept),
  tasks: tasks.map(({ task, priority: { value, ...priority } }) => ({
    ...task,
    ...priority,
    priority: value,
  })),
});

const standingOf = ({ study, state, commit, running }: Kept) => ({
  study: study.name,
  branch: branchOf(study.name),
  ref: `refs/cortex/autopilot/${study.name}`,
  commit,
  mode: state.mode,
  running,
  waiting: running ? state.waiting : null,
  setAside: state.setAside,
});

async function promotedNow(
  { study, state }: Kept,
  history: readonly AttemptSummary[],
  reader: StudyReader,
) {
  const best = currentBest(history, objectivesOf(study.config));
  if (!best) return null;
  const { id, number, commit, metric, kind } = promotedIn(best, state, history);
  const record = (await reader.records(study, [id])).get(id);
  const isSameSource = kind === 'compression' && record !== undefined && diffOf(record) === '';
  const changed = isSameSource ? ('weights' as const) : ('builder' as const);
  return { attempt: id, number, commit, value: metric?.mean ?? null, changed };
}

function costOf(attempts: readonly AttemptSummary[], settings: AutopilotSettings) {
  const spent = attempts.flatMap((attempt) => attempt.spent ?? []);
  const seconds = spent.reduce((sum, each) => sum + each.seconds, 0);
  const prices = spent.map(({ usd }) => usd);
  return {
    seconds,
    tokens: spent.reduce((sum, each) => sum + each.tokens, 0),
    usd: prices.includes(null) ? null : prices.reduce<number>((sum, usd) => sum + (usd ?? 0), 0),
    wattHours: wattHoursOf(seconds, settings),
  };
}
