import { dirname, resolve } from 'node:path';
import {
  ProcessExecution,
  Task,
  TaskPanelKind,
  TaskRevealKind,
  tasks,
  TaskScope,
  Uri,
  window,
  workspace,
  type Disposable,
  type TaskDefinition,
  type TaskExecution,
} from 'vscode';
import { FLIGHT, type Host } from '../host.ts';
import { readSetting } from '../settings.ts';
import { activePython } from '../study/activePython.ts';

/** What an autopilot of this window was asked for; kept until it has ended. */
interface FlightPlan {
  readonly models: readonly string[];
  /** Milliseconds since the epoch; `null`: until nothing is left to do. */
  readonly until: number | null;
}

/** What a `tasks.json` says; see `taskDefinitions` in package.json. */
interface AskedTask {
  readonly models: readonly string[];
  readonly hours?: number;
}

/** A window that closes takes its tasks along; one that is still there then was not closed. */
const CLOSING_MS = 30_000;

/**
 * The autopilot as a task of VS Code: a process of its own, so that what the user trains here goes
 * before it. Where the window takes it along, the next window goes on with it.
 */
export class Flight implements Disposable {
  readonly #host: Host;
  readonly #onEnd: () => void;
  readonly #ending: Disposable;
  #execution: TaskExecution | undefined;
  #forgetting: NodeJS.Timeout | undefined;

  constructor(host: Host, onEnd: () => void) {
    this.#host = host;
    this.#onEnd = onEnd;
    this.#ending = tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
      if (execution === this.#execution) this.#ended(exitCode);
    });
  }

  /** What goes on, or is to go on. */
  get plan(): FlightPlan | undefined {
    return this.#host.memory.get<FlightPlan>(FLIGHT);
  }

  async begin(plan: FlightPlan): Promise<void> {
    clearTimeout(this.#forgetting);
    await this.#host.memory.update(FLIGHT, plan);
    const hours = plan.until === null ? [] : ['--hours', String(hoursLeft(plan.until))];
    this.#execution = await this.run([...plan.models, ...hours], plan.models);
  }

  /** Runs `cortex autopilot …` in a task. */
  async run(words: readonly string[], models: readonly string[]): Promise<TaskExecution> {
    const task = await this.#taskOf({ type: 'cortex', models }, words, models);
    task.isBackground = true;
    task.presentationOptions = { reveal: TaskRevealKind.Silent, panel: TaskPanelKind.Dedicated };
    return tasks.executeTask(task);
  }

  /** A task of a `tasks.json`: `models`, and perhaps `hours`. */
  async resolve({ definition, scope }: Task): Promise<Task> {
    const { models, hours } = definition as TaskDefinition & AskedTask;
    const folder = typeof scope === 'object' ? scope : workspace.workspaceFolders?.[0];
    const paths = models.map((model) => resolve(folder?.uri.fsPath ?? '', model));
    const limit = hours === undefined ? [] : ['--hours', String(hours)];
    return this.#taskOf(definition, [...paths, ...limit], paths);
  }

  async #taskOf(
    definition: TaskDefinition,
    words: readonly string[],
    models: readonly string[],
  ): Promise<Task> {
    const [first = ''] = models;
    const folder = workspace.getWorkspaceFolder(Uri.file(first));
    const script = Uri.joinPath(this.#host.extensionUri, 'dist', 'cli.cjs').fsPath;
    const execution = new ProcessExecution(
      readSetting('nodePath') || process.execPath,
      [script, 'autopilot', ...words, ...(await this.#flags(models))],
      {
        cwd: folder?.uri.fsPath ?? dirname(first),
        // VS Code's own program is Node only when it is told so.
        env: { ELECTRON_RUN_AS_NODE: '1' },
      },
    );
    return new Task(definition, folder ?? TaskScope.Workspace, 'Autopilot', 'Cortex', execution);
  }

  /** It is not to go on. */
  async forget(): Promise<void> {
    this.#execution = undefined;
    await this.#host.memory.update(FLIGHT, undefined);
    this.#onEnd();
  }

  /** Its process is a task of this window, or was a moment ago. */
  get isHere(): boolean {
    return this.#execution !== undefined;
  }

  dispose(): void {
    clearTimeout(this.#forgetting);
    this.#ending.dispose();
  }

  /** Offline: what a language model is sent is shown first here, and a task cannot show it. */
  async #flags(models: readonly string[]): Promise<readonly string[]> {
    const [first = '', ...others] = models;
    const workers = readSetting('workers');
    const executor = readSetting('executor');
    const names = readSetting('builderNames');
    const python = readSetting('python') || ((await activePython(dirname(first))) ?? '');
    const builder = others.length === 0 ? this.#host.builders.of(first) : undefined;
    return [
      ...['--runtime', readSetting('runtime'), '--proposer', 'offline'],
      ...(workers > 0 ? ['--workers', String(workers)] : []),
      ...(executor !== '' && executor !== 'local' ? ['--executor', executor] : []),
      ...(names.length > 0 ? ['--builder-names', names.join(',')] : []),
      ...(python === '' ? [] : ['--python', python]),
      ...(builder === undefined ? [] : ['--builder', builder]),
    ];
  }

  /** No exit code: its terminal was closed, by the user or with the window. */
  #ended(exitCode: number | undefined): void {
    const isKilled = exitCode === undefined || exitCode > 128;
    this.#forgetting = setTimeout(() => void this.forget(), isKilled ? CLOSING_MS : 0);
    if (!isKilled) window.setStatusBarMessage('Cortex: the autopilot has ended.', 10_000);
  }
}

/** Whether its time is not over yet. */
export const isDue = ({ until }: FlightPlan): boolean => until === null || until > Date.now();

const hoursLeft = (until: number): number => Math.max(0.001, (until - Date.now()) / 3_600_000);
