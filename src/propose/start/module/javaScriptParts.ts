/** Parts of data modules in JavaScript, types between `«` and `»`. */

/** Small files are read whole. */
export const READ_WHOLE = (encoding: string): string => `
/** The file as text. */
const readText = ()«: string» => new TextDecoder('${encoding}').decode(readFileSync(FILE));
`;

/** Of large ones, parts from all over: the same each time. */
export const READ_PARTS = (encoding: string): string => `
/** What is read of the file, in bytes: raise both for more rows. */
const PART = 2 ** 20;
const PARTS = 32;

/** The beginning of the file and parts from all over it, cut to whole lines: the same each time. */
function readText()«: string» {
  const file = openSync(FILE, 'r');
  const { size } = fstatSync(file);
  const decoder = new TextDecoder('${encoding}');
  const parts«: string[]» = [];
  for (let part = 0; part < PARTS; part += 1) {
    const place = Math.floor((Math.max(0, size - PART) * part) / (PARTS - 1) / 2) * 2;
    const bytes = new Uint8Array(PART);
    const text = decoder.decode(bytes.subarray(0, readSync(file, bytes, 0, PART, place)));
    const start = part === 0 ? 0 : text.indexOf('\\n') + 1;
    parts.push(text.slice(start, text.lastIndexOf('\\n') + 1).replaceAll('\\0', ''));
  }
  closeSync(file);
  return parts.join('');
}
`;

/** Cells of a table; quotes are minded. */
export const READ_ROWS = `
/** The cells of each line: quoted ones may hold separators, doubled quotes and line ends. */
function rowsOf(text«: string»)«: string[][]» {
  const rows«: string[][]» = [];
  let row«: string[]» = [];
  let cell = '';
  let isQuoted = false;
  const endCell = ()«: void» => {
    row.push(cell.trim());
    cell = '';
  };
  const endRow = ()«: void» => {
    endCell();
    if (row.some((each) => each !== '')) rows.push(row);
    row = [];
  };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? '';
    if (isQuoted && sign === '"' && text[at + 1] === '"') cell += text[(at += 1)];
    else if (sign === '"' && (isQuoted || cell.trim() === '')) isQuoted = !isQuoted;
    else if (!isQuoted && sign === SEPARATOR) endCell();
    else if (!isQuoted && sign === '\\n') endRow();
    else cell += sign;
  }
  endRow();
  return rows;
}
`;

export const NUMBERS = `
const NOTHING = new Set(['', 'na', 'n/a', 'nan', 'null', 'none', '?', '-', 'missing']);

/** The number a cell holds, \`null\` where it holds none. */
function numberOf(cell«: string»)«: number | null» {
  const value = Number(/^[+-]?\\d+,\\d+$/.test(cell) ? cell.replace(',', '.') : cell);
  return cell === '' || !Number.isFinite(value) ? null : value;
}
`;

export const COLUMNS_TO_NUMBERS = `
const YEAR = 365.25 * 24 * 3600 * 1000;

/** What a cell of a column becomes: one number, or several. */
function read(cell«: string», how«: How»)«: number[]» {
  if (how.kind === 'number') return [numberOf(cell) ?? how.fill ?? 0];
  if (how.kind === 'category') return (how.values ?? []).map((value) => (cell === value ? 1 : 0));
  const time = Date.parse(cell);
  if (Number.isNaN(time)) return [0, 0, 0];
  const turn = (2 * Math.PI * time) / YEAR;
  return [(time - Date.UTC(2000, 0)) / YEAR, Math.sin(turn), Math.cos(turn)];
}
`;
