import type { AutopilotState, Cycle, Task } from '../../record/autopilotState.ts';

// How a state becomes the next one: pure, since a change is made again where another process was
// faster.

/** Failures in a row after which a study is set aside. */
const MOST_FAILURES = 3;

/** A cycle begins; a task that a person asked for stays asked for until it has come to its end. */
export const beginCycle = (state: AutopilotState, task: Task, at: string): AutopilotState => ({
  ...state,
  waiting: null,
  cycles: [
    ...state.cycles,
    {
      number: state.cycles.length + 1,
      task,
      startedAt: at,
      finishedAt: null,
      seconds: 0,
      attempts: [],
      end: 'running',
      text: '',
    },
  ],
});

/** The running cycle has begun an attempt. */
export const withAttempt = (state: AutopilotState, id: string): AutopilotState =>
  withRunning(state, (cycle) => ({ ...cycle, attempts: [...new Set([...cycle.attempts, id])] }));

/** How a cycle ended. */
interface CycleEnd extends Pick<Cycle, 'end' | 'text' | 'seconds'> {
  readonly at: string;
}

/**
 * The running cycle ends. What was stopped is asked for again, so that it goes on; the third
 * failure in a row sets the study aside.
 */
export function endCycle(state: AutopilotState, { at, ...end }: CycleEnd): AutopilotState {
  const running = state.cycles.find((cycle) => cycle.end === 'running');
  if (!running) return state;
  const ended = withRunning(state, (cycle) => ({ ...cycle, ...end, finishedAt: at }));
  const others = ended.asked.filter(({ key }) => key !== running.task.key);
  const isOver = end.end === 'done' || end.end === 'failed';
  const failures = failuresInARow(ended.cycles.slice(ended.forgiven));
  return {
    ...ended,
    asked: isOver ? others : [...others, running.task],
    setAside:
      failures >= MOST_FAILURES
        ? { why: `${failures} tasks in a row failed; the last: ${end.text}`, at }
        : ended.setAside,
  };
}

/** Of cycles that came to their end. */
function failuresInARow(cycles: readonly Cycle[]): number {
  const ended = cycles.filter(({ end }) => end === 'done' || end === 'failed');
  return ended.length - 1 - ended.findLastIndex(({ end }) => end === 'done');
}

/**
 * A process begins to work on the study. What its predecessor left running was interrupted;
 * `orphans` are attempts that it had begun and had no time to write down.
 */
export function takeOver(
  state: AutopilotState,
  { at, orphans }: { readonly at: string; readonly orphans: readonly string[] },
): AutopilotState {
  const end = { end: 'interrupted', text: 'Its program ended before it did.', seconds: 0 } as const;
  const whole = orphans.reduce(withAttempt, state);
  return { ...endCycle(whole, { ...end, at }), waiting: null, mode: restarted(state) };
}

/** A process lets go of the study. */
export const letGo = (state: AutopilotState): AutopilotState => ({
  ...state,
  owner: null,
  waiting: null,
  mode: restarted(state),
});

/** Its owner begins nothing now. */
export const withWaiting = (state: AutopilotState, why: string): AutopilotState => ({
  ...state,
  waiting: why,
});

/** The word “stop” is for the process that runs. */
const restarted = ({ mode }: AutopilotState): AutopilotState['mode'] =>
  mode === 'stopping' ? 'running' : mode;

/** A person wants it to go on: what was set aside is taken up again, failures are forgiven. */
export const resumed = (state: AutopilotState): AutopilotState => ({
  ...state,
  mode: 'running',
  setAside: null,
  forgiven: state.cycles.length,
});

/** A person wants a task done; one of the same name is replaced. */
export const withAsked = (state: AutopilotState, task: Task): AutopilotState => ({
  ...state,
  asked: [...state.asked.filter(({ key }) => key !== task.key), task],
});

function withRunning(state: AutopilotState, to: (cycle: Cycle) => Cycle): AutopilotState {
  return {
    ...state,
    cycles: state.cycles.map((cycle) => (cycle.end === 'running' ? to(cycle) : cycle)),
  };
}
