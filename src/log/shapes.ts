import { KnownLine } from './knownLine.ts';
import type { LineScan } from './lineScan.ts';
import type { LogLine, Sighting } from './logFormat.ts';
import { readProgress } from './progress.ts';

/** More shapes than this are forgotten: memory stays flat whatever a log holds. */
const MOST_SHAPES = 2_000;

/** What lines of one shape mean to nobody. */
interface Noise {
  /**
   * Run of digits of the step counter, -1 for none: a bar under way and a finished one may mean
   * different things.
   */
  readonly stepRun: number;
  readonly underWay: boolean;
}

/**
 * Remembers what lines of each shape mean while the readers' memory stays the same, so that only
 * the first is read in full.
 */
export class Shapes {
  private readonly known = new Map<number, Noise | KnownLine>();
  private last: Noise | KnownLine | undefined;
  private lastShape = NaN;

  forget(): void {
    if (this.known.size > 0) this.known.clear();
    this.lastShape = NaN;
  }

  /**
   * What the scanned line means: `noise`, a reading of it (valid until the next), or `null` where
   * it has to be read in full.
   */
  recognise(scan: LineScan, line: number): KnownLine | 'noise' | null {
    // Lines of one shape stand together.
    if (scan.shape !== this.lastShape) {
      this.last = this.known.get(scan.shape);
      this.lastShape = scan.shape;
    }
    const { last } = this;
    if (last === undefined) return null;
    if (last instanceof KnownLine) return last.reads(scan, line) ? last : null;
    return last.stepRun < 0 || isUnderWay(scan, last.stepRun) === last.underWay ? 'noise' : null;
  }

  /** No reader had a use for the line. */
  learnNoise(scan: LineScan, line: LogLine): void {
    const progress = readProgress(line.text);
    const stepRun = progress ? runOfCounter(scan, progress) : -1;
    if (progress && stepRun < 0) return;
    this.learn(scan, { stepRun, underWay: progress !== null && progress.step < progress.steps });
  }

  /** A reader made a sighting of the line by the line alone. */
  learnSighting(scan: LineScan, candidate: number, sighting: Sighting): void {
    const known =
      sighting.epochAt < 0 || scan.hasEscape ? null : KnownLine.of(scan, candidate, sighting);
    if (known) this.learn(scan, known);
  }

  private learn({ shape }: LineScan, known: Noise | KnownLine): void {
    if (Number.isNaN(shape)) return;
    if (this.known.size >= MOST_SHAPES) this.known.clear();
    this.known.set(shape, known);
    this.lastShape = NaN;
  }
}

const isUnderWay = ({ values }: LineScan, stepRun: number): boolean =>
  (values[stepRun] ?? 0) < (values[stepRun + 1] ?? 0);

/**
 * In a line with ANSI codes offsets are not those of its text: there the counter is known by its
 * numbers, if by one place only.
 */
function runOfCounter(
  scan: LineScan,
  { at, step, steps }: { at: number; step: number; steps: number },
): number {
  if (!scan.hasEscape) return scan.runAt(at);
  const places = Array.from({ length: Math.max(0, scan.runs - 1) }, (_, run) => run).filter(
    (run) =>
      scan.values[run] === step &&
      scan.values[run + 1] === steps &&
      scan.places[run + 1] === (scan.places[run] ?? 0) + (scan.lengths[run] ?? 0) + 1,
  );
  return places.length === 1 ? (places[0] ?? -1) : -1;
}
