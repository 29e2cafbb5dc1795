import { addStep, habitOf, noteHabit, setValue } from './habit.ts';
import type { Habit } from './habit.ts';
import type { Reading, Sighting } from './logFormat.ts';
import { NO_DECIMALS } from './numbers.ts';
import { RunTable } from './runTable.ts';
import type { StepMeans } from './stepMeans.ts';
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
  /** The run and the epoch that lines of its form spoke of last: filled here. */
  readonly past: { run: number; epoch: number };
}

/** The epoch that a line speaks of. */
interface Turn extends Pick<Report, 'epoch' | 'line' | 'startsRun'> {
  /** Lines of its form have spoken of a later one: a training was taken up again. */
  readonly isBack: boolean;
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
  /** What `epochs` counts, as in its log. */
  readonly counter?: TrainingLog['counter'];
}

/** So many times as far as one of its first epochs a training has gone. */
const FAR = 20;

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
  private table = new RunTable();
  private kept = this.table;
  /** The row of the epoch that a line speaks of. */
  private row = -1;
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

  /** A step between the first two is of a run of its own. */
  private readonly isByStep: boolean;

  constructor(
    choice: RunChoice,
    {
      isStrict = false,
      isByStep = false,
    }: { readonly isStrict?: boolean; readonly isByStep?: boolean } = {},
  ) {
    this.choice = choice;
    this.isStrict = isStrict;
    this.isByStep = isByStep;
  }

  add({ epoch, readings, line, step, startsRun }: Sighting): void {
    const whole = readings.filter((reading) => this.isWhole(reading));
    if (whole.length === 0) return;
    this.turn({ epoch, line, startsRun, isBack: true });
    const steps = step ? this.table.openSteps(this.row) : null;
    for (const { key, value, decimals } of whole) {
      const habit = this.habit(key, decimals);
      this.put(habit, steps, value);
      noteHabit(habit, decimals);
    }
    if (step?.steps && step.step >= step.steps) steps?.close();
  }

  /** One more report, whole; its arrays may be written over afterwards. */
  addKnown(known: Report): void {
    const { epoch, line, startsRun, past } = known;
    this.turn({ epoch, line, startsRun, isBack: past.run === this.count && past.epoch > epoch });
    past.run = this.count;
    past.epoch = epoch;
    const { table, row } = this;
    const steps = known.isStep ? table.openSteps(row) : table.stepsAt(row);
    const ofSteps = known.isStep || known.isOfBatches ? steps : null;
    for (let i = 0; i < known.keys.length; i += 1) this.addKey(known, i, ofSteps);
    if (known.steps > 0 && known.step >= known.steps) steps?.close();
  }

  private addKey(known: Report, i: number, steps: StepMeans | null): void {
    const { keys, values, decimals, habits, isRunning, isOfBatches } = known;
    const habit = habits[i] ?? this.habit(keys[i] ?? '', decimals[i] ?? NO_DECIMALS);
    habits[i] = habit;
    habit.isRunning = isRunning[i] === true;
    if (isOfBatches && steps) addStep(habit, steps.cells, values[i] ?? NaN);
    else this.put(habit, steps, values[i] ?? NaN);
    noteHabit(habit, decimals[i] ?? NO_DECIMALS);
  }

  /** Values of steps go where their mean is made. */
  private put(habit: Habit, steps: StepMeans | null, value: number): void {
    if (steps && !habit.perEpoch) addStep(habit, steps.cells, value);
    else setValue(habit, this.table, this.row, value);
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
    const curves = this.kept.curves(isShown);
    if (curves.epochs.length === 0) return null;
    return {
      source,
      format,
      ...curves,
      run: { index: this.index, count: this.count },
      notes: [],
    };
  }

  /** Goes to the epoch a line speaks of. */
  private turn(turn: Turn): void {
    const { epoch, line, startsRun } = turn;
    if (epoch !== this.lastEpoch || startsRun) this.turnTo(turn);
    this.table.lines[this.row] = line;
  }

  private turnTo({ epoch, line, startsRun, isBack }: Turn): void {
    const startsOver =
      epoch < this.lastEpoch &&
      (this.isBeforeSecond(epoch) || (isBack && !this.isStrict && this.isAtFirst(epoch)));
    if (this.count === 0 || startsRun || startsOver) this.beginRun(epoch, line);
    else if (isBack && epoch < this.lastEpoch && (this.isStrict || this.table.has(epoch)))
      this.table.dropFrom(epoch);
    this.lastEpoch = epoch;
    this.row = this.table.rowOf(epoch);
  }

  /** Nothing can be taken up again that is not behind the first step. */
  private isBeforeSecond(epoch: number): boolean {
    const second = this.isByStep ? (this.table.epochs[1] ?? -Infinity) : -Infinity;
    return epoch <= this.first || (epoch < second && !this.table.has(epoch));
  }

  /** Nobody takes up a training that went so far at one of its first epochs. */
  private isAtFirst(epoch: number): boolean {
    return this.lastEpoch - this.first >= FAR * (epoch - this.first);
  }

  private beginRun(epoch: number, line: number): void {
    if (this.count > 0) this.earlier.push(this.span());
    if (this.earlier.length >= MOST_RUNS) this.earlier.shift();
    this.count += 1;
    this.first = epoch;
    this.firstLine = line;
    this.table = new RunTable();
    if (!isKept(this.count, this.choice)) return;
    this.kept = this.table;
    this.index = this.count;
  }

  /** Of the run that is being read. */
  private span(): RunSpan {
    return {
      index: this.count,
      firstLine: this.firstLine,
      lastLine: this.table.lines[this.row] ?? 0,
      epochs: this.table.epochs.length,
    };
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
    const ratio = Math.abs(value / habit.last);
    return decimals === habit.decimals && ratio < 10 && ratio > 0.1;
  }
}

function isKept(run: number, choice: RunChoice): boolean {
  if (choice === null) return true;
  return typeof choice === 'number' ? run === choice : run <= choice.preferred;
}
