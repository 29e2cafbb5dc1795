import { readingOf } from '../logFormat.ts';
import type { LineReader, LogFormat, LogLine, Reading } from '../logFormat.ts';
import { parseNumber } from '../numbers.ts';

/** A pattern may take long on a long line: a longer one is noise. */
const LONGEST_LINE = 4_000;

/**
 * Lines by a regular expression of the user's: a group `epoch` (without one, each match is an
 * epoch) and a group for each series.
 */
export function userPattern(pattern: string): LogFormat {
  return {
    name: 'own pattern',
    start(): LineReader {
      const expression = new RegExp(pattern);
      let rows = 0;
      return {
        version: () => rows,
        read(line) {
          const groups =
            line.text.length > LONGEST_LINE || !line.terminated
              ? undefined
              : expression.exec(line.text)?.groups;
          const readings = groups ? readingsOf(groups, line) : [];
          const epoch = groups?.['epoch'] === undefined ? rows + 1 : parseNumber(groups['epoch']);
          if (readings.length === 0 || epoch === null || !Number.isFinite(epoch)) return null;
          rows += 1;
          return { epoch, epochAt: -1, readings, line: line.number, startsRun: false, step: null };
        },
      };
    },
  };
}

function readingsOf(
  groups: Readonly<Record<string, string | undefined>>,
  { terminated }: LogLine,
): Reading[] {
  return Object.entries(groups).flatMap(([key, text]): Reading[] => {
    const value = key === 'epoch' || text === undefined ? null : parseNumber(text);
    return value === null || text === undefined
      ? []
      : [readingOf({ key, value, text, at: -1, cut: !terminated })];
  });
}
