import type { Reading, Sighting } from './logFormat.ts';
import { decimalsOf } from './numbers.ts';
import { isMeasure, seriesName } from './seriesName.ts';
import { StepMeans } from './stepMeans.ts';
import type { TrainingLog } from './trainingLog.ts';

interface Epoch {
  line: number;
  readonly values: Map<string, number>;
  /** Values of steps, where the log reports any. */
  steps: StepMeans | null;
}

/** What is known of a key: the name of its series, and how it is written: always with the same number of decimals (`null`: not so). */
interface Habit {
  readonly name: string;
  readonly perEpoch: boolean;
  count: number;
  decimals: number | null;
  value: number;
}

/** What stands as it is at the end of an epoch: a mean over its steps would say nothing. */
const IS_STATE = /^(?:lr|_?(?:global_?)?(?:step|iter(?:ation)?|batch)|_runtime|_timestamp)$/i;

/** Sorts sightings into runs and epochs; values of steps become their epoch's mean. Keeps one run: the chosen one, else the last. */
export class RunCollector {
  private epochs = new Map<number, Epoch>();
  private kept = this.epochs;
  private current: Epoch = { line: 0, values: new Map(), steps: null };
  private first = Infinity;
  private lastEpoch = -Infinity;
  private count = 0;
  private readonly chosen: number | null;
  private readonly habits = new Map<string, Habit>();

  constructor(chosenRun: number | null) {
    this.chosen = chosenRun;
  }

  add({ epoch, readings, line, step, startsRun }: Sighting): void {
    const whole = readings.some(({ cut }) => cut) ? readings.filter((reading) => this.isWhole(reading)) : readings;
    if (whole.length === 0) return;
    if (epoch !== this.lastEpoch || startsRun) this.turnTo(epoch, { line, startsRun });
    const { current } = this;
    current.line = line;
    if (step) current.steps ??= new StepMeans();
    for (const reading of whole) this.take(current, reading, step !== null);
    if (step?.steps && step.step >= step.steps) current.steps?.close();
  }

  /** How many runs there are so far. */
  get runs(): number {
    return this.count;
  }

  /** The kept run as it is so far; `null` without an epoch. */
  finish(source: string, format: string): TrainingLog | null {
    const all = [...this.kept].sort(([a], [b]) => a - b);
    const epochs = all
      .map(([epoch, { line, values, steps }], i) => ({ epoch, line, values: steps ? merged(values, steps.means(i < all.length - 1, all[i - 1]?.[1] ?? null)) : values }))
      .filter(({ values }) => [...values.keys()].some(isMeasure));
    if (epochs.length === 0) return null;
    const names = [...new Set(epochs.flatMap(({ values }) => [...values.keys()]))];
    return {
      source,
      format,
      epochs: epochs.map(({ epoch }) => epoch),
      series: Object.fromEntries(names.map((name) => [name, epochs.map(({ values }) => values.get(name) ?? null)])),
      lines: epochs.map(({ line }) => line),
      run: { index: this.chosen ?? this.count, count: this.count },
      notes: [],
    };
  }

  private turnTo(epoch: number, { line, startsRun }: Pick<Sighting, 'line' | 'startsRun'>): void {
    const startsOver = epoch < this.lastEpoch && epoch <= this.first;
    if (this.count === 0 || startsRun || startsOver) this.beginRun(epoch);
    else if (epoch < this.lastEpoch) this.resumeAt(epoch);
    this.lastEpoch = epoch;
    this.current = this.epochs.get(epoch) ?? { line, values: new Map(), steps: null };
    this.epochs.set(epoch, this.current);
  }

  private beginRun(epoch: number): void {
    this.count += 1;
    this.first = epoch;
    this.epochs = new Map();
    if (this.chosen === null || this.chosen === this.count) this.kept = this.epochs;
  }

  /** Training went on from an earlier checkpoint: what came after it no longer counts. */
  private resumeAt(epoch: number): void {
    for (const later of [...this.epochs.keys()]) if (later >= epoch) this.epochs.delete(later);
  }

  private take({ values, steps }: Epoch, { key, value, text }: Reading, ofStep: boolean): void {
    const habit = this.habits.get(key) ?? this.habitOf(key, value, text);
    if (ofStep && steps && !habit.perEpoch) steps.add(habit.name, value);
    else values.set(habit.name, value);
    if (habit.decimals !== null && decimalsOf(text) !== habit.decimals) habit.decimals = null;
    habit.count += 1;
    habit.value = value;
  }

  private habitOf(key: string, value: number, text: string): Habit {
    const name = seriesName(key);
    const habit: Habit = { name, perEpoch: name.startsWith('val_') || IS_STATE.test(name), count: 0, decimals: decimalsOf(text), value };
    this.habits.set(key, habit);
    return habit;
  }

  /** A number at the cut end of a log counts only where all before it have as many decimals and its size fits. */
  private isWhole({ key, value, text, cut }: Reading): boolean {
    if (!cut) return true;
    const habit = this.habits.get(key);
    if (!habit || habit.count < 2 || habit.decimals === null || habit.decimals < 2) return false;
    const ratio = Math.abs(value / habit.value);
    return decimalsOf(text) === habit.decimals && ratio < 10 && ratio > 0.1;
  }
}

/** What the log itself says of an epoch goes before the mean of its steps. */
const merged = (values: ReadonlyMap<string, number>, means: ReadonlyMap<string, number>): ReadonlyMap<string, number> => new Map([...means, ...values]);
