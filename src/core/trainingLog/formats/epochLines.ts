import type { LineReader, LogFormat, LogLine, Sighting } from '../logFormat.ts';
import { readPairs } from '../pairs.ts';
import { readProgress } from '../progress.ts';

const EPOCH = /(?<![\w-])(?:epoch|ep)\b['"]?\s{0,8}[:=#]?\s{0,8}[[(]?\s{0,8}(\d+(?:\.\d+)?)(?!\w|\.\d)(?:\s{0,4}(?:\/|of)\s{0,4}\d+)?[\])]?/i;
const BRACKET = /^[^\w[]{0,8}\[(\d+)(?:\/\d+)?\]/;
/** Before an epoch number these say that the line looks back, not that the epoch is reported here. */
const LOOKS_BACK = /\b(?:best|resum\w*|restor\w*|load\w*|sav\w*|checkpoint\w*|from|until|after|last|since|early|every)\b/i;

/** JSON is another format's; broken JSON is nobody's. */
const JSON_LINE = /^\s*\{\s*"/;

/** One line an epoch, its number and its values beside each other: `Epoch 3/50 - loss: 0.31`, `epoch 3 | train 0.31`, `[3] loss=0.31`. */
export const epochLines: LogFormat = { name: 'epoch lines', start: (): LineReader => ({ read }) };

function read(line: LogLine): Sighting | null {
  if (JSON_LINE.test(line.text)) return null;
  const match = EPOCH.exec(line.text) ?? BRACKET.exec(line.text);
  if (!match || LOOKS_BACK.test(line.text.slice(0, match.index))) return null;
  const end = match.index + match[0].length;
  const progress = readProgress(line.text.slice(end));
  if (progress && progress.step < progress.steps) return null;
  const readings = [...readPairs({ ...line, text: line.text.slice(0, match.index), terminated: true }), ...readPairs(line, end)];
  const epochMayGoOn = !line.terminated && end === line.text.length;
  if (readings.length === 0 || epochMayGoOn) return null;
  return { epoch: Number(match[1]), readings, line: line.number, startsRun: false };
}
