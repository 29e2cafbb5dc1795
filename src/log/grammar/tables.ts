import { CsvError, parse } from 'csv-parse/sync';
import { parseNumber } from '../numbers.ts';
import { seriesName } from '../seriesName.ts';
import { ofClasses, ofFastai, ofMonitor } from './knownColumns.ts';
import { isGrade, isKnown, nameOf } from './names.ts';
import { reportOf, slotNamed } from './slots.ts';
import type { ParsedLine, Slot } from './slots.ts';
import { HASH_LIKE } from './tokens.ts';
import { counterOf, isSetting } from './words.ts';

/** A table's header, and how its rows are cut. */
export interface Header {
  readonly columns: readonly string[];
  /** What each column is: found once. */
  readonly slots: readonly ColumnSlot[];
  /** Between cells; a space: as many as there are. */
  readonly separator: ',' | ';' | '\t' | '|' | ' ';
  /** Its rows are runs, not points of one. */
  readonly isOfRuns: boolean;
}

const RUN_COLUMN =
  /^(?:commit|(?:run|experiment|trial|model)(?:[ _-]?(?:id|name|type))?|name|status|description|created|state|user|tags|notes|hypothesis|(?:best|experiment)[ _-]?params)$/i;
/** A name of a column is no sentence. */
const LONGEST_NAME = 90;

/** The header of a table of values, where a line is one. */
export const headerOf = (text: string): Header | null =>
  csvHeader(text) ?? barredHeader(text) ?? spacedHeader(text);

/** A table whose columns bars set apart: it begins with its counter. */
function barredHeader(text: string): Header | null {
  const columns = text.includes('|') ? cellsOf(text, '|') : [];
  const isTable = columns.length > 2 && columns.every(isColumn) && counterOf(columns[0] ?? '');
  return isTable ? withSlots({ columns, separator: '|', isOfRuns: false }) : null;
}

function csvHeader(text: string): Header | null {
  const separator = ([',', ';', '\t'] as const).find((mark) => text.includes(mark));
  if (separator === undefined) return null;
  const columns = ofMonitor(cellsOf(text.replace(/^\uFEFF/, ''), separator));
  if (columns.length < 2 || !columns.every((cell) => cell === '' || isColumn(cell))) return null;
  const hasCounter = columns.some((cell) => counterOf(cell.replaceAll(' ', '_')) !== null);
  const ofRuns = columns.filter((cell) => RUN_COLUMN.test(cell)).length;
  const isCounted = columns.some((cell) => /^(?:epoch|step|iter(?:ation)?)$/i.test(cell));
  const isOfRuns = ofRuns > (isCounted ? 3 : 1) || (!isCounted && isOfSettings(columns));
  const names = columns.filter((cell) => cell !== '');
  if (
    !isOfRuns &&
    !names.some((cell) => isKnown(seriesName(cell)) || isKnown(nameOf(cell.split(' ')).name)) &&
    !(hasCounter && names.length === columns.length)
  )
    return null;
  return withSlots({ columns: ofFastai(columns), separator, isOfRuns });
}

/** A column that sets how a training goes, and is not the same for all rows of one. */
const isOfSettings = (columns: readonly string[]): boolean =>
  columns.some((cell) => isSetting(cell.trim().replaceAll(' ', '_')));

/** The header of a table of unknown names, by its first row: whole numbers under the first name. */
export function countedHeader(text: string, row: string): Header | null {
  const separator = ([',', ';', '\t'] as const).find((mark) => text.includes(mark));
  if (separator === undefined) return null;
  const columns = cellsOf(text.replace(/^\uFEFF/, ''), separator);
  const cells = cellsOf(row, separator);
  const isNamed = columns.every(isColumn) || isCountedBy(columns);
  const isTable = columns.length > 1 && columns.length === cells.length && isNamed;
  const isCounted = /^\d{1,12}$/.test(cells[0] ?? '');
  const isOfNumbers = cells.every((cell) => cell === '' || parseNumber(cell) !== null);
  return isTable && isCounted && isOfNumbers
    ? withSlots({ columns, separator, isOfRuns: false })
    : null;
}

/** The first column counts: what the others are called may have numbers in it (`Dropout 0.5`). */
const isCountedBy = ([first = '', ...others]: readonly string[]): boolean =>
  counterOf(first) !== null &&
  others.every((cell) => cell.length <= LONGEST_NAME && /^\p{L}[^:={}'"]*$/u.test(cell));

const isColumn = (cell: string): boolean =>
  cell.length <= LONGEST_NAME &&
  /\p{L}/u.test(cell) &&
  parseNumber(cell) === null &&
  !/\s[-+]?\d(?!\d{0,9}\s\p{L})|[:=]\s|=\S|[{}'"]/u.test(cell);

/** The cells of a line; quotes as RFC 4180 has them. */
export function cellsOf(text: string, separator: Header['separator']): string[] {
  if (separator === ' ') return text.trim().split(/\s+/);
  if (separator === '|') return barredCells(text);
  if (!text.includes('"')) return text.split(separator).map((cell) => cell.trim());
  return quotedCells(text, separator) ?? text.split(separator).map((cell) => cell.trim());
}

/** The cells between bars; one may stand before the first and behind the last. */
const barredCells = (text: string): string[] =>
  text
    .trim()
    .replace(/^\|/, '')
    .replace(/\|$/, '')
    .split('|')
    .map((cell) => cell.trim());

/** `null` where the quotes are none of a table. */
function quotedCells(text: string, separator: string): string[] | null {
  try {
    const rows: string[][] = parse(text, {
      delimiter: separator,
      relax_column_count: true,
      trim: true,
      to: 1,
    });
    return rows[0] ?? null;
  } catch (error) {
    if (error instanceof CsvError) return null;
    throw error;
  }
}

/** A table set with spaces: it begins with its counter, or names grades alone. */
function spacedHeader(text: string): Header | null {
  const names = namesIn(text.slice(0, LONGEST_HEADER));
  const [first = ''] = names;
  const grades = names.filter((name) => isGrade(seriesName(name))).length;
  const isClassTable = first === 'Class' && grades > 1;
  const isCounted = COUNTED.test(first) && (grades > 0 || names.length > 4);
  if (!isClassTable && !isCounted) return null;
  const columns = ofFastai(isClassTable ? ofClasses(names) : names);
  return withSlots({ columns, separator: ' ', isOfRuns: false });
}

/** A longer line is no header that is set with spaces. */
const LONGEST_HEADER = 400;
const COUNTED = /^(?:epoch|iter)$/i;

/** The names of a header; they may hold single spaces where two and more set them apart. */
function namesIn(text: string): readonly string[] {
  const [head = '', bar = ''] = text.trim().split(': ');
  const trimmed = /^\s{0,9}\d{1,3}%/.test(bar) ? head : text.trim();
  if (/[=|,;]/.test(trimmed)) return [];
  const words = trimmed.split(/\s+/);
  const wide = trimmed.split(/\s{2,}/);
  const cells = wide.length > 1 && wide.length * 3 > words.length ? wide : words;
  const names = cells.map((name) => name.replace(/^\w{0,20}\((?=\w)/, '').replace(/\)$/, ''));
  const isHeader = names.every((name) => isColumn(name) && /^[\p{L}\w]/u.test(name));
  return isHeader ? names : [];
}

/** What came of reading a line as a row: its report, or why it is none. */
export type RowResult = ParsedLine | 'other' | 'misfit';

/** A row of the table; `misfit` where it has another number of cells. */
export function rowOf(text: string, header: Header, terminated: boolean): RowResult {
  if (header.separator === ' ') return spacedRow(text, header, terminated);
  const isOther = header.separator === '|' && !/^\s{0,99}\|?\s{0,99}\d+\s{0,99}\|/.test(text);
  return isOther ? 'other' : csvRow(text, header);
}

function csvRow(text: string, header: Header): RowResult {
  const { columns, separator } = header;
  const cells = cellsOf(text, separator);
  if (!isOfNumbers(cells) || isNamedRow(header, cells)) return 'other';
  const extra = cells.length - columns.length;
  const fits = extra === 0 || (extra === 1 && cells.at(-1) === '');
  if (!fits) {
    const isRow = cells.every((cell) => cell === '' || parseNumber(cell) !== null);
    if (!isRow) return 'other';
    if (extra < 0 || cells.includes('')) return firstCells(header, cells) ?? 'misfit';
  }
  const places = text.includes('"') ? [] : placesOf(text, separator);
  return reportOf('CSV table', slotsOf(header, cells, places));
}

const isOfNumbers = (cells: readonly string[]): boolean =>
  cells.length > 1 && cells.some((cell) => parseNumber(cell) !== null);

/** Where nothing counts the rows, one that begins with a word is of a class or a group. */
const isNamedRow = ({ columns, slots }: Header, [first = '']: readonly string[]): boolean =>
  /^\p{L}/u.test(first) &&
  parseNumber(first) === null &&
  !/time|date/i.test(columns[0] ?? '') &&
  slots.every(({ counter }) => counter === null);

/** Of a row with cells too many, those before an empty one that the header has not. */
function firstCells(header: Header, cells: readonly string[]): ParsedLine | null {
  const sure = cells.indexOf('');
  if (cells.length < header.columns.length || sure < 2) return null;
  const slots = slotsOf(header, cells.slice(0, sure), []);
  return slots.some(({ role }) => role === 'measure') ? reportOf('CSV table', slots) : null;
}

function spacedRow(text: string, header: Header, terminated: boolean): RowResult {
  const { columns } = header;
  const words = [...text.matchAll(/\S+/g)].slice(0, 2 * columns.length + 8);
  const first = words[0]?.[0] ?? '';
  const [counted] = /^\d+(?:\/\d+)?$/.exec(first) ?? [];
  const sum = CLASSES[columns[0] ?? ''];
  if (sum === undefined ? counted === undefined : first !== sum) return 'other';
  const bar = /%(?:\|[^|]{0,400}\|)?\s{0,9}(\d{1,9})\/(\d{1,9})/.exec(text.slice(0, 900));
  if (bar && Number(bar[1]) < Number(bar[2])) return 'other';
  const most = bar ? Infinity : columns.length + Number(terminated);
  const least = terminated ? columns.length : Math.max(2, words.length);
  const numbers = words.slice(0, columns.length).filter(([word]) => isNumeric(word));
  if (words.length < least || words.length > most || numbers.length < least - 1) return 'other';
  const cells = columns.map((_, i) => (words[i]?.[0] ?? '').replace(/:$/, ''));
  const places = words.map(({ index }) => index);
  const row = counted === undefined ? cells : [counted, ...cells.slice(1)];
  return reportOf('text table', slotsOf(header, row, places));
}

/** The row that sums a table of classes up. */
const CLASSES: Readonly<Record<string, string>> = { Class: 'all' };

const isNumeric = (word: string): boolean => /^[-+]?\.?\d|^[-+]?(?:nan|inf)/i.test(word);

const nameOfColumn = (column: string): string =>
  column === 'Value' ? 'value' : seriesName(column);

/** `loss_val` beside `loss_avg` is the present value of a meter, and of no part of the data. */
const isPresent = (column: string, columns: readonly string[]): boolean =>
  column.endsWith('_val') &&
  columns.includes(`${column.slice(0, -4)}_avg`) &&
  !columns.includes(column.slice(0, -4));

/** What a column is: its counter, or the name of its series. */
interface ColumnSlot {
  readonly counter: ReturnType<typeof counterOf>;
  readonly name: string;
  readonly role: Slot['role'];
}

const withSlots = (header: Omit<Header, 'slots'>): Header => ({
  ...header,
  slots: slotsOfColumns(header.columns),
});

function slotsOfColumns(columns: readonly string[]): ColumnSlot[] {
  const seen = new Set<string>();
  return columns.map((column) => {
    const counter = counterOf(column.replaceAll(' ', '_'));
    const name = nameOfColumn(isPresent(column, columns) ? column.slice(0, -4) : column);
    const isOther = column === '' || seen.has(name) || /^(?:wall )?time$/i.test(column);
    seen.add(name);
    return { counter, name: counter === null ? name : column, role: isOther ? 'other' : 'measure' };
  });
}

function slotsOf({ slots }: Header, cells: readonly string[], places: readonly number[]): Slot[] {
  return slots.flatMap(({ counter, name, role }, i): Slot[] => {
    const text = cells[i] ?? '';
    const isPercent = text.endsWith('%');
    const [, part = '', total = ''] = (counter !== null && PART.exec(text)) || [];
    const number = isPercent ? text.slice(0, -1).trim() : part || text;
    const value = role === 'other' || HASH_LIKE.test(text) ? null : parseNumber(number);
    if (value === null) return [];
    const counts =
      counter !== null && value >= 0 && (counter === 'epoch' || Number.isInteger(value));
    return [
      slotNamed({
        role: counts ? counter : role,
        name,
        value,
        text: number,
        isPercent,
        at: places[i] ?? -1,
        isScoped: true,
        ...(total === '' ? {} : totalOf(Number(total), (places[i] ?? -1) + number.length + 1)),
      }),
    ];
  });
}

/** `3/165`: which, and of how many. */
const PART = /^(\d{1,12})\/(\d{1,12})$/;

const totalOf = (total: number, totalAt: number): Partial<Slot> => ({ total, totalAt });

/** Offset of the text in each cell. */
function placesOf(text: string, separator: string): number[] {
  let offset = 0;
  return text.split(separator).map((cell) => {
    const at = offset + cell.length - cell.trimStart().length;
    offset += cell.length + 1;
    return at;
  });
}
