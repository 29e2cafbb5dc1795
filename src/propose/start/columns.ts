import { isDate, isMissing, numberIn } from './cells.ts';
import type { Column, ColumnScale } from './survey.ts';

/** Texts that repeat are a category up to so many different ones. */
const MOST_CATEGORIES = 50;
/** Share of numbers from which on a column is one of numbers, and the rest counts as missing. */
const NUMBERS = 0.95;
const FEWEST_WORDS = 3;
const NAMED_LIKE_TIME = /year|month|week|day|hour|time|step/i;
const NAMED_LIKE_ROWS = /^(id|index|row|nr|no|.*[_ ]id|unnamed.*)$/i;

/** What the cells of a column hold, and how a model can read them. */
export function columnOf(name: string, cells: readonly string[]): Column {
  const there = cells.filter((cell) => !isMissing(cell));
  const counts = countsOf(there);
  const facts: Facts = {
    name,
    cells: there,
    missing: cells.length === 0 ? 1 : 1 - there.length / cells.length,
    distinct: counts.size,
  };
  if (counts.size === 0) return leftOut(facts, 'it holds nothing');
  if (counts.size === 1) return leftOut(facts, 'it has the same value in every row');
  const numbers = there.map(numberIn).filter((value) => value !== null);
  if (numbers.length >= NUMBERS * there.length) return numeric(facts, numbers);
  if (there.every(isDate)) return { ...plain(facts), use: 'date' };
  return texts(facts, counts);
}

interface Facts {
  readonly name: string;
  /** Those that hold something. */
  readonly cells: readonly string[];
  readonly missing: number;
  readonly distinct: number;
}

/** Values and how often each occurs, the commonest first. */
export function countsOf(cells: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const cell of cells) counts.set(cell.trim(), (counts.get(cell.trim()) ?? 0) + 1);
  return new Map([...counts].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)));
}

function numeric(facts: Facts, numbers: readonly number[]): Column {
  const scale = scaleOf(numbers);
  const missing = 1 - (1 - facts.missing) * (numbers.length / facts.cells.length);
  const column: Column = { ...plain(facts), use: 'number', missing, scale };
  return countsRows(facts, numbers)
    ? { ...column, use: 'left-out', why: 'it numbers the rows' }
    : column;
}

/** Whole numbers that go up by one from row to row, or that are called so and never repeat. */
function countsRows({ name, distinct }: Facts, numbers: readonly number[]): boolean {
  if (distinct < numbers.length || !numbers.every(Number.isInteger)) return false;
  const steps = numbers.slice(1).map((value, index) => value - (numbers[index] ?? 0));
  const goesUp = steps.length > 8 && steps.every((step) => step === 1);
  return NAMED_LIKE_ROWS.test(name) || (goesUp && !NAMED_LIKE_TIME.test(name));
}

function texts(facts: Facts, counts: ReadonlyMap<string, number>): Column {
  const words = facts.cells.reduce((sum, cell) => sum + wordsIn(cell), 0) / facts.cells.length;
  const most = Math.min(MOST_CATEGORIES, Math.max(2, facts.cells.length / 3));
  if (counts.size <= most && (words < 2 * FEWEST_WORDS || counts.size * 5 < facts.cells.length))
    return { ...plain(facts), use: 'category', values: [...counts.keys()] };
  if (words >= FEWEST_WORDS) return { ...plain(facts), use: 'words' };
  return leftOut(facts, `its ${counts.size} different texts hardly ever repeat`);
}

const wordsIn = (cell: string): number => cell.trim().split(/\s+/).length;

const plain = ({ name, missing, distinct }: Facts): Omit<Column, 'use'> => ({
  name,
  why: null,
  missing,
  distinct,
  values: [],
  scale: null,
});

const leftOut = (facts: Facts, why: string): Column => ({ ...plain(facts), use: 'left-out', why });

/** Throws nothing; of no numbers every part is 0. */
function scaleOf(numbers: readonly number[]): ColumnScale {
  const sorted = Float64Array.from(numbers).sort();
  const count = Math.max(1, sorted.length);
  const mean = sorted.reduce((sum, value) => sum + value / count, 0);
  const variance = sorted.reduce((sum, value) => sum + (value - mean) ** 2 / count, 0);
  return {
    mean,
    deviation: Math.sqrt(variance),
    least: sorted[0] ?? 0,
    most: sorted.at(-1) ?? 0,
    median: sorted[Math.floor(sorted.length / 2)] ?? 0,
  };
}
