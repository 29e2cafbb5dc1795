import { ThemeIcon } from 'vscode';
import type { Weighed } from '../../../loop/autopilot/chooseTask.ts';
import type { Kept } from '../../../loop/autopilot/words.ts';
import type { AutopilotState, Cycle, Promotion } from '../../../record/autopilotState.ts';
import { formatNumber } from '../../../record/format.ts';
import { bar, SIGNAL_BOUNDS } from '../../../show/views/signalBars.ts';
import type { CommandId } from '../contributions.ts';
import { colored, Row, StudyRow } from './row.ts';

/** The row of a task that could be done. */
class TaskRow extends StudyRow {
  readonly task: string;

  constructor({ study }: Kept, { task, priority }: Weighed) {
    const { modelPath } = study;
    const id = `${modelPath}#task ${task.key}`;
    super(
      modelPath,
      {
        id,
        label: task.kind,
        description: `${formatNumber(100 * priority.value)} % a minute · ${task.why}`,
        icon: new ThemeIcon(task.trigger === 'asked' ? 'person' : 'circle-outline'),
        context: 'pilotTask',
      },
      () => Promise.resolve(SIGNAL_BOUNDS.map(([name, most]) => signalRow(id, name, most))),
    );
    this.task = task.key;
    const signalRow = (of: string, name: keyof typeof priority.signals, most: number): Row =>
      new Row({
        id: `${of} ${name}`,
        label: name,
        description: bar(priority.signals[name], most),
        icon: new ThemeIcon('dashboard'),
        context: 'pilotSignal',
      });
  }
}

/**
 * A study, what is done for it, what could be, and what was; `tasks` is absent where nothing was
 * trained yet: all that is known then is that it has to be.
 */
export function studyRow(kept: Kept, tasks?: () => Promise<readonly Weighed[]>): Row {
  const { study, state, running } = kept;
  const standing = standingOf(kept);
  return new StudyRow(
    study.modelPath,
    {
      id: `${study.modelPath}#pilot`,
      label: study.name,
      description: standing.text,
      icon: standing.icon,
      context: `pilot-${state.setAside ? 'paused' : state.mode}-${running ? 'works' : 'rests'}`,
      ...(state.cycles.length > 0 && { isOpen: true }),
    },
    tasks &&
      (async () => [
        ...state.promotions.slice(-1).map((promotion) => promotedRow(study.modelPath, promotion)),
        ...(await tasks())
          .filter(({ task }) => task.key !== runningKey(state))
          .slice(0, MOST)
          .map((weighed) => new TaskRow(kept, weighed)),
        ...state.cycles
          .toReversed()
          .slice(0, MOST)
          .map((cycle) => cycleRow(study.modelPath, cycle)),
      ]),
  );
}

const MOST = 5;

interface Standing {
  readonly text: string;
  readonly icon: ThemeIcon;
}

function standingOf({ state, running }: Kept): Standing {
  const cycle = state.cycles.at(-1);
  if (state.setAside)
    return { text: `set aside: ${state.setAside.why}`, icon: colored('warning', 'charts.yellow') };
  if (state.mode === 'paused') return { text: 'paused', icon: new ThemeIcon('debug-pause') };
  if (!running) return { text: restingText(state), icon: new ThemeIcon('circle-large-outline') };
  if (cycle?.end !== 'running')
    return {
      text: state.waiting ?? 'chooses what comes next',
      icon: colored('watch', 'charts.blue'),
    };
  return {
    text: `${cycle.task.kind}: ${cycle.task.why}`,
    icon: colored('sync~spin', 'charts.blue'),
  };
}

const runningKey = ({ cycles }: AutopilotState): string | undefined =>
  cycles.find(({ end }) => end === 'running')?.task.key;

const restingText = ({ cycles }: AutopilotState): string =>
  cycles.length === 0 ? 'not started' : 'does not run';

const promotedRow = (modelPath: string, { attempt, text }: Promotion): Row => {
  const row = new Row({
    id: `${modelPath}#promoted`,
    label: 'promoted',
    description: text,
    icon: colored('arrow-up', 'charts.green'),
    context: 'pilotPromoted',
  });
  row.command = {
    title: 'Show',
    command: 'cortex.showAttempt' satisfies CommandId,
    arguments: [{ modelPath, attemptId: attempt }],
  };
  return row;
};

const ICONS: Readonly<Record<Cycle['end'], ThemeIcon>> = {
  running: colored('sync~spin', 'charts.blue'),
  done: new ThemeIcon('check'),
  failed: colored('error', 'charts.red'),
  stopped: new ThemeIcon('debug-stop'),
  interrupted: new ThemeIcon('debug-disconnect'),
};

function cycleRow(modelPath: string, { number, task, end, text }: Cycle): Row {
  const row = new Row({
    id: `${modelPath}#cycle ${number}`,
    label: `cycle ${number}: ${task.kind}`,
    description: end === 'running' ? task.why : `${end} · ${text}`,
    icon: ICONS[end],
    context: 'pilotCycle',
    tooltip: `${task.why}\n${text}`,
  });
  row.command = {
    title: 'Show',
    command: 'cortex.showAutopilotReport' satisfies CommandId,
    arguments: [{ modelPath }],
  };
  return row;
}
