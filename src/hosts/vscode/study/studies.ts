import { EventEmitter, type Disposable, type LogOutputChannel } from 'vscode';
import type { CortexError } from '../../../util/errors.ts';
import type { AttemptSummary } from '../../../record/attemptSummary.ts';
import type { Study } from '../../../study/study.ts';
import { setContext } from '../context.ts';
import { Disposables } from '../disposables.ts';
import type { EngineHost } from '../engineHost.ts';
import { asCortexError } from '../errors.ts';
import type { LogLinks } from '../log/logLinks.ts';
import type { Runs } from '../run/runs.ts';
import type { ChosenBuilders } from './chosenBuilders.ts';
import { findFetchedStudies, isFile } from './fetchedStudies.ts';
import { findModelFiles } from './modelFiles.ts';

/** A model file and what is known of its study so far. */
export type StudyEntry =
  | { readonly state: 'seen'; readonly modelPath: string }
  /** `hasFile` is false where only the study's branch was fetched. */
  | {
      readonly state: 'ready';
      readonly modelPath: string;
      readonly study: Study;
      readonly attempts: readonly AttemptSummary[];
      readonly hasFile: boolean;
    }
  | { readonly state: 'failed'; readonly modelPath: string; readonly error: CortexError };

/** The model files of the workspace and their attempts, kept up to date while Cortex works. */
export class Studies implements Disposable {
  readonly #engine: EngineHost;
  readonly #links: LogLinks;
  readonly #builders: ChosenBuilders;
  readonly #log: LogOutputChannel;
  readonly #entries = new Map<string, StudyEntry>();
  readonly #loading = new Map<string, Promise<StudyEntry>>();
  readonly #changed = new EventEmitter<void>();
  readonly #disposables = new Disposables();
  #discovery: Promise<void> | undefined;
  #fetchedDiscovery: Promise<void> | undefined;

  readonly onDidChange = this.#changed.event;

  constructor(
    engine: EngineHost,
    {
      runs,
      links,
      builders,
    }: { readonly runs: Runs; readonly links: LogLinks; readonly builders: ChosenBuilders },
    log: LogOutputChannel,
  ) {
    this.#engine = engine;
    this.#links = links;
    this.#builders = builders;
    this.#log = log;
    const chosenAnew = (modelPath: string): void => {
      if (this.peek(modelPath)?.state === 'ready') void this.refresh(modelPath);
    };
    this.#disposables.add(
      this.#changed,
      links.onDidChange(chosenAnew),
      builders.onDidChange(chosenAnew),
      engine.onEvent((event) => {
        if (event.kind === 'recorded' && runs.current)
          this.#append(runs.current.study.modelPath, event.attempt);
      }),
    );
  }

  /** Every model file seen, in the order of their paths. */
  all(): readonly StudyEntry[] {
    return [...this.#entries.values()].sort((a, b) => a.modelPath.localeCompare(b.modelPath));
  }

  /** What is known of a model file right now. */
  peek(modelPath: string): StudyEntry | undefined {
    return this.#entries.get(modelPath);
  }

  /** Remembers a model file. */
  see(modelPath: string): void {
    if (!this.#entries.has(modelPath)) this.#set({ state: 'seen', modelPath });
  }

  /** Looks through the workspace for model files, once. */
  discover(): Promise<void> {
    this.#discovery ??= findModelFiles().then((paths) => {
      for (const path of paths) this.see(path);
    });
    return this.#discovery;
  }

  /**
   * Looks through the workspace's repositories for studies that were fetched, once; their model
   * files need not be here.
   */
  discoverFetched(): Promise<void> {
    this.#fetchedDiscovery ??= findFetchedStudies(this.#engine, this.#log).then((studies) => {
      for (const { modelPath } of studies) this.see(modelPath);
    });
    return this.#fetchedDiscovery;
  }

  /**
   * Opens the study of a model file with its configuration as it is on disk now, and the log that
   * is given, else chosen, else found, and its run.
   */
  async open(
    modelPath: string,
    logPath: string | null = this.#links.chosenLog(modelPath),
  ): Promise<Study> {
    const choice = { logPath, builder: this.#builders.of(modelPath) };
    const study = await (await this.#engine.get()).openStudy(modelPath, choice);
    const logRun = study.logPath === null ? null : this.#links.chosenRun(study.logPath);
    return logRun === null ? study : { ...study, logRun };
  }

  /**
   * Reads the study's attempts, once; a failure becomes the entry's state and is tried again when
   * asked again.
   */
  async load(modelPath: string): Promise<StudyEntry> {
    const entry = this.#entries.get(modelPath);
    if (entry?.state === 'ready') return entry;
    const loading =
      this.#loading.get(modelPath) ??
      this.#read(modelPath).finally(() => this.#loading.delete(modelPath));
    this.#loading.set(modelPath, loading);
    return loading;
  }

  /**
   * The study whose attempts are shown: the file's own, or, where that has none, the one that was
   * fetched from a remote.
   */
  async shown(modelPath: string): Promise<Study> {
    const entry = await this.load(modelPath);
    return entry.state === 'ready' && entry.study.remote !== undefined
      ? entry.study
      : this.open(modelPath);
  }

  /** Reads the study's attempts again. */
  async refresh(modelPath: string): Promise<void> {
    this.#entries.set(modelPath, { state: 'seen', modelPath });
    await this.load(modelPath);
  }

  /** Looks for model files and reads all attempts again. */
  async reload(): Promise<void> {
    this.#entries.clear();
    this.#discovery = undefined;
    this.#fetchedDiscovery = undefined;
    await Promise.all([this.discover(), this.discoverFetched()]);
    await Promise.all(this.all().map((entry) => this.load(entry.modelPath)));
    this.#changed.fire();
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  async #read(modelPath: string): Promise<StudyEntry> {
    try {
      const fetched = (await isFile(modelPath)) ? null : await this.#fetchedOf(modelPath);
      // Where there is no file and nothing was fetched, opening it says what is missing.
      return this.#set({
        state: 'ready',
        modelPath,
        hasFile: fetched === null,
        ...(fetched ?? (await this.#historyOf(await this.open(modelPath)))),
      });
    } catch (thrown) {
      const error = asCortexError(thrown);
      this.#log.info(`${modelPath}: [${error.code}] ${error.message}`);
      return this.#set({ state: 'failed', modelPath, error });
    }
  }

  /** A file without attempts of its own shows those that were fetched, until it has some. */
  async #historyOf(
    study: Study,
  ): Promise<{ readonly study: Study; readonly attempts: readonly AttemptSummary[] }> {
    const engine = await this.#engine.get();
    const attempts = await engine.history(study);
    if (attempts.length > 0) return { study, attempts };
    const fetched = await this.#fetchedOf(study.modelPath, study.name);
    return fetched
      ? { study: { ...fetched.study, logPath: study.logPath }, attempts: fetched.attempts }
      : { study, attempts };
  }

  /**
   * What was fetched of a model file, whether or not the file is here; of several studies the one
   * of this name.
   */
  async #fetchedOf(
    modelPath: string,
    name?: string,
  ): Promise<{ readonly study: Study; readonly attempts: readonly AttemptSummary[] } | null> {
    const engine = await this.#engine.get();
    const all = (await engine.fetchedStudies(modelPath)).filter(
      (study) => study.modelPath === modelPath,
    );
    const study = all.find((other) => other.name === name) ?? all[0];
    return study ? { study, attempts: await engine.history(study) } : null;
  }

  #append(modelPath: string, attempt: AttemptSummary): void {
    const entry = this.#entries.get(modelPath);
    if (entry?.state !== 'ready' || entry.study.remote !== undefined)
      return void this.refresh(modelPath);
    const others = entry.attempts.filter((other) => other.id !== attempt.id);
    this.#set({ ...entry, attempts: [...others, attempt] });
  }

  #set<Entry extends StudyEntry>(entry: Entry): Entry {
    const isNew = !this.#entries.has(entry.modelPath);
    this.#entries.set(entry.modelPath, entry);
    if (isNew) setContext('cortex.modelFiles', [...this.#entries.keys()]);
    if (entry.state === 'ready') setContext('cortex.attempts', this.all().some(hasAttempts));
    this.#changed.fire();
    return entry;
  }
}

const hasAttempts = (entry: StudyEntry): boolean =>
  entry.state === 'ready' && entry.attempts.length > 0;
