/** What people write into a cell that holds nothing. */
const NOTHING = new Set(['', 'na', 'n/a', 'nan', 'null', 'none', '?', '-', 'missing']);

/** A cell that holds nothing. */
export const isMissing = (cell: string): boolean => NOTHING.has(cell.trim().toLowerCase());

const COMMA = /^[+-]?\d+,\d+$/;

/** The number a cell holds, with a decimal point or comma; `null` for anything else. */
export function numberIn(cell: string): number | null {
  const text = cell.trim();
  if (text === '') return null;
  const value = Number(COMMA.test(text) ? text.replace(',', '.') : text);
  return Number.isFinite(value) ? value : null;
}

const DATE = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?Z?$/;

/** A day or a time as ISO 8601 writes it. */
export const isDate = (cell: string): boolean =>
  DATE.test(cell.trim()) && !Number.isNaN(Date.parse(cell.trim()));
