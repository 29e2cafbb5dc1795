/** The values of a series in the steps of one epoch: their sum and number, and the last one. */
export interface Cell {
  sum: number;
  count: number;
  last: number;
  /** They are running means: the last one is that of the epoch. */
  isRunning?: boolean;
}

/** Twelve digits: what the additions left behind lies below. */
const withoutResidue = (mean: number): number => Number(mean.toPrecision(12));

/** The epoch before: its steps, and whether it had a line of its own for a series. */
export interface EpochBefore {
  readonly steps: StepMeans | null;
  has(name: string): boolean;
}

/** The values that the steps of one epoch reported. */
export class StepMeans {
  readonly cells = new Map<string, Cell>();
  private closed = false;

  /** The last step of the epoch was seen. */
  close(): void {
    this.closed = true;
  }

  /**
   * The means of an epoch that is over: the next has begun; or its last step was seen or it has as
   * many values as the epoch before, where that one (`before`) had no line of its own for the
   * series, which could still come here. Of an epoch that may have been cut in its middle there is
   * none: it would be a number no finished log shows.
   */
  means(followed: boolean, before: EpochBefore | null): [string, number][] {
    const over = (name: string, count: number): boolean =>
      followed ||
      (before !== null &&
        !before.has(name) &&
        (this.closed || count === before.steps?.cells.get(name)?.count));
    return [...this.cells]
      .filter(([name, { count }]) => over(name, count))
      .map(([name, cell]) => [name, valueOf(cell)]);
  }
}

const valueOf = ({ sum, count, last, isRunning }: Cell): number => {
  if (isRunning === true) return last;
  return count === 1 ? sum : withoutResidue(sum / count);
};
