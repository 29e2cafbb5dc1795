/** Whether a path is that of a Jupyter notebook. */
export const isNotebook = (path: string): boolean => path.toLowerCase().endsWith('.ipynb');

/** What stands between the cells of a notebook's script, as editors write it. */
const CELL = '# %%';

/** A magic or shell line, kept as a comment: Python cannot read it. */
const KEPT = '# notebook: ';

const MAGIC = /^# notebook: \s*[%!]/;

/** What else stands in them is kept as it is (nbformat 4). */
interface Cell {
  readonly cell_type: string;
  readonly source: string | readonly string[];
  readonly [other: string]: unknown;
}

interface Notebook {
  readonly cells: readonly Cell[];
  readonly [other: string]: unknown;
}

/** The code of a file of this path and text; empty where it should be a notebook and is none. */
export const codeOf = (path: string, text: string): string =>
  isNotebook(path) ? (scriptOf(text) ?? '') : text;

/** The code of a notebook as one script, its cells in turn; `null` where the text is none. */
export function scriptOf(text: string): string | null {
  const notebook = parsed(text);
  if (!notebook) return null;
  return codeCells(notebook)
    .map(({ source }) => scriptLines([source].flat().join('')))
    .join(`\n\n${CELL}\n`)
    .concat('\n');
}

/**
 * A text of code as the file of its path holds it: a notebook, as it is now, with the code in its
 * cells. All else stays; outputs of a changed cell were those of other code and go.
 */
export function fileText(path: string, now: string, code: string): string {
  const notebook = isNotebook(path) ? parsed(now) : null;
  return notebook ? notebookWith(notebook, code) : code;
}

function notebookWith(notebook: Notebook, script: string): string {
  const pieces = script.replace(/\n$/, '').split(`\n\n${CELL}\n`);
  const code = codeCells(notebook);
  const cells = notebook.cells.flatMap((cell) => {
    if (cell.cell_type !== 'code') return [cell];
    const piece = pieces[code.indexOf(cell)];
    return piece === undefined ? [] : [withCode(cell, piece)];
  });
  const more = pieces.slice(code.length).map((piece) => withCode(NEW_CELL, piece));
  return `${JSON.stringify({ ...notebook, cells: [...cells, ...more] }, null, 1)}\n`;
}

const NEW_CELL: Cell = { cell_type: 'code', metadata: {}, source: [] };

function withCode(cell: Cell, piece: string): Cell {
  const isForeign = piece.startsWith(`${KEPT}%%`);
  const source = piece
    .split('\n')
    .map((line) => (isForeign || MAGIC.test(line) ? line.replace(KEPT, '') : line))
    .join('\n');
  if (source === [cell.source].flat().join('')) return cell;
  return { ...cell, source: source.match(/[^\n]*\n|[^\n]+$/g) ?? [], outputs: [] };
}

/** A cell whose first line hands it to another program is none of Python's. */
function scriptLines(code: string): string {
  const isForeign = /^%%(?!time|capture)/.test(code);
  return code
    .split('\n')
    .map((line) => (isForeign || /^\s*[%!]/.test(line) ? KEPT + line : line))
    .join('\n');
}

const codeCells = ({ cells }: Notebook): readonly Cell[] =>
  cells.filter(({ cell_type }) => cell_type === 'code');

function parsed(text: string): Notebook | null {
  try {
    const found: unknown = JSON.parse(text);
    return holdsCells(found) ? found : null;
  } catch {
    return null;
  }
}

function holdsCells(found: unknown): found is Notebook {
  const { cells } = (found ?? {}) as { readonly cells?: unknown };
  return Array.isArray(cells) && cells.every(isCell);
}

function isCell(found: unknown): found is Cell {
  const { cell_type: type, source } = (found ?? {}) as Partial<Cell>;
  return typeof type === 'string' && [source].flat().every((line) => typeof line === 'string');
}
