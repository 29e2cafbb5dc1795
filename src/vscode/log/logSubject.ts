import { EventEmitter, window, workspace, type Disposable, type TextEditor } from 'vscode';
import { logLanguage } from '../contributions.ts';
import { Disposables } from '../disposables.ts';
import { builderLineIn } from '../study/modelFiles.ts';
import type { Studies } from '../study/studies.ts';
import type { LogLinks } from './logLinks.ts';

/** What the Diagnosis view is about: a log, and the model file it is of; either may be missing. */
export interface Subject {
  readonly logPath: string | null;
  readonly modelPath: string | null;
}

/** Follows the active editor while somebody looks: a log, or a model file and its log; anything else leaves the subject as it is. */
export class LogSubject implements Disposable {
  readonly #links: LogLinks;
  readonly #studies: Studies;
  readonly #changed = new EventEmitter<void>();
  readonly #disposables = new Disposables();
  #current: Subject | null = null;
  #isWatched = false;
  #latest = 0;

  readonly onDidChange = this.#changed.event;

  constructor(links: LogLinks, studies: Studies) {
    this.#links = links;
    this.#studies = studies;
    this.#disposables.add(
      this.#changed,
      window.onDidChangeActiveTextEditor((editor) => { if (this.#isWatched) this.#lookAt(editor); }),
      links.onDidChange(() => { if (this.#isWatched) void this.#again(); }),
      workspace.onDidGrantWorkspaceTrust(() => { if (this.#isWatched) void this.#again(); }),
    );
  }

  /** `null` where no editor has shown a log or a model file yet. */
  get current(): Subject | null {
    return this.#current;
  }

  /** Somebody looks: the active editor is the subject from now on. Before, nothing is read for nobody. */
  begin(): void {
    if (this.#isWatched) return;
    this.#isWatched = true;
    this.#lookAt(window.activeTextEditor);
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

  #lookAt(editor: TextEditor | undefined): void {
    const document = editor?.document;
    if (document?.uri.scheme !== 'file') return;
    if (document.languageId === logLanguage) void this.#showLog(document.fileName);
    else if (builderLineIn(document) !== null) void this.#showModel(document.fileName);
  }

  /** The links may have changed, or may be looked for at last: finds the other half of the subject again. */
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
