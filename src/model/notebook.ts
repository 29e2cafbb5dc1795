import * as z from 'zod';

/** Whether a path is that of a Jupyter notebook. */
export const isNotebook = (path: string): boolean => path.toLowerCase().endsWith('.ipynb');

/** What stands between the cells of a notebook's script, as editors write it. */
const CELL = '# %%';

/** A magic or shell line, kept as a comment: Python cannot read it. */
const KEPT = '# notebook: ';

const MAGIC = /^# notebook: \s*[%!]/;

const notebookSchema = z.looseObject({
  cells: z.array(
    z.looseObject({ cell_type: z.string(), source: z.union([z.string(), z.array(z.string())]) }),
  ),
});

type Notebook = z.infer<typeof notebookSchema>;

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

const NEW_CELL: Notebook['cells'][number] = { cell_type: 'code', metadata: {}, source: [] };

function withCode(cell: Notebook['cells'][number], piece: string): Notebook['cells'][number] {
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

const codeCells = ({ cells }: Notebook): Notebook['cells'] =>
  cells.filter(({ cell_type }) => cell_type === 'code');

function parsed(text: string): Notebook | null {
  try {
    return notebookSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
