import type { LineReader, LogFormat, LogLine, Reading, Sighting } from '../logFormat.ts';
import { parseNumber } from '../numbers.ts';
import { isMeasure, seriesName } from '../seriesName.ts';

interface Header {
  readonly separator: string;
  readonly columns: readonly string[];
  /** Index of the epoch column; -1 without one. */
  readonly epoch: number;
}

/** A table with a header line, as Keras's CSVLogger writes it: `epoch,accuracy,loss,val_accuracy,val_loss`. */
export const csvTable: LogFormat = {
  name: 'CSV table',
  start(): LineReader {
    let header: Header | null = null;
    let rows = 0;
    return {
      read(line) {
        const found = readHeader(line.text);
        if (found && line.terminated) {
          header = found;
          rows = 0;
          return null;
        }
        if (!header) return null;
        const row = readRow(line, header, rows + 1);
        if (row) rows += 1;
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
  if (!columns.every((cell) => cell === '' || isName(cell)) || !columns.some((cell) => isMeasure(seriesName(cell)))) return null;
  return { separator, columns, epoch: columns.findIndex((cell) => /^epochs?$/i.test(cell)) };
}

function readRow(line: LogLine, header: Header, rowNumber: number): Sighting | null {
  const cells = cellsOf(line.text, header.separator);
  if (cells.length !== header.columns.length) return null;
  const last = cells.length - 1;
  const epoch = header.epoch < 0 ? rowNumber : parseNumber(cells[header.epoch] ?? '');
  if (epoch === null || !Number.isFinite(epoch) || (!line.terminated && header.epoch === last)) return null;
  const readings = header.columns.flatMap((key, i): Reading[] => {
    const text = cells[i] ?? '';
    const value = i === header.epoch || key === '' ? null : parseNumber(text);
    return value === null ? [] : [{ key, value, text, cut: i === last && !line.terminated }];
  });
  if (readings.length === 0) return null;
  return { epoch, readings, line: line.number, startsRun: header.epoch < 0 && rowNumber === 1 };
}
