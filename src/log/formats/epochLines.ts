import type { LineReader, LogFormat, LogLine, Reading, Sighting, StepPlace } from '../logFormat.ts';
import { readPairs } from '../pairs.ts';
import { readNamedStep, readProgress } from '../progress.ts';

const EPOCH =
  /(?<![\w-])(?:epoch|ep)\b['"]?\s{0,8}[:=#]?\s{0,8}[[(]?\s{0,8}(\d+(?:\.\d+)?)(?!\w|\.\d)(?:\s{0,4}(?:\/|of)\s{0,4}\d+)?[\])]?/i;
const BRACKET = /^[^\w[]{0,8}\[(\d+)(?:\/\d+)?\]/;
/**
 * Before an epoch number these say that the line looks back, not that the epoch is reported here.
 */
const LOOKS_BACK =
  /\b(?:best|resum\w*|restor\w*|load\w*|sav\w*|checkpoint\w*|from|until|after|last|since|early|every)\b/i;

/** JSON is another format's; broken JSON is nobody's. */
const JSON_LINE = /^\s*\{\s*"/;

/**
 * One line an epoch, its number and its values beside each other: `Epoch 3/50 - loss: 0.31`, `epoch
 * 3 | train 0.31`, `[3] loss=0.31`.
 */
export const epochLines: LogFormat = { name: 'epoch lines', start: (): LineReader => ({ read }) };

/** Boosting rounds of CatBoost: `12:	learn: 0.61	test: 0.62	best: 0.62 (12)`. */
const ROUND = /^(\d+):(?=\s+learn:)/;
/** scikit-learn's `Iteration 12, loss = 0.31`. */
const ITERATION = /^Iteration (\d+)(?=, loss = )/;
/** A progress display: what it shows on the way is a running mean, not the value of a step. */
const BAR = /%\||\bit\/s\b/;

function read(line: LogLine): Sighting | null {
  if (JSON_LINE.test(line.text)) return null;
  const match =
    EPOCH.exec(line.text) ??
    BRACKET.exec(line.text) ??
    ROUND.exec(line.text) ??
    ITERATION.exec(line.text);
  if (!match || LOOKS_BACK.test(line.text.slice(0, match.index))) return null;
  const end = match.index + match[0].length;
  const step = stepOf(line.text, end);
  const bar = BAR.test(line.text);
  if (bar && isUnderWay(step)) return null;
  const readings = readingsOf(line, match.index, end);
  const epochMayGoOn = !line.terminated && end === line.text.length;
  if (readings.length === 0 || epochMayGoOn) return null;
  const epochAt = bar ? -1 : match.index + match[0].search(/\d/);
  return {
    epoch: Number(match[1]),
    epochAt,
    readings,
    line: line.number,
    startsRun: false,
    step: bar ? null : step,
  };
}

const isUnderWay = (step: StepPlace | null): boolean =>
  step !== null && step.steps !== null && step.step < step.steps;

function readingsOf(line: LogLine, begin: number, end: number): Reading[] {
  const readings = [
    ...readPairs({ ...line, text: line.text.slice(0, begin), terminated: true }),
    ...readPairs(line, end),
  ];
  return ROUND.test(line.text) ? readings.map(asValidation) : readings;
}

/** CatBoost calls the validation part `test`. */
const asValidation = (reading: Reading): Reading =>
  reading.key === 'test' ? { ...reading, key: 'valid' } : reading;

function stepOf(text: string, end: number): StepPlace | null {
  const rest = text.slice(end);
  const place = readNamedStep(rest) ?? readProgress(rest);
  return place && { ...place, at: end + place.at };
}
