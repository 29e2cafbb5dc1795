import { EventEmitter, window, workspace, type Disposable, type TextDocument } from 'vscode';
import { Disposables } from '../disposables.ts';
import { builderLineIn } from '../study/modelFiles.ts';
import type { Reviews } from '../review/reviews.ts';
import type { Studies } from '../study/studies.ts';
import { Throttle } from '../throttle.ts';
import { logInFront } from './logInFront.ts';
import type { TrainingLogs } from './trainingLogs.ts';
import type { LogLinks } from './logLinks.ts';

/** What the Diagnosis view is about: a log, and the model file it is of; either may be missing. */
export interface Subject {
  readonly logPath: string | null;
  readonly modelPath: string | null;
}

/** What the subject is told by. */
interface Sources {
  readonly links: LogLinks;
  readonly logs: TrainingLogs;
  readonly studies: Studies;
  readonly reviews: Reviews;
}

/** Files that may be logs: where one comes or goes, the log of a model file may be another. */
const MAYBE_LOGS = '**/*.{log,txt,csv,tsv,json,jsonl}';
const FILES_MS = 1000;

/**
 * Follows the active editor while somebody looks: a log of a training, or a model file – itself, or
 * the review of a change to it – and its log; anything else leaves the subject as it is. Where
 * nothing was in front yet, it is the workspace's own model file.
 */
export class LogSubject implements Disposable {
  readonly #links: LogLinks;
  readonly #logs: TrainingLogs;
  readonly #studies: Studies;
  readonly #reviews: Reviews;
  readonly #changed = new EventEmitter<void>();
  readonly #disposables = new Disposables();
  #current: Subject | null = null;
  #isWatched = false;
  #latest = 0;

  readonly onDidChange = this.#changed.event;

  constructor({ links, logs, studies, reviews }: Sources) {
    this.#links = links;
    this.#logs = logs;
    this.#studies = studies;
    this.#reviews = reviews;
    const files = this.#disposables.add(
      workspace.createFileSystemWatcher(MAYBE_LOGS, false, true, false),
    );
    const throttle = this.#disposables.add(
      new Throttle(FILES_MS, () => {
        links.forget();
        if (this.#isWatched) void this.#again();
      }),
    );
    const filesChanged = (): void => {
      throttle.poke();
    };
    this.#disposables.add(
      files.onDidCreate(filesChanged),
      files.onDidDelete(filesChanged),
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
    if (this.#latest === 0) void this.#showKnown();
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
    else if (document) this.#lookAt(document);
  }

  #lookAt(document: TextDocument): void {
    const study = this.#reviews.of(document.uri)?.study;
    if (study) {
      this.#turn();
      this.#set({ logPath: study.logPath, modelPath: study.modelPath });
    } else if (document.uri.scheme === 'file' && builderLineIn(document) !== null)
      void this.#showModel(document.fileName);
  }

  /** Before anything was in front: a model file of the workspace, first one with attempts. */
  async #showKnown(): Promise<void> {
    await this.#studies.discover();
    const known = this.#studies.all();
    const entry =
      known.find((other) => other.state === 'ready' && other.attempts.length > 0) ?? known[0];
    if (entry && this.#latest === 0) await this.#showModel(entry.modelPath);
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
