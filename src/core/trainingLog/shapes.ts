import type { LineScan } from './lineScan.ts';
import { UNKNOWN_STEP } from './logFormat.ts';
import type { LogLine, Reading, Sighting } from './logFormat.ts';
import { readProgress } from './progress.ts';

/** More shapes than this are forgotten: memory stays flat whatever a log holds. */
const MOST_SHAPES = 2_000;

/** What is known of the lines of one shape: nobody reads them, or how they are read. */
type Known = Noise | Pattern;

interface Noise {
  readonly kind: 'noise';
  /** Run of digits of the step counter, -1 for none: a bar under way and a finished one may mean different things. */
  readonly stepRun: number;
  readonly underWay: boolean;
}

interface Pattern {
  readonly kind: 'pattern';
  readonly candidate: number;
  readonly epochRun: number;
  /** Run of digits of the step's number, or what the step is in every line of the shape. */
  readonly step: number | typeof UNKNOWN_STEP | null;
  readonly hasSteps: boolean;
  readonly numbers: readonly NumberPlace[];
}

/** Where a line of the shape has a reading. */
interface NumberPlace {
  readonly key: string;
  readonly firstRun: number;
  readonly lastRun: number;
  /** Characters before the first digit that belong to the number: its sign. */
  readonly sign: number;
  readonly percent: boolean;
}

/** A line of a known shape, read: by whom, and what. */
export interface Recognised {
  readonly candidate: number;
  readonly sighting: Sighting;
}

/** Remembers what lines of each shape mean while the readers' memory stays the same, so that only the first is read in full. */
export class Shapes {
  private readonly known = new Map<number, Known>();

  forget(): void {
    if (this.known.size > 0) this.known.clear();
  }

  /** What the scanned line means: `noise`, a reading of it, or `null` where it has to be read in full. */
  recognise(scan: LineScan, raw: () => string, line: number): Recognised | 'noise' | null {
    const known = this.known.get(scan.shape);
    if (!known) return null;
    if (known.kind === 'noise') return known.stepRun < 0 || isUnderWay(scan, known.stepRun) === known.underWay ? 'noise' : null;
    return { candidate: known.candidate, sighting: sightingOf(known, { scan, raw: raw(), line }) };
  }

  /** No reader had a use for the line. */
  learnNoise(scan: LineScan, line: LogLine): void {
    const progress = readProgress(line.text);
    const stepRun = progress ? runOfCounter(scan, progress) : -1;
    if (progress && stepRun < 0) return;
    this.learn(scan, { kind: 'noise', stepRun, underWay: progress !== null && progress.step < progress.steps });
  }

  /** A reader made a sighting of the line by the line alone. */
  learnSighting(scan: LineScan, candidate: number, sighting: Sighting): void {
    if (sighting.epochAt < 0 || scan.hasEscape) return;
    const numbers = sighting.readings.map((reading) => placeOf(scan, reading));
    const epochRun = scan.runAt(sighting.epochAt);
    const step = stepOf(scan, sighting.step);
    const plain = epochRun >= 0 && String(sighting.epoch) === digits(scan, epochRun) && step !== -1;
    if (!plain || numbers.some((place) => place === null)) return;
    const hasSteps = sighting.step !== null && sighting.step.steps !== null;
    this.learn(scan, { kind: 'pattern', candidate, epochRun, step, hasSteps, numbers: numbers.filter((place) => place !== null) });
  }

  private learn({ shape }: LineScan, known: Known): void {
    if (Number.isNaN(shape)) return;
    if (this.known.size >= MOST_SHAPES) this.known.clear();
    this.known.set(shape, known);
  }
}

/** Where the step of a sighting stands; -1 where that cannot be said. */
function stepOf(scan: LineScan, step: Sighting['step']): Pattern['step'] {
  return step === null || step === UNKNOWN_STEP ? step : scan.runAt(step.at);
}

const digits = (scan: LineScan, run: number): string => String(scan.values[run]);

const isUnderWay = ({ values }: LineScan, stepRun: number): boolean => (values[stepRun] ?? 0) < (values[stepRun + 1] ?? 0);

/** In a line with ANSI codes offsets are not those of its text: there the counter is known by its numbers, if by one place only. */
function runOfCounter(scan: LineScan, { at, step, steps }: { at: number; step: number; steps: number }): number {
  if (!scan.hasEscape) return scan.runAt(at);
  const places = Array.from({ length: Math.max(0, scan.runs - 1) }, (_, run) => run).filter(
    (run) => scan.values[run] === step && scan.values[run + 1] === steps && scan.starts[run + 1] === (scan.starts[run] ?? 0) + (scan.lengths[run] ?? 0) + 1,
  );
  return places.length === 1 ? (places[0] ?? -1) : -1;
}

function placeOf(scan: LineScan, { key, text, value, at }: Reading): NumberPlace | null {
  const sign = /^[-+]/.test(text) ? 1 : 0;
  const firstRun = at < 0 ? -1 : scan.runAt(at + sign);
  if (firstRun < 0) return null;
  const lastRun = firstRun + (text.match(/\d+/g)?.length ?? 0) - 1;
  const percent = Number(text) !== value;
  const ends = (scan.starts[lastRun] ?? -1) + (scan.lengths[lastRun] ?? 0) === at + text.length;
  return ends && (!percent || shareOf(Number(text)) === value) ? { key, firstRun, lastRun, sign, percent } : null;
}

/** Per cent as a share, without the noise of the division. */
export const shareOf = (percent: number): number => Number((percent / 100).toPrecision(15));

interface ScannedLine {
  readonly scan: LineScan;
  readonly raw: string;
  readonly line: number;
}

function sightingOf({ epochRun, step: place, hasSteps, numbers }: Pattern, scanned: ScannedLine): Sighting {
  const { scan, line } = scanned;
  const { values } = scan;
  const readings: Reading[] = [];
  for (const place of numbers) readings.push(readingAt(place, scanned));
  const step = typeof place !== 'number' ? place : { step: values[place] ?? 0, steps: hasSteps ? (values[place + 1] ?? 0) : null, at: -1 };
  return { epoch: values[epochRun] ?? 0, epochAt: -1, readings, line, startsRun: false, step };
}

function readingAt({ key, firstRun, lastRun, sign, percent }: NumberPlace, { scan, raw }: ScannedLine): Reading {
  const at = (scan.starts[firstRun] ?? 0) - sign;
  const text = raw.slice(at, (scan.starts[lastRun] ?? 0) + (scan.lengths[lastRun] ?? 0));
  const number = sign === 0 && lastRun === firstRun + 1 ? decimal(scan, firstRun, text) : Number(text);
  return { key, value: percent ? shareOf(number) : number, text, at, cut: false };
}

const POWERS = Array.from({ length: 16 }, (_, i) => 10 ** i);

/** `12.345` from its two runs of digits: exact while both fit into 53 bits, because one division rounds once. */
function decimal({ values, lengths }: LineScan, run: number, text: string): number {
  const decimals = lengths[run + 1] ?? 0;
  const power = POWERS[decimals];
  if (power === undefined || decimals + (lengths[run] ?? 0) > 15 || text.length !== decimals + (lengths[run] ?? 0) + 1 || text.includes('e') || text.includes('E')) return Number(text);
  return ((values[run] ?? 0) * power + (values[run + 1] ?? 0)) / power;
}
