import { addValue, habitOf, noteHabit } from './habit.ts';
import type { Cell, Habit } from './habit.ts';
import type { Reading, Sighting } from './logFormat.ts';
import { NO_DECIMALS } from './numbers.ts';
import { StepMeans } from './stepMeans.ts';
import type { TrainingLog } from './trainingLog.ts';

/** What a whole line reports of one epoch. */
export interface Report {
  readonly epoch: number;
  readonly line: number;
  readonly startsRun: boolean;
  readonly isStep: boolean;
  /** The step's number, and how many there are: 0 where that is not said. */
  readonly step: number;
  readonly steps: number;
  readonly keys: readonly string[];
  /** Of each key: a running mean, whose last value in an epoch is that of the epoch. */
  readonly isRunning: readonly boolean[];
  /** Steps of an evaluation: their mean is the value of the epoch. */
  readonly isOfBatches: boolean;
  readonly values: Float64Array;
  /** Digits after each number's point; -1 with an exponent, or where it is not finite. */
  readonly decimals: Int32Array;
  /** What is known of each key: filled here. */
  readonly habits: Habit[];
}

interface Epoch {
  line: number;
  readonly values: Map<string, Cell>;
  /** Values of steps, where the log reports any. */
  steps: StepMeans | null;
}

/**
 * Which run of a file is kept: that of a number (1-based) and nothing where it is not there, that
 * of a number or the last where there are not so many, or the last (`null`).
 */
export type RunChoice = number | { readonly preferred: number } | null;

/**
 * Where a run stands in its file, by the lines of its first and last epoch, and how many it has.
 */
export interface RunSpan {
  /** 1-based. */
  readonly index: number;
  readonly firstLine: number;
  readonly lastLine: number;
  readonly epochs: number;
}

/** So many series are always shown; of more only as many as make so many values. */
const MOST_SERIES = 64;
const MOST_VALUES = 20_000_000;

/** Of more runs than this the first are not told: nobody chooses among so many. */
const MOST_RUNS = 1000;

/**
 * Programs that print a fixed number of decimals print no more; with more they print all there are,
 * sometimes fewer.
 */
const MOST_FIXED = 9;

/**
 * Sorts sightings into runs and epochs; values of steps become their epoch's mean. Keeps one run:
 * the chosen one, else the last.
 */
export class RunCollector {
  private epochs = new Map<number, Epoch>();
  private kept = this.epochs;
  /** The epochs in the order they were first seen. */
  private order: number[] = [];
  private current: Epoch = { line: 0, values: new Map(), steps: null };
  private first = Infinity;
  private lastEpoch = -Infinity;
  private readonly choice: RunChoice;
  private index = 0;
  private readonly earlier: RunSpan[] = [];
  private firstLine = 0;
  private count = 0;
  private readonly habits = new Map<string, Habit>();

  /** Any step back drops what came after it, not only one to an epoch seen before. */
  private readonly isStrict: boolean;

  constructor(choice: RunChoice, { isStrict = false }: { readonly isStrict?: boolean } = {}) {
    this.choice = choice;
    this.isStrict = isStrict;
  }

  add({ epoch, readings, line, step, startsRun }: Sighting): void {
    const whole = readings.filter((reading) => this.isWhole(reading));
    if (whole.length === 0) return;
    const current = this.at(epoch, { line, startsRun });
    if (step) current.steps ??= new StepMeans();
    for (const { key, value, decimals } of whole) {
      const habit = this.habit(key, decimals);
      addValue(habit, cellsFor(habit, current, step !== null), value);
      noteHabit(habit, decimals);
    }
    if (step?.steps && step.step >= step.steps) current.steps?.close();
  }

  /** One more report, whole; its arrays may be written over afterwards. */
  addKnown(known: Report): void {
    const { keys, values, decimals, habits, isStep, isRunning, isOfBatches } = known;
    const current = this.at(known.epoch, known);
    if (isStep) current.steps ??= new StepMeans();
    for (let i = 0; i < keys.length; i += 1) {
      const habit = habits[i] ?? this.habit(keys[i] ?? '', decimals[i] ?? NO_DECIMALS);
      habits[i] = habit;
      habit.isRunning = isRunning[i] === true;
      addValue(
        habit,
        isOfBatches && current.steps ? current.steps.cells : cellsFor(habit, current, isStep),
        values[i] ?? NaN,
      );
      noteHabit(habit, decimals[i] ?? NO_DECIMALS);
    }
    if (known.steps > 0 && known.step >= known.steps) current.steps?.close();
  }

  /** How many runs there are so far. */
  get runs(): number {
    return this.count;
  }

  /** The runs so far, in the order of the file. */
  get spans(): readonly RunSpan[] {
    return this.count === 0 ? [] : [...this.earlier, this.span()];
  }

  /** The kept run as it is so far; `null` without an epoch. */
  finish(
    source: string,
    format: string,
    isShown: ((name: string) => boolean) | null = null,
  ): TrainingLog | null {
    const all = [...this.kept].sort(([a], [b]) => a - b);
    const epochs = all
      .map(([epoch, { line, values, steps }], i) => ({
        epoch,
        line,
        values: merged(values, steps?.means(i < all.length - 1, all[i - 1]?.[1] ?? null) ?? []),
      }))
      .filter(({ values }) => isShown === null || [...values.keys()].some(isShown));
    if (epochs.length === 0) return null;
    const names = namesIn(epochs);
    return {
      source,
      format,
      epochs: epochs.map(({ epoch }) => epoch),
      series: Object.fromEntries(
        names.map((name) => [name, epochs.map(({ values }) => values.get(name) ?? null)]),
      ),
      lines: epochs.map(({ line }) => line),
      run: { index: this.index, count: this.count },
      notes: [],
    };
  }

  /** The epoch a line speaks of. */
  private at(epoch: number, { line, startsRun }: Pick<Sighting, 'line' | 'startsRun'>): Epoch {
    if (epoch !== this.lastEpoch || startsRun) this.turnTo(epoch, { line, startsRun });
    this.current.line = line;
    return this.current;
  }

  private turnTo(epoch: number, { line, startsRun }: Pick<Sighting, 'line' | 'startsRun'>): void {
    const startsOver = epoch < this.lastEpoch && epoch <= this.first;
    if (this.count === 0 || startsRun || startsOver) this.beginRun(epoch, line);
    else if (epoch < this.lastEpoch && (this.isStrict || this.epochs.has(epoch)))
      this.resumeAt(epoch);
    this.lastEpoch = epoch;
    if (!this.epochs.has(epoch)) this.order.push(epoch);
    this.current = this.epochs.get(epoch) ?? { line: 0, values: new Map(), steps: null };
    this.epochs.set(epoch, this.current);
  }

  private beginRun(epoch: number, line: number): void {
    if (this.count > 0) this.earlier.push(this.span());
    if (this.earlier.length >= MOST_RUNS) this.earlier.shift();
    this.count += 1;
    this.first = epoch;
    this.firstLine = line;
    this.epochs = new Map();
    this.order = [];
    if (!isKept(this.count, this.choice)) return;
    this.kept = this.epochs;
    this.index = this.count;
  }

  /** Of the run that is being read. */
  private span(): RunSpan {
    return {
      index: this.count,
      firstLine: this.firstLine,
      lastLine: this.current.line,
      epochs: this.epochs.size,
    };
  }

  /** Training went on from an earlier checkpoint: what came after it no longer counts. */
  private resumeAt(epoch: number): void {
    while ((this.order.at(-1) ?? -Infinity) >= epoch) {
      const later = this.order.pop();
      if (later !== undefined) this.epochs.delete(later);
    }
  }

  private habit(key: string, decimals: number): Habit {
    const habit = this.habits.get(key) ?? habitOf(key, decimals);
    this.habits.set(key, habit);
    return habit;
  }

  /**
   * A number at the cut end of a log counts only where all before it have as many decimals, not all
   * there are, and its size fits.
   */
  private isWhole({ key, value, decimals, cut }: Reading): boolean {
    if (!cut) return true;
    const habit = this.habits.get(key);
    if (!habit || habit.count < 2 || habit.decimals < 2 || habit.decimals > MOST_FIXED)
      return false;
    const ratio = Math.abs(value / habit.cell.last);
    return decimals === habit.decimals && ratio < 10 && ratio > 0.1;
  }
}

/** The names of all series, the first ones where there are far too many for so many epochs. */
function namesIn(epochs: readonly { readonly values: ReadonlyMap<string, number> }[]): string[] {
  const most = Math.max(MOST_SERIES, Math.floor(MOST_VALUES / epochs.length));
  const names = new Set<string>();
  for (const { values } of epochs) {
    for (const name of values.keys()) if (names.size < most) names.add(name);
  }
  return [...names];
}

function isKept(run: number, choice: RunChoice): boolean {
  if (choice === null) return true;
  return typeof choice === 'number' ? run === choice : run <= choice.preferred;
}

/** Values of steps go where their mean is made. */
const cellsFor = (
  { perEpoch }: Habit,
  { values, steps }: Epoch,
  ofStep: boolean,
): Map<string, Cell> => (ofStep && steps && !perEpoch ? steps.cells : values);

/** What the log itself says of an epoch goes before the mean of its steps. */
const merged = (
  values: ReadonlyMap<string, Cell>,
  means: readonly [string, number][],
): ReadonlyMap<string, number> =>
  new Map([...means, ...[...values].map(([name, { last }]): [string, number] => [name, last])]);
