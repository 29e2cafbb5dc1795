import type { Disposable, Task, TreeItem } from 'vscode';
import type { Word } from '../../../loop/autopilot/words.ts';
import type { ModelReference, PilotReference } from '../contributions.ts';

/** What commands, view and page of the autopilot ask for; a bundle of its own. */
export interface Pilot extends Disposable {
  /** Asks for how long, and starts one in a task of VS Code. */
  start(model: ModelReference | undefined): Promise<void>;
  say(word: Word, model: ModelReference | undefined): Promise<void>;
  /** Does a task now: by the autopilot that runs, else in a task of VS Code. */
  now(reference: PilotReference | undefined): Promise<void>;
  /** Adds a task of the user's own. */
  add(model: ModelReference | undefined): Promise<void>;
  showReport(model: ModelReference | undefined): Promise<void>;
  /** The page of a study, as Markdown. */
  report(modelPath: string): Promise<string>;
  children(row: TreeItem | undefined): Promise<readonly TreeItem[]>;
  /** The view is looked at, or no more. */
  appear(): void;
  disappear(): void;
  /** A task of the user's `tasks.json`, with the command that it runs. */
  resolve(task: Task): Promise<Task>;
  /** Goes on with what was under way when the window was closed. */
  goOn(): Promise<void>;
}
