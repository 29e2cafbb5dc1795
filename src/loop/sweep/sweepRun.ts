import type { AttemptOf } from '../../record/attempt.ts';
import type { SweptConfiguration } from '../../record/searchRecords.ts';
import type { TrainResult } from '../../ports/trainer.ts';
import { objectivesOf } from '../../record/objectives.ts';
import { seedsOf } from '../../record/studyConfig.ts';
import type { Measures } from '../../record/trial.ts';
import type { Realised } from '../../search/space/realiser.ts';
import { settingsOf } from '../../search/space/readSpace.ts';
import { Halving } from '../../search/sweep/halving.ts';
import type { Suggestion } from '../../search/sweep/sweepSearcher.ts';
import { scoreOf } from '../../search/sweep/score.ts';
import { shortSeed } from '../../study/sweepSpec.ts';
import type { AttemptDraft } from '../beginAttempt.ts';
import type { Ports } from '../ports.ts';
import { standingOf, type Running } from './describeSweep.ts';
import { toldOf, type OpenSweep } from './openSweep.ts';
import { shortRun, type ShortRun } from './shortRun.ts';
import type { SweepStanding } from './standing.ts';

/** A whole run of a sweep. */
export interface FullRun {
  /** Place among the configurations of the record. */
  readonly index: number;
  readonly realised: Realised;
  readonly result: TrainResult;
}

/** Why a sweep ended by itself; `null` where its budget or its user ended it. */
type OwnEnd = 'all tried' | 'nothing trains' | null;

/** Drafts are kept no more often than this. */
const KEEP_MS = 2_000;
/** What is shown of it changes no more often than this. */
const TELL_MS = 250;
/** So many starting configurations before the last a partner is asked. */
const EARLY = 6;
/** After so many failures without a run that trained, the next one fails as well. */
const HOPELESS = 25;

/** A sweep under way: asks, trains side by side, tells and keeps. */
export class SweepRun {
  readonly sweep: OpenSweep;
  readonly full: FullRun[] = [];
  ownEnd: OwnEnd = null;
  readonly #ports: Ports;
  #signal: AbortSignal;
  readonly #halving: Halving;
  /** Of every run of the search; a second one of the best takes the next. */
  readonly seed: number;
  readonly #configurations: SweptConfiguration[] = [];
  /** Text and settings → the first configuration that came to them. */
  readonly #texts = new Map<string, number>();
  readonly #running = new Map<number, Running>();
  readonly #course: { seconds: number; value: number }[] = [];
  #best = Infinity;
  #toldAt = 0;
  #keptAt = 0;
  #kept = Promise.resolve();

  constructor(sweep: OpenSweep, ports: Ports) {
    const { config } = sweep.round.study;
    this.sweep = sweep;
    this.#signal = sweep.spec.signal;
    this.#ports = ports;
    this.#halving = new Halving(config.epochs);
    this.seed = shortSeed(sweep.spec.seed, seedsOf(config));
  }

  /** The record with all that was tried so far. */
  get draft(): AttemptDraft<AttemptOf<'sweep'>> {
    const { draft } = this.sweep;
    const configurations = this.#configurations.filter((each) => each !== undefined);
    return { ...draft, attempt: { ...draft.attempt, configurations, ...askedOf(this.sweep) } };
  }

  get standing(): SweepStanding {
    return standingOf(this.sweep, {
      configurations: this.#configurations,
      running: [...this.#running.values()],
      course: this.#course,
      seconds: this.#seconds,
    });
  }

  /** As many at once as the trainer has workers, until something ends it; it may go on later. */
  async run(signal: AbortSignal): Promise<void> {
    this.#signal = signal;
    const hands = Array.from({ length: this.#ports.trainer.workers }, () => this.#hand());
    const ends = await Promise.allSettled(hands);
    await this.#kept;
    this.#ports.onEvent({ kind: 'sweeping', standing: this.standing });
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed) throw failed.reason;
  }

  async #hand(): Promise<void> {
    for (;;) {
      await this.#hearPartner();
      if (this.#signal.aborted || !this.hasMore) return;
      const next = this.sweep.searcher.ask();
      if (next) await this.#try(next);
      else this.ownEnd = 'all tried';
    }
  }

  /** Asked while the last of the portfolio trains, and heard when that is over. */
  async #hearPartner(): Promise<void> {
    const { partner, searcher } = this.sweep;
    const { waiting } = searcher;
    if (waiting <= EARLY && this.#left > waiting) partner?.open(searcher.archive);
    if (waiting === 0) await partner?.answered(this.#signal);
  }

  /** Nothing but its time ends it. */
  get hasMore(): boolean {
    return this.#left > 0 && this.ownEnd === null;
  }

  /** Configurations that may still be tried. */
  get #left(): number {
    return (this.sweep.spec.trials ?? Infinity) - this.#configurations.length;
  }

  async #try(suggestion: Suggestion): Promise<void> {
    const { realiser } = this.sweep;
    const index = this.#configurations.length;
    const realised = realiser.realise(suggestion.values);
    const begun = { ...suggestion, values: { ...suggestion.values }, results: [], failure: null };
    if ('unfit' in realised)
      return this.#note(index, { ...begun, failure: 'limits', unfit: realised.unfit });
    const twin = this.#twinOf(index, suggestion, realised);
    if (twin !== null) return this.#noteTwin(index, begun, twin);
    this.#configurations[index] = { ...begun, fingerprint: realised.fingerprint };
    const run = await this.#train(index, suggestion, realised).finally(() =>
      this.#running.delete(index),
    );
    if (run.kind === 'measured' && run.result) {
      this.full.push({ index, realised, result: run.result });
      this.#followBest(run.measures);
    }
    this.#note(index, { ...begun, fingerprint: realised.fingerprint, ...this.#outcome(run) });
  }

  /** The configuration that came to the same text and settings before; `null` for none. */
  #twinOf(index: number, { values }: Suggestion, { text }: Realised): number | null {
    const { config } = this.sweep.round.study;
    const key = `${JSON.stringify(settingsOf(values, config))} ${text}`;
    const twin = this.#texts.get(key) ?? null;
    if (twin === null) this.#texts.set(key, index);
    return twin;
  }

  /** What was trained is not trained again: it came to what its twin came to. */
  #noteTwin(index: number, begun: SweptConfiguration, twin: number): void {
    const { results = [], failure = null } = this.#configurations[twin] ?? {};
    const isOpen = results.length === 0 && failure === null;
    this.#note(index, {
      ...begun,
      results,
      failure: isOpen ? 'cancelled' : failure,
      unfit: `it builds what configuration ${twin + 1} builds`,
    });
  }

  #train(index: number, { values }: Suggestion, { text }: Realised): Promise<ShortRun> {
    const { study, data } = this.sweep.round;
    this.#running.set(index, { values, epoch: 0, value: null });
    this.#tell();
    return shortRun(
      {
        study,
        text,
        settings: settingsOf(values, study.config),
        seed: this.seed,
        dataHash: data?.hash ?? null,
        halving: this.#halving,
        signal: this.#signal,
        onEpoch: (epoch, value = NaN) => {
          this.#running.set(index, { values, epoch, value: Number.isFinite(value) ? value : null });
          this.#tell();
        },
      },
      this.#ports,
    );
  }

  /** What one of the best came to with a second seed. */
  addSecond(index: number, measures: Measures): void {
    const configuration = this.#configurations[index];
    if (!configuration) return;
    const { epochs } = this.sweep.round.study.config;
    const second = { epochs, seed: this.seed + 1, measures };
    this.#configurations[index] = {
      ...configuration,
      results: [...configuration.results, second],
    };
  }

  #outcome(run: ShortRun): Pick<SweptConfiguration, 'results' | 'failure'> {
    if (run.kind === 'failed') return { results: [], failure: run.failure.kind };
    if (run.kind === 'stopped') return { results: [], failure: 'cancelled' };
    const { epochs, measures } = run;
    return { results: [{ epochs, seed: this.seed, measures }], failure: null };
  }

  #note(index: number, configuration: SweptConfiguration): void {
    this.#configurations[index] = configuration;
    if (configuration.failure !== 'cancelled') {
      const told = toldOf(configuration, this.sweep.round.study.config);
      if (told) this.sweep.searcher.tell(told);
    }
    const noted = this.#configurations.filter(({ failure }) => failure !== null);
    if (noted.length >= HOPELESS && noted.length === this.#configurations.length)
      this.ownEnd = 'nothing trains';
    this.#keep();
  }

  #followBest(measures: Measures): void {
    const objectives = objectivesOf(this.sweep.round.study.config);
    const score = scoreOf(measures, objectives) ?? Infinity;
    if (score >= this.#best) return;
    this.#best = score;
    const value = measures[objectives[0].metric] ?? NaN;
    this.#course.push({ seconds: this.#seconds, value });
  }

  #tell(): void {
    const now = this.#ports.clock.now();
    if (now - this.#toldAt < TELL_MS) return;
    this.#toldAt = now;
    this.#ports.onEvent({ kind: 'sweeping', standing: this.standing });
  }

  get #seconds(): number {
    return (this.#ports.clock.now() - this.sweep.startedAt) / 1000;
  }

  /** Safe from a crash, now and then. */
  #keep(): void {
    const now = this.#ports.clock.now();
    if (now - this.#keptAt < KEEP_MS) return;
    this.#keptAt = now;
    const { attempt, text } = this.draft;
    // A disk that is full fails the record itself in the same way, and is reported there.
    this.#kept = this.#kept
      .then(() => this.sweep.round.session.keep(attempt, text))
      .catch(() => undefined);
  }
}

/** What its partner was asked; nothing where it has none. */
const askedOf = ({
  partner,
}: OpenSweep): Pick<AttemptOf<'sweep'>, 'cost' | 'exchanges'> | undefined =>
  partner ? { cost: partner.cost, exchanges: [...partner.exchanges] } : undefined;
