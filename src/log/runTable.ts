import { StepMeans, type EpochBefore } from './stepMeans.ts';
import type { TrainingLog } from './trainingLog.ts';

/** So many series are always shown; of more only as many as make so many values. */
const MOST_SERIES = 64;
const MOST_VALUES = 20_000_000;

/** Values of one series by row; a row may have none. */
export type Column = (number | undefined)[];

/** The values of one run: a row for each epoch, in the order they were first seen. */
export class RunTable {
  readonly epochs: number[] = [];
  /** 1-based; of each row the last line that spoke of it. */
  readonly lines: number[] = [];
  private readonly steps: (StepMeans | null)[] = [];
  /** Of each epoch its row; `null` while the epochs only rise, as in most runs. */
  private rows: Map<number, number> | null = null;
  private readonly columns = new Map<string, Column>();

  has(epoch: number): boolean {
    return this.find(epoch) >= 0;
  }

  /** The row of an epoch, a new one where it has none. */
  rowOf(epoch: number): number {
    const { epochs } = this;
    const last = epochs.length === 0 ? -Infinity : epochs[epochs.length - 1];
    if (!(epoch > (last ?? NaN))) {
      const known = this.find(epoch);
      if (known >= 0) return known;
      this.rows ??= new Map(epochs.map((one, row) => [one, row]));
    }
    const row = epochs.push(epoch) - 1;
    this.lines.push(0);
    this.steps.push(null);
    this.rows?.set(epoch, row);
    return row;
  }

  /** The row of an epoch; -1 for none. */
  private find(epoch: number): number {
    if (this.rows) return this.rows.get(epoch) ?? -1;
    const { epochs } = this;
    let [low, high] = [0, epochs.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((epochs[middle] ?? NaN) < epoch) low = middle + 1;
      else high = middle;
    }
    return epochs[low] === epoch ? low : -1;
  }

  columnOf(name: string): Column {
    const column = this.columns.get(name) ?? [];
    this.columns.set(name, column);
    return column;
  }

  /** The steps of a row; `null` where none was reported. */
  stepsAt(row: number): StepMeans | null {
    return this.steps[row] ?? null;
  }

  /** The steps of a row that reports some. */
  openSteps(row: number): StepMeans {
    const steps = this.steps[row] ?? new StepMeans();
    this.steps[row] = steps;
    return steps;
  }

  /** Training went on from an earlier checkpoint: what came after it no longer counts. */
  dropFrom(epoch: number): void {
    while ((this.epochs.at(-1) ?? -Infinity) >= epoch) {
      const dropped = this.epochs.pop() ?? NaN;
      this.rows?.delete(dropped);
      this.lines.pop();
      this.steps.pop();
    }
    for (const column of this.columns.values())
      column.length = Math.min(column.length, this.epochs.length);
  }

  /**
   * The curves in the order of the epochs; where some series are of interest, the epochs that have
   * one of them.
   */
  curves(isShown: IsShown | null): Pick<TrainingLog, 'epochs' | 'lines' | 'series'> {
    const all = this.sortedRows();
    const means = this.meansIn(all);
    const values = this.valuesBy(means);
    const shown = [...values].filter(([name]) => isShown?.(name)).map(([, at]) => at);
    const rows = isShown ? all.filter((row) => shown.some((at) => at(row) !== undefined)) : all;
    const first = ([, at]: Named): number => rows.findIndex((row) => at(row) !== undefined);
    const named = [...values]
      .map((one) => ({ one, from: first(one) }))
      .filter(({ from }) => from >= 0)
      .sort((a, b) => a.from - b.from)
      .slice(0, Math.max(MOST_SERIES, Math.floor(MOST_VALUES / rows.length)));
    return {
      epochs: rows.map((row) => this.epochs[row] ?? NaN),
      lines: rows.map((row) => this.lines[row] ?? 0),
      series: Object.fromEntries(
        named.map(({ one: [name, at] }) => [name, rows.map((row) => at(row) ?? null)]),
      ),
    };
  }

  private sortedRows(): readonly number[] {
    const { epochs } = this;
    const isSorted = epochs.every((epoch, row) => row === 0 || epoch > (epochs[row - 1] ?? NaN));
    const rows = epochs.map((_, row) => row);
    return isSorted ? rows : rows.sort((a, b) => (epochs[a] ?? 0) - (epochs[b] ?? 0));
  }

  /** By name and row: the means of steps. */
  private meansIn(rows: readonly number[]): ReadonlyMap<string, ReadonlyMap<number, number>> {
    const means = new Map<string, Map<number, number>>();
    rows.forEach((row, i) => {
      const isFollowed = i < rows.length - 1;
      for (const [name, mean] of this.stepsAt(row)?.means(isFollowed, this.before(rows, i)) ?? []) {
        const own = means.get(name) ?? new Map<number, number>();
        means.set(name, own.set(row, mean));
      }
    });
    return means;
  }

  private before(rows: readonly number[], i: number): EpochBefore | null {
    const row = rows[i - 1];
    if (row === undefined) return null;
    return {
      steps: this.stepsAt(row),
      has: (name) => this.columns.get(name)?.[row] !== undefined,
    };
  }

  /** What the log itself says of an epoch goes before the mean of its steps. */
  private valuesBy(
    means: ReadonlyMap<string, ReadonlyMap<number, number>>,
  ): ReadonlyMap<string, ValueAt> {
    const names = new Set([...means.keys(), ...this.columns.keys()]);
    return new Map(
      [...names].map((name): Named => {
        const [column, own] = [this.columns.get(name) ?? [], means.get(name)];
        return [name, own ? (row) => column[row] ?? own.get(row) : (row) => column[row]];
      }),
    );
  }
}

type IsShown = (name: string) => boolean;
type ValueAt = (row: number) => number | undefined;
type Named = readonly [string, ValueAt];
