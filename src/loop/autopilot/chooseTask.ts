import type { Task } from '../../record/autopilotState.ts';
import type { StudyFacts } from './facts.ts';
import { priorityOf, type Priority } from './priority.ts';
import { raiseTasks } from './triggers.ts';

/** A task and what it promises. */
export interface Weighed {
  readonly task: Task;
  readonly priority: Priority;
}

const TURNS: readonly Task['turn'][] = ['forced', 'first', 'by-priority'];

/** All that could be done for a study, what comes next first. */
export function weighTasks(facts: StudyFacts, minutesLeft: number): readonly Weighed[] {
  const { cycles, settings, now, state } = facts;
  const asked = new Set(state.asked.map(({ key }) => key));
  const raised = raiseTasks(facts).filter(({ key }) => !asked.has(key));
  return [...state.asked, ...raised]
    .map((task) => ({
      task,
      priority: priorityOf(task, { cycles, settings, now, minutesLeft }),
    }))
    .toSorted(byTurn);
}

/** What a person has asked for now, then what others rest on, then by promise. */
export const byTurn = (a: Weighed, b: Weighed): number =>
  TURNS.indexOf(a.task.turn) - TURNS.indexOf(b.task.turn) || b.priority.value - a.priority.value;
