import { EventEmitter, window, workspace, type Disposable } from 'vscode';
import { Disposables } from '../disposables.ts';
import { builderLineIn } from '../study/modelFiles.ts';
import type { Studies } from '../study/studies.ts';
import { logInFront } from './logInFront.ts';
import type { TrainingLogs } from './trainingLogs.ts';
import type { LogLinks } from './logLinks.ts';

/** What the Diagnosis view is about: a log, and the model file it is of; either may be missing. */
export interface Subject {
  readonly logPath: string | null;
  readonly modelPath: string | null;
}

/**
 * Follows the active editor while somebody looks: a log of a training, or a model file and its log;
 * anything else leaves the subject as it is.
 */
export class LogSubject implements Disposable {
  readonly #links: LogLinks;
  readonly #logs: TrainingLogs;
  readonly #studies: Studies;
  readonly #changed = new EventEmitter<void>();
  readonly #disposables = new Disposables();
  #current: Subject | null = null;
  #isWatched = false;
  #latest = 0;

  readonly onDidChange = this.#changed.event;

  constructor(links: LogLinks, logs: TrainingLogs, studies: Studies) {
    this.#links = links;
    this.#logs = logs;
    this.#studies = studies;
    this.#disposables.add(
      this.#changed,
      window.onDidChangeActiveTextEditor(() => {
        if (this.#isWatched) this.#look();
      }),
      // A log too large for VS Code to hand over comes to the front without an editor.
      window.tabGroups.onDidChangeTabs(() => {
        if (this.#isWatched && !window.activeTextEditor) this.#look();
      }),
      // A log is followed once its text looks like one, which may be long after it came to the
      // front.
      logs.onDidChange((path) => {
        if (this.#isWatched && path !== this.#current?.logPath && path === logInFront())
          this.#look();
      }),
      links.onDidChange(() => {
        if (this.#isWatched) void this.#again();
      }),
      workspace.onDidGrantWorkspaceTrust(() => {
        if (this.#isWatched) void this.#again();
      }),
    );
  }

  /** `null` where no editor has shown a log or a model file yet. */
  get current(): Subject | null {
    return this.#current;
  }

  /**
   * Somebody looks: the active editor is the subject from now on. Before, nothing is read for
   * nobody.
   */
  begin(): void {
    if (this.#isWatched) return;
    this.#isWatched = true;
    this.#look();
  }

  /** Nobody looks any more. */
  end(): void {
    this.#isWatched = false;
  }

  /** Makes a log the subject. */
  show(logPath: string): void {
    void this.#showLog(logPath);
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #look(): void {
    const logPath = logInFront();
    const document = window.activeTextEditor?.document;
    if (logPath !== null && this.#logs.peek(logPath)) void this.#showLog(logPath);
    else if (document?.uri.scheme === 'file' && builderLineIn(document) !== null)
      void this.#showModel(document.fileName);
  }

  /**
   * The links may have changed, or may be looked for at last: finds the other half of the subject
   * again.
   */
  async #again(): Promise<void> {
    const { logPath, modelPath } = this.#current ?? {};
    if (logPath) await this.#showLog(logPath);
    else if (modelPath) await this.#showModel(modelPath);
  }

  async #showLog(logPath: string): Promise<void> {
    const isLatest = this.#turn();
    const modelPath = await this.#links.modelOf(logPath).catch(() => null);
    if (isLatest()) this.#set({ logPath, modelPath });
  }

  async #showModel(modelPath: string): Promise<void> {
    const isLatest = this.#turn();
    this.#studies.see(modelPath);
    const study = await this.#studies.open(modelPath).catch(() => null);
    if (isLatest()) this.#set({ logPath: study?.logPath ?? null, modelPath });
  }

  /** Who looked last is right, whatever is found first. */
  #turn(): () => boolean {
    this.#latest += 1;
    const turn = this.#latest;
    return () => turn === this.#latest;
  }

  #set(subject: Subject): void {
    this.#current = subject;
    this.#changed.fire();
  }
}
