import type { LineReader, LogFormat, LogLine, Reading, Sighting } from '../logFormat.ts';
import { readPairs } from '../pairs.ts';
import { readProgress } from '../progress.ts';
import type { Progress } from '../progress.ts';
import { isKnownName, seriesName } from '../seriesName.ts';

const HEADER = /^\s{0,8}epoch\s{1,4}(\d+)\s{0,4}\/\s{0,4}\d+\s{0,8}$/i;
/** How a line under a header begins when it belongs to it: a step counter, a time, a dash. */
const BELONGS = /^\s*(?:\d+\/\d+\b|-\s|\d+(?:\.\d+)?\s?[mun]?s\b)/i;
const BEGINS_WITH_PAIR = /^\s*[\w./-]+(?: [\w./-]+)?\s*[:=]/;
/** A named number somewhere: what the rest looks at costs more. */
const MAY_BELONG = /[:=]\s{0,3}(?:[-+.]?\d|[-+]?nan|[-+]?inf)/i;
/** The bar of tfjs while it moves; its last state is followed by a line of its own. */
const UNDER_WAY = /^\s*eta[=:]/i;

interface State {
  epoch: number;
  /** Steps of an epoch's bar, and whether it has come to its end. */
  steps: number | null;
  done: boolean;
  validated: boolean;
  newRun: boolean;
  version: number;
}

/**
 * The console of Keras and tfjs: a line `Epoch 3/50`, under it a progress bar (or one line) whose
 * last state holds the values.
 */
export const kerasConsole: LogFormat = {
  name: 'Keras console',
  start(): LineReader {
    let state: State | null = null;
    return {
      version: () => state?.version ?? 0,
      read(line) {
        const header = HEADER.exec(line.text);
        if (header) {
          if (line.terminated) state = begin(Number(header[1]), state);
          return null;
        }
        return state && readValues(line, state);
      },
    };
  },
};

const begin = (epoch: number, before: State | null): State => ({
  epoch,
  steps: null,
  done: false,
  validated: false,
  newRun: before !== null && epoch <= before.epoch,
  version: (before?.version ?? 0) + 1,
});

function readValues(line: LogLine, state: State): Sighting | null {
  if (!MAY_BELONG.test(line.text) || UNDER_WAY.test(line.text)) return null;
  const readings = readPairs(line);
  if (readings.length === 0 || !belongs(line.text, readings)) return null;
  if (!accept(state, readProgress(line.text), readings)) return null;
  const { epoch, newRun } = state;
  state.newRun = false;
  return { epoch, epochAt: -1, readings, line: line.number, startsRun: newRun, step: null };
}

function belongs(text: string, readings: readonly Reading[]): boolean {
  if (BELONGS.test(text)) return true;
  const first = readings[0];
  return first !== undefined && isKnownName(first.key) && BEGINS_WITH_PAIR.test(text);
}

/**
 * A bar that is under way is no result; a second bar after a finished one is an evaluation, unless
 * it adds the validation.
 */
function accept(state: State, progress: Progress | null, readings: readonly Reading[]): boolean {
  if (state.validated) return false;
  if (progress && progress.step < progress.steps) {
    if (state.done) state.version += 1;
    state.validated = state.done;
    return false;
  }
  const validates = readings.some((reading) => seriesName(reading.key).startsWith('val_'));
  const sameBar = !progress || state.steps === null || progress.steps === state.steps;
  if (state.done && !(validates && sameBar)) return false;
  state.steps = progress?.steps ?? state.steps;
  state.done = true;
  state.version += 1;
  state.validated = validates;
  return true;
}
