import type { AttemptSummary } from '../../record/attemptSummary.ts';
import type { AutopilotState, Cycle, TaskKind } from '../../record/autopilotState.ts';
import type { Objective } from '../../record/studyConfig.ts';
import { gainShare } from './gainShare.ts';

/** What the priorities need to know of a cycle that has ended. */
export interface PastCycle {
  readonly kind: TaskKind;
  /** Share of the metric that its best attempt gained on its parent; 0: nothing was better. */
  readonly gain: number;
  readonly failed: boolean;
  readonly seconds: number;
  /** Milliseconds since the epoch. */
  readonly finishedAt: number;
}

/** Kinds that are tried for a better metric; the others find out or make smaller. */
export const SEEKING: readonly TaskKind[] = ['training', 'architecture', 'transfer'];

/** Cycles that came to their end, oldest first; what was stopped tells nothing. */
export function pastCycles(
  { cycles }: AutopilotState,
  history: readonly AttemptSummary[],
  objective: Objective,
): readonly PastCycle[] {
  const byId = new Map(history.map((attempt) => [attempt.id, attempt]));
  return cycles
    .filter(({ end }) => end === 'done' || end === 'failed')
    .map((cycle) => ({
      kind: cycle.task.kind,
      gain: gainIn(cycle, byId, objective),
      failed: cycle.end === 'failed',
      seconds: cycle.seconds,
      finishedAt: Date.parse(cycle.finishedAt ?? cycle.startedAt),
    }));
}

function gainIn(
  { attempts }: Cycle,
  byId: ReadonlyMap<string, AttemptSummary>,
  objective: Objective,
): number {
  const gains = attempts.map((id) => {
    const attempt = byId.get(id);
    const parent = byId.get(attempt?.parents[0] ?? '');
    const observed = attempt?.effect.observed ?? null;
    if (attempt?.verdict !== 'better' || !parent?.metric || observed === null) return 0;
    return gainShare(parent.metric.mean, parent.metric.mean + observed, objective);
  });
  return Math.max(0, ...gains);
}
