import type { AutopilotState, Task } from '../../record/autopilotState.ts';
import type { AutopilotStore } from '../../ports/autopilotStore.ts';
import type { Study } from '../../study/study.ts';
import { CortexError } from '../../util/errors.ts';
import { weighTasks, type Weighed } from './chooseTask.ts';
import { readFacts } from './readFacts.ts';
import { resumed, withAsked } from './stateChanges.ts';
import type { AutopilotPorts } from './work.ts';

// What a person says to an autopilot and is told of it, whether one runs or not.

/** What an autopilot keeps of a study, as it was read. */
export interface Kept {
  readonly study: Study;
  readonly state: AutopilotState;
  readonly commit: string;
  /** Whether a process works on it now. */
  readonly running: boolean;
}

/** Reads it, and whether an autopilot works on the study now. */
export async function keptOf(study: Study, store: AutopilotStore): Promise<Kept> {
  const { state, commit } = await store.read(study);
  return { study, state, commit, running: await store.isClaimed(state) };
}

/** All that could be done for a study now, what comes next first; nothing is trained. */
export const tasksOf = async (
  { study, state }: Kept,
  signal: AbortSignal,
  ports: Pick<AutopilotPorts, 'work' | 'now'>,
): Promise<readonly Weighed[]> =>
  weighTasks(await readFacts(study, state, signal, ports), Infinity);

/** Begin nothing new; go on, with what was set aside, too; end what works on the study now. */
export type Word = 'pause' | 'resume' | 'stop';

const CHANGES: Readonly<Record<Word, (state: AutopilotState) => AutopilotState>> = {
  pause: (state) => ({ ...state, mode: 'paused' }),
  resume: resumed,
  stop: (state) => ({ ...state, mode: 'stopping' }),
};

/** Says a word; gives whether there was anybody to hear it: `stop` is for one that runs. */
export async function sayWord(word: Word, study: Study, store: AutopilotStore): Promise<boolean> {
  const { running } = await keptOf(study, store);
  if (word === 'stop' && !running) return false;
  await store.change(study, `told to ${word}`, CHANGES[word]);
  return true;
}

/**
 * Has a task done before all others, whatever holds the autopilot back: the one of this kind or
 * name, else the one that promises most. Rejects with `autopilot-no-task`.
 */
export async function askNow(
  kept: Kept,
  name: string | undefined,
  { signal, ...ports }: Pick<AutopilotPorts, 'work' | 'now' | 'store'> & { signal: AbortSignal },
): Promise<Task> {
  const tasks = (await tasksOf(kept, signal, ports)).map(({ task }) => task);
  const task =
    name === undefined ? tasks[0] : tasks.find(({ key, kind }) => [key, kind].includes(name));
  if (!task) throw noTask(kept.study.name, tasks);
  await ports.store.change(kept.study, `now: ${task.key}`, (state) =>
    withAsked(state, { ...task, turn: 'forced' }),
  );
  return task;
}

/** A task of a person's own; `goal`: what he wants, in his own words. */
export const ownTask = (kind: Task['kind'], weight: number, goal: string | undefined): Task => ({
  key: `asked:${kind}${goal === undefined ? '' : `:${goal}`}`,
  kind,
  trigger: 'asked',
  why: goal === undefined ? 'Asked for by a person.' : `Asked for by a person: ${goal}`,
  attempt: null,
  focus: null,
  goal: goal ?? null,
  weight,
  turn: 'by-priority',
});

const noTask = (study: string, tasks: readonly Task[]): CortexError =>
  new CortexError({
    code: 'autopilot-no-task',
    kind: 'input',
    happened: `There is no such task for ${study} now.`,
    expected:
      tasks.length === 0
        ? 'a trigger that is met.'
        : `one of ${tasks.map(({ key }) => key).join(', ')}.`,
    remedy: 'Add one of your own: cortex autopilot add <model> --kind training',
  });
