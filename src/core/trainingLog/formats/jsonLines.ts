import type { LineReader, LogFormat, Reading, Sighting } from '../logFormat.ts';
import { parseNumber } from '../numbers.ts';

/** Python writes `NaN` and `Infinity` into JSON; JSON has no such words. */
const BARE_WORD = /([:[,]\s*)(-?(?:NaN|Infinity))(?=\s*[,}\]])/g;

/** One JSON object a line: `{"epoch": 3, "loss": 0.31, "val_loss": 0.35}`; without an epoch, each line is one. */
export const jsonLines: LogFormat = {
  name: 'JSON lines',
  start(): LineReader {
    let rows = 0;
    return {
      read(line) {
        const object = parseObject(line.text);
        if (!object) return null;
        const readings = flatten(object, '');
        if (readings.length === 0) return null;
        const epoch = epochOf(object);
        rows += 1;
        return { epoch: epoch ?? rows, readings, line: line.number, startsRun: false } satisfies Sighting;
      },
    };
  },
};

function parseObject(text: string): Record<string, unknown> | null {
  const trimmed = text.trim();
  if (!trimmed.startsWith('{') || !trimmed.endsWith('}')) return null;
  try {
    const value: unknown = JSON.parse(trimmed.replace(BARE_WORD, '$1"$2"'));
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

const isEpoch = (key: string): boolean => /(?:^|[/._])epoch$/i.test(key);

function epochOf(object: Record<string, unknown>): number | null {
  const [, value] = Object.entries(object).find(([key]) => isEpoch(key)) ?? [];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function flatten(object: Record<string, unknown>, prefix: string): Reading[] {
  return Object.entries(object).flatMap(([key, value]) => {
    const name = prefix === '' ? key : `${prefix}/${key}`;
    if (isEpoch(key)) return [];
    if (prefix === '' && typeof value === 'object' && value !== null && !Array.isArray(value)) return flatten({ ...value }, name);
    const number = typeof value === 'number' ? value : typeof value === 'string' ? parseNumber(value) : null;
    return number === null ? [] : [{ key: name, value: number, text: String(value), cut: false }];
  });
}

