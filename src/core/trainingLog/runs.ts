import type { Reading, Sighting } from './logFormat.ts';
import { decimalsOf } from './numbers.ts';
import { isMeasure, seriesName } from './seriesName.ts';
import type { TrainingLog } from './trainingLog.ts';

interface Epoch {
  readonly line: number;
  readonly values: Map<string, number>;
}

/** How a series is written: always with the same number of decimals (`null`: not so). */
interface Habit {
  count: number;
  decimals: number | null;
  value: number;
}

/** Sorts sightings into runs and epochs. Keeps one run: the chosen one, else the last. */
export class RunCollector {
  private epochs = new Map<number, Epoch>();
  private kept = this.epochs;
  private lastEpoch = -Infinity;
  private count = 0;
  private readonly chosen: number | null;
  private readonly habits = new Map<string, Habit>();

  constructor(chosenRun: number | null) {
    this.chosen = chosenRun;
  }

  add({ epoch, readings, line, startsRun }: Sighting): void {
    const usable = readings.filter((reading) => this.isWhole(reading));
    if (usable.length === 0) return;
    if (this.count === 0 || startsRun || this.startsOver(epoch)) this.beginRun();
    else if (epoch < this.lastEpoch) this.resumeAt(epoch);
    this.lastEpoch = epoch;
    const entry = this.epochs.get(epoch) ?? { line, values: new Map<string, number>() };
    this.epochs.set(epoch, { line, values: entry.values });
    for (const reading of usable) this.take(entry.values, reading);
  }

  /** How many runs there are so far. */
  get runs(): number {
    return this.count;
  }

  /** The kept run; `null` without an epoch. */
  finish(source: string, format: string): TrainingLog | null {
    const epochs = [...this.kept].filter(([, { values }]) => [...values.keys()].some(isMeasure)).sort(([a], [b]) => a - b);
    if (epochs.length === 0) return null;
    const names = [...new Set(epochs.flatMap(([, { values }]) => [...values.keys()]))];
    return {
      source,
      format,
      epochs: epochs.map(([epoch]) => epoch),
      series: Object.fromEntries(names.map((name) => [name, epochs.map(([, { values }]) => values.get(name) ?? null)])),
      lines: epochs.map(([, { line }]) => line),
      run: { index: this.chosen ?? this.count, count: this.count },
      notes: [],
    };
  }

  private beginRun(): void {
    this.count += 1;
    this.epochs = new Map();
    if (this.chosen === null || this.chosen === this.count) this.kept = this.epochs;
  }

  private startsOver(epoch: number): boolean {
    const first = this.epochs.keys().next().value ?? Infinity;
    return epoch < this.lastEpoch && epoch <= first;
  }

  /** Training went on from an earlier checkpoint: what came after it no longer counts. */
  private resumeAt(epoch: number): void {
    for (const later of [...this.epochs.keys()]) if (later >= epoch) this.epochs.delete(later);
  }

  private take(values: Map<string, number>, { key, value, text }: Reading): void {
    const name = seriesName(key);
    values.set(name, value);
    const decimals = decimalsOf(text);
    const habit = this.habits.get(key) ?? { count: 0, decimals, value };
    this.habits.set(key, { count: habit.count + 1, decimals: habit.decimals === decimals ? decimals : null, value });
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
