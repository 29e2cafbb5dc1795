import { NO_DECIMALS } from './numbers.ts';
import type { Column, RunTable } from './runTable.ts';
import { seriesName } from './seriesName.ts';
import type { Cell } from './stepMeans.ts';

/**
 * What is known of a key: the name of its series, and how it is written: always with the same
 * number of decimals (-1: not so).
 */
export interface Habit {
  readonly name: string;
  /** It stands for the whole epoch wherever in it it is written. */
  readonly perEpoch: boolean;
  /** Its values in the steps of an epoch are running means. */
  isRunning: boolean;
  count: number;
  decimals: number;
  last: number;
  /** Where its values in the steps of the epoch that is under way go. */
  cell: Cell;
  /** What `cell` belongs to. */
  owner: ReadonlyMap<string, Cell> | null;
  /** Where its values of whole epochs go. */
  column: Column;
  /** What `column` belongs to. */
  table: RunTable | null;
}

/** What stands as it is at the end of an epoch: a mean over its steps would say nothing. */
const IS_STATE = /^(?:lr|_?(?:global_?)?(?:step|iter(?:ation)?|batch)|_runtime|_timestamp)$/i;

const NOWHERE: Cell = { sum: 0.5, count: 0, last: 0.5 };

/** The habit of a key that is seen for the first time, written with so many decimals. */
export function habitOf(key: string, decimals: number): Habit {
  const name = seriesName(key);
  return {
    name,
    perEpoch: name.startsWith('val_') || IS_STATE.test(name),
    isRunning: false,
    count: 0,
    decimals,
    last: NaN,
    cell: NOWHERE,
    owner: null,
    column: [],
    table: null,
  };
}

/** Adds one more value to the steps of an epoch. */
export function addStep(habit: Habit, cells: Map<string, Cell>, value: number): void {
  if (habit.owner !== cells) {
    habit.cell = cellOf(cells, habit.name);
    habit.cell.isRunning = habit.isRunning;
    habit.owner = cells;
  }
  const { cell } = habit;
  cell.sum += value;
  cell.count += 1;
  cell.last = value;
  habit.last = value;
}

/** Sets the value of a whole epoch. */
export function setValue(habit: Habit, table: RunTable, row: number, value: number): void {
  if (habit.table !== table) {
    habit.column = table.columnOf(habit.name);
    habit.table = table;
  }
  habit.column[row] = value;
  habit.last = value;
}

/** Remembers how the key was written the last time. */
export function noteHabit(habit: Habit, decimals: number): void {
  if (decimals !== habit.decimals) habit.decimals = NO_DECIMALS;
  habit.count += 1;
}

function cellOf(cells: Map<string, Cell>, name: string): Cell {
  const cell = cells.get(name) ?? { sum: 0, count: 0, last: 0 };
  cells.set(name, cell);
  return cell;
}
