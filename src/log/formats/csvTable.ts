import { readingOf, UNKNOWN_STEP } from '../logFormat.ts';
import type { LineReader, LogFormat, LogLine, Reading, Sighting } from '../logFormat.ts';
import { parseNumber } from '../numbers.ts';
import { isMeasure, seriesName } from '../seriesName.ts';

interface Header {
  readonly separator: string;
  readonly columns: readonly string[];
  /** Index of the epoch column; -1 without one. */
  readonly epoch: number;
  /** There is a column of steps: an epoch may have many rows. */
  readonly perStep: boolean;
}

/**
 * A table with a header line, as Keras's CSVLogger writes it:
 * `epoch,accuracy,loss,val_accuracy,val_loss`.
 */
export const csvTable: LogFormat = {
  name: 'CSV table',
  start(): LineReader {
    let header: Header | null = null;
    let rows = 0;
    let version = 0;
    return {
      version: () => version,
      read(line) {
        const found = readHeader(line.text);
        if (found && line.terminated) {
          header = found;
          rows = 0;
          version += 1;
          return null;
        }
        if (!header) return null;
        const row = readRow(line, header, rows + 1);
        if (!row) return null;
        rows += 1;
        if (header.epoch < 0) version += 1;
        return row;
      },
    };
  },
};

const cellsOf = (text: string, separator: string): string[] =>
  text.split(separator).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));

function readHeader(text: string): Header | null {
  const separator = [',', ';', '\t'].find((mark) => text.includes(mark));
  if (separator === undefined) return null;
  const columns = cellsOf(text.replace(/^\uFEFF/, ''), separator);
  const isName = (cell: string): boolean => /^[A-Za-z][\w ./@()-]*$/.test(cell);
  if (
    !columns.every((cell) => cell === '' || isName(cell)) ||
    !columns.some((cell) => isMeasure(seriesName(cell)))
  )
    return null;
  const perStep = columns.some((cell) => /^(?:global_)?(?:step|iteration|batch)$/i.test(cell));
  return {
    separator,
    columns: ofFastai(columns),
    epoch: columns.findIndex((cell) => /^epochs?$/i.test(cell)),
    perStep,
  };
}

/**
 * fastai measures its metrics on the validation part, whatever their names say:
 * `epoch,train_loss,valid_loss,accuracy,time`.
 */
export function ofFastai(columns: readonly string[]): readonly string[] {
  const [first, second, third] = columns;
  if (
    first !== 'epoch' ||
    second !== 'train_loss' ||
    third !== 'valid_loss' ||
    columns.at(-1) !== 'time'
  )
    return columns;
  return columns.map((name, i) => (i > 2 && name !== 'time' ? `valid_${name}` : name));
}

function readRow(line: LogLine, header: Header, rowNumber: number): Sighting | null {
  const cells = cellsOf(line.text, header.separator);
  if (cells.length !== header.columns.length) return null;
  const epoch = header.epoch < 0 ? rowNumber : epochOf(cells, header.epoch, line.terminated);
  if (epoch === null) return null;
  const places = line.text.includes('"') ? [] : placesOf(line.text, header.separator);
  const readings = readingsOf(header, { cells, places, terminated: line.terminated });
  if (readings.length === 0) return null;
  const step = header.perStep ? UNKNOWN_STEP : null;
  const epochAt = places[header.epoch] ?? -1;
  return {
    epoch,
    epochAt,
    readings,
    line: line.number,
    startsRun: header.epoch < 0 && rowNumber === 1,
    step,
  };
}

/** The epoch's number; `null` where it is none, or may have been cut. */
function epochOf(cells: readonly string[], column: number, terminated: boolean): number | null {
  const epoch = parseNumber(cells[column] ?? '');
  const cut = !terminated && column === cells.length - 1;
  return epoch !== null && Number.isFinite(epoch) && !cut ? epoch : null;
}

interface Cells {
  readonly cells: readonly string[];
  readonly places: readonly number[];
  readonly terminated: boolean;
}

const readingsOf = ({ columns, epoch }: Header, { cells, places, terminated }: Cells): Reading[] =>
  columns.flatMap((key, i): Reading[] => {
    const text = cells[i] ?? '';
    const value = i === epoch || key === '' ? null : parseNumber(text);
    return value === null
      ? []
      : [
          readingOf({
            key,
            value,
            text,
            at: places[i] ?? -1,
            cut: i === cells.length - 1 && !terminated,
          }),
        ];
  });

/** Offset of the text in each cell. */
function placesOf(text: string, separator: string): number[] {
  let offset = 0;
  return text.split(separator).map((cell) => {
    const at = offset + cell.length - cell.trimStart().length;
    offset += cell.length + 1;
    return at;
  });
}
