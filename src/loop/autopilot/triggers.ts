import type { TriggerName } from '../../record/autopilotSettings.ts';
import type { Cycle, Task, TaskKind } from '../../record/autopilotState.ts';
import type { Raised, StudyFacts } from './facts.ts';
import { fatigueOf } from './signals.ts';
import {
  anyInconclusive,
  betterElsewhere,
  betweenBounds,
  changedData,
  changedEnvironment,
  goingWell,
  idle,
  logFinding,
  missedTarget,
  tooLarge,
  tooSlow,
  unablated,
  unmeasured,
  unsearched,
} from './conditions.ts';

/** A condition over the facts of a study, and the kind of task it raises. */
interface Trigger {
  readonly kind: TaskKind;
  readonly when: (facts: StudyFacts) => Raised | null;
  /** The others rest on it: it is done before them. */
  readonly first?: true;
}

/** The table of `docs/autopilot.md`. */
const TABLE: Readonly<Record<TriggerName, Trigger>> = {
  unmeasured: { kind: 'measure', when: unmeasured, first: true },
  'data-changed': { kind: 'measure', when: changedData, first: true },
  'environment-changed': { kind: 'measure', when: changedEnvironment, first: true },
  'log-finding': { kind: 'training', when: logFinding },
  'target-missed': { kind: 'architecture', when: missedTarget },
  'between-bounds': { kind: 'training', when: betweenBounds },
  inconclusive: { kind: 'more-seeds', when: anyInconclusive },
  unablated: { kind: 'ablation', when: unablated },
  'too-slow': { kind: 'optimisation', when: tooSlow },
  'too-large': { kind: 'optimisation', when: tooLarge },
  'better-elsewhere': { kind: 'transfer', when: betterElsewhere },
  unsearched: { kind: 'architecture', when: unsearched },
  'going-well': { kind: 'training', when: goingWell },
  idle: { kind: 'training', when: idle },
};

/** Those that only look for more: they rest with a tired study. */
const RESTING: readonly TriggerName[] = [
  'target-missed',
  'between-bounds',
  'unsearched',
  'going-well',
];

/** Fatigue at its bound: as many tasks without a gain as the study's patience. */
const TIRED = 1 / 4;

/** The tasks that the facts call for, in the order of the table, without what was done. */
export function raiseTasks(facts: StudyFacts): readonly Task[] {
  const { settings, cycles, now } = facts;
  const isTired = fatigueOf(cycles, { now, patience: settings.patience }) <= TIRED;
  const done = new Set(facts.state.cycles.filter(isOver).map(({ task }) => task.key));
  return Object.entries(TABLE).flatMap(([key, trigger]) => {
    const name = key as TriggerName;
    if (settings.triggers[name] === false || (isTired && RESTING.includes(name))) return [];
    const raised = trigger.when(facts);
    const task = raised && taskOf(name, trigger, raised);
    return task === null || (raised?.subject !== '' && done.has(task.key)) ? [] : [task];
  });
}

/** What failed once about a subject would fail again, unless the others rest on it. */
const isOver = ({ end, task }: Cycle): boolean =>
  end === 'done' || (end === 'failed' && task.turn !== 'first');

const taskOf = (
  name: TriggerName,
  { kind, first }: Trigger,
  { why, subject, attempt, focus }: Raised,
): Task => ({
  key: subject === '' ? name : `${name}:${subject}`,
  kind,
  trigger: name,
  why,
  attempt: attempt ?? null,
  focus: focus ?? null,
  goal: null,
  weight: 1,
  turn: first ? 'first' : 'by-priority',
});
