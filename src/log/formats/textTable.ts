import { readingOf } from '../logFormat.ts';
import type { LineReader, LogFormat, LogLine, Reading, Sighting } from '../logFormat.ts';
import { parseNumber } from '../numbers.ts';
import { isMeasure, seriesName } from '../seriesName.ts';
import { ofFastai } from './csvTable.ts';

const EPOCH = /^(?:epoch|iter)$/i;
const NAME = /^[A-Za-z][\w ./()-]*$/;

/**
 * A table set with spaces under a header that begins with the epoch: fastai, skorch, scikit-learn's
 * boosting.
 */
export const textTable: LogFormat = {
  name: 'text table',
  start(): LineReader {
    let columns: readonly string[] | null = null;
    let version = 0;
    return {
      version: () => version,
      read(line) {
        const header = line.terminated ? readHeader(line.text) : null;
        if (header) {
          columns = header;
          version += 1;
          return null;
        }
        return columns && readRow(line, columns);
      },
    };
  },
};

function readHeader(text: string): readonly string[] | null {
  const trimmed = text.trim();
  if (!/^(?:epoch|iter)\s/i.test(trimmed)) return null;
  const names = trimmed.split(/\s{2,}/).length > 1 ? trimmed.split(/\s{2,}/) : trimmed.split(/\s+/);
  const measures = names.some((name) => isMeasure(seriesName(name)));
  return names.length > 1 &&
    EPOCH.test(names[0] ?? '') &&
    names.every((name) => NAME.test(name)) &&
    measures
    ? ofFastai(names)
    : null;
}

function readRow(line: LogLine, columns: readonly string[]): Sighting | null {
  if (!/^\s*\d/.test(line.text)) return null;
  const cells = [...line.text.matchAll(/\S+/g)];
  const epoch = parseNumber(cells[0]?.[0] ?? '');
  if (
    epoch === null ||
    !Number.isInteger(epoch) ||
    !fits(cells.length, columns.length, line.terminated)
  )
    return null;
  const readings = columns.flatMap((key, i): Reading[] => {
    const cell = cells[i];
    const value = i === 0 || !cell ? null : parseNumber(cell[0]);
    const cut = !line.terminated && i === cells.length - 1;
    return value === null || !cell
      ? []
      : [readingOf({ key, value, text: cell[0], at: cell.index, cut })];
  });
  return readings.length === 0
    ? null
    : {
        epoch,
        epochAt: cells[0]?.index ?? -1,
        readings,
        line: line.number,
        startsRun: false,
        step: null,
      };
}

/** A row has a cell a column; skorch adds a mark to its best. A cut one may have fewer. */
const fits = (cells: number, columns: number, terminated: boolean): boolean =>
  terminated ? cells >= columns && cells <= columns + 1 : cells > 1 && cells <= columns;
