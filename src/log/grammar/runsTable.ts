import { metricDirection } from '../metricDirection.ts';
import { parseNumber } from '../numbers.ts';
import { seriesName } from '../seriesName.ts';
import { HASH_LIKE } from './tokens.ts';

/** A table whose rows are runs, as far as it was read. */
export interface TableOfRuns {
  readonly runs: number;
  readonly columns: readonly string[];
  /** The first column whose name says which way it gets better; `null` where none does. */
  readonly best: BestRun | null;
}

interface BestRun {
  readonly column: string;
  readonly value: number;
  /** 1-based. */
  readonly line: number;
}

/** What is written of a run that has no result. */
const FAILED = /^(?:crash\w*|fail\w*|error\w*|oom|timeout|killed|nan)$/i;

/** Counts the rows of a table of runs, and remembers the best of them. */
export class RunsTable {
  private runs = 0;
  private columns: readonly string[] = [];
  private graded = -1;
  private best: BestRun | null = null;

  /** Another row under this header. */
  add(columns: readonly string[], cells: readonly string[], line: number): void {
    if (columns !== this.columns) this.begin(columns);
    this.runs += 1;
    const text = cells[this.graded] ?? '';
    const value = HASH_LIKE.test(text) ? null : parseNumber(text);
    if (value === null || !Number.isFinite(value) || cells.some((cell) => FAILED.test(cell)))
      return;
    if (this.isBetter(value)) this.best = { column: columns[this.graded] ?? '', value, line };
  }

  /** The table so far; `null` without a row. */
  table(): TableOfRuns | null {
    const { runs, columns, best } = this;
    return runs === 0 ? null : { runs, columns, best };
  }

  private begin(columns: readonly string[]): void {
    this.columns = columns;
    this.best = null;
    this.graded = columns.findIndex((name) => directionOf(name) !== null);
  }

  /** A loss of exactly nothing is written for a run that had none. */
  private isBetter(value: number): boolean {
    const direction = directionOf(this.columns[this.graded] ?? '');
    if (direction === 'minimize' && value === 0) return false;
    if (this.best === null) return true;
    return direction === 'minimize' ? value < this.best.value : value > this.best.value;
  }
}

const directionOf = (column: string): ReturnType<typeof metricDirection> =>
  metricDirection(seriesName(column));
