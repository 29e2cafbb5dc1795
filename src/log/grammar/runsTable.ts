import { metricDirection } from '../metricDirection.ts';
import { parseNumber } from '../numbers.ts';
import { seriesName } from '../seriesName.ts';
import { HASH_LIKE } from './tokens.ts';
import { scopeOf } from './words.ts';

/** A table whose rows are runs, as far as it was read. */
export interface TableOfRuns {
  readonly runs: number;
  readonly columns: readonly string[];
  /** How many of them say that they failed. */
  readonly failed: number;
  /**
   * The first column of held-out data, else of any, whose name says which way it gets better;
   * `null` where none does.
   */
  readonly best: BestRun | null;
}

interface BestRun {
  readonly column: string;
  readonly value: number;
  /** 1-based. */
  readonly line: number;
  /** The first run with a value, and how many later ones were better than all before them. */
  readonly first: { readonly value: number; readonly line: number };
  readonly better: number;
}

/** What is written of a run that has no result. */
const FAILED = /^(?:crash\w*|fail\w*|error\w*|oom|timeout|killed|nan)$/i;

/** Counts the rows of a table of runs, and remembers the best of them. */
export class RunsTable {
  private runs = 0;
  private columns: readonly string[] = [];
  private failed = 0;
  private graded = -1;
  private best: BestRun | null = null;

  /** Another row under this header. */
  add(columns: readonly string[], cells: readonly string[], line: number): void {
    if (columns !== this.columns) this.begin(columns);
    this.runs += 1;
    const text = cells[this.graded] ?? '';
    const value = HASH_LIKE.test(text) ? null : parseNumber(text);
    const hasFailed = cells.some((cell) => FAILED.test(cell));
    if (hasFailed) this.failed += 1;
    if (value === null || !Number.isFinite(value) || hasFailed) return;
    if (this.isBetter(value)) this.best = this.bestAt(value, line);
  }

  private bestAt(value: number, line: number): BestRun {
    const { best } = this;
    return {
      column: this.columns[this.graded] ?? '',
      value,
      line,
      first: best?.first ?? { value, line },
      better: best === null ? 0 : best.better + 1,
    };
  }

  /** The table so far; `null` without a row. */
  table(): TableOfRuns | null {
    const { runs, columns, failed, best } = this;
    return runs === 0 ? null : { runs, columns, failed, best };
  }

  private begin(columns: readonly string[]): void {
    this.columns = columns;
    this.failed = 0;
    this.best = null;
    const heldOut = columns.findIndex((name) => isHeldOut(name) && directionOf(name) !== null);
    const any = columns.findIndex((name) => directionOf(name) !== null);
    this.graded = heldOut < 0 ? any : heldOut;
  }

  /** A loss of exactly nothing is written for a run that had none. */
  private isBetter(value: number): boolean {
    const direction = directionOf(this.columns[this.graded] ?? '');
    if (direction === 'minimize' && value === 0) return false;
    if (this.best === null) return true;
    return direction === 'minimize' ? value < this.best.value : value > this.best.value;
  }
}

const isHeldOut = (column: string): boolean =>
  column.split(/[/._ -]+/).some((word) => scopeOf(word) === 'val' || scopeOf(word) === 'test');

const directionOf = (column: string): ReturnType<typeof metricDirection> =>
  metricDirection(seriesName(column));
