import type { TrainingLog } from '../log/trainingLog.ts';
import type { Attempt } from '../record/attempt.ts';
import type { AttemptSummary } from '../record/attemptSummary.ts';
import type { DataProfile } from '../record/dataProfile.ts';
import { withSeeds, type Study } from '../study/study.ts';
import type { Ports } from './ports.ts';

/** Where a session reads from. */
type Sources = Pick<Ports, 'store' | 'trainer' | 'files'>;

/** What was read so far; shared by sessions of one run. */
interface Known {
  history: readonly AttemptSummary[];
  recorded: readonly AttemptSummary[];
  profile: DataProfile | null;
  log: { readonly read: TrainingLog | null } | null;
}

/**
 * A study as one run knows it: its history, its data's profile and its log are read once, and what
 * the run records joins the history. What others record meanwhile is known to the next run.
 */
export class StudySession {
  readonly study: Study;
  readonly #sources: Sources;
  readonly #known: Known;

  constructor(study: Study, sources: Sources, known: Known) {
    this.study = study;
    this.#sources = sources;
    this.#known = known;
  }

  /** All attempts, oldest first. */
  get history(): readonly AttemptSummary[] {
    return this.#known.history;
  }

  /** Those of them that this run has recorded. */
  get recorded(): readonly AttemptSummary[] {
    return this.#known.recorded;
  }

  /** What the trainer knows of the study's data, if anything; a failure is not remembered. */
  async profile(signal: AbortSignal): Promise<DataProfile | null> {
    this.#known.profile ??= await this.#sources.trainer.profileData(this.study, signal);
    return this.#known.profile;
  }

  /** The study's own log; `null` where there is none. */
  async log(): Promise<TrainingLog | null> {
    this.#known.log ??= { read: await this.#sources.files.readLog(this.study) };
    return this.#known.log.read;
  }

  attempt(id: string): Promise<Attempt> {
    return this.#sources.store.read(this.study, id);
  }

  /** The model file's text as an attempt trained it. */
  variant(id: string): Promise<string> {
    return this.#sources.store.readVariant(this.study, id);
  }

  /** Keeps an unfinished attempt safe until it is recorded. */
  keep(attempt: Attempt, text: string): Promise<void> {
    return this.#sources.store.saveDraft(this.study, attempt, text);
  }

  /** Commits the attempt, which joins the history. */
  async record(attempt: Attempt, text: string): Promise<AttemptSummary> {
    const summary = await this.#sources.store.record(this.study, attempt, text);
    this.#known.history = [...this.#known.history, summary];
    this.#known.recorded = [...this.#known.recorded, summary];
    return summary;
  }

  /** The same session for other settings of the study: how a variant is trained. */
  withSettings(settings: Partial<Study['config']>): StudySession {
    const study = { ...this.study, config: { ...this.study.config, ...settings } };
    return new StudySession(study, this.#sources, this.#known);
  }

  /** The same session for another number of seeds; `undefined` keeps the study's own. */
  withSeeds(seeds: number | undefined): StudySession {
    return new StudySession(withSeeds(this.study, seeds), this.#sources, this.#known);
  }
}

/** Opens a study for one run: reads its history. */
export const openSession = async (study: Study, sources: Sources): Promise<StudySession> =>
  sessionOf(study, await sources.store.list(study), sources);

/** Opens a study to train in it: on the runtime of its newest trained attempt, where `auto` may. */
export async function openTraining(study: Study, sources: Sources): Promise<StudySession> {
  const history = await sources.store.list(study);
  const newest = history.findLast(({ metric }) => metric !== null);
  const read = newest && (await sources.store.read(study, newest.id));
  const lastRuntime = read?.environment?.runtime;
  return sessionOf({ ...study, ...(lastRuntime && { lastRuntime }) }, history, sources);
}

const sessionOf = (
  study: Study,
  history: readonly AttemptSummary[],
  sources: Sources,
): StudySession =>
  new StudySession(study, sources, { history, recorded: [], profile: null, log: null });
