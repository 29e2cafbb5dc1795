import { diagnose } from '../../../src/log/diagnose.ts';
import type { Diagnosis, Finding, FindingKind } from '../../../src/log/diagnosis.ts';
import type { Shape } from './curveShapes.ts';
import { HELD_OUT_SHAPES, TUNED_SHAPES } from './curveShapes.ts';
import { drawFrom, inOrder } from './draw.ts';
import type { Draw, DrawnRun, Noise, Range } from './draw.ts';
import { FIGURES } from './drawnFigures.ts';
import type { Figure, GradedRun } from './drawnFigures.ts';
import { SIGNALS } from './drawnRuns.ts';
import type { Signal } from './drawnRuns.ts';
import type { Drawer } from './drawers.ts';
import { bestPossible, measureSignal } from './measureSignal.ts';

/** Which runs are drawn: seeds from the first on, so many of each shape and noise. */
export interface Draws {
  readonly firstSeed: number;
  readonly runs: number;
  readonly shapes: readonly Shape[];
  readonly noises: readonly Noise[];
}

const noises: readonly Noise[] = ['normal', 't(5)'];

/** Seeds that no threshold was chosen on, of the shapes that they were chosen on. */
export const NEW_SEEDS: Draws = { firstSeed: 4_000_000, runs: 50, shapes: TUNED_SHAPES, noises };
/** Seeds and shapes that no threshold was chosen on. */
export const NEW_SHAPES: Draws = {
  firstSeed: 6_000_000,
  runs: 33,
  shapes: HELD_OUT_SHAPES,
  noises,
};

/**
 * How often the diagnosis is right where a finding is there, and how often it is made where it is
 * not.
 */
export interface Score {
  readonly name: string;
  /**
   * What was put into the runs, in standard deviations of one epoch, measured on the runs; `null`
   * where it has no size.
   */
  readonly signal: number | null;
  /**
   * Share of the runs with the finding in which it is made, with the right onset where there is
   * one; for a figure, the right grade.
   */
  readonly right: number;
  /**
   * Share of the runs without it in which it is made; `null` for a figure, which always has some
   * grade.
   */
  readonly falseAlarms: number | null;
  readonly epochs: readonly [number, number];
  /**
   * Share of the runs in which the best test there can be would find it, at five false alarms in a
   * hundred; `null` where it has no size.
   */
  readonly possible: number | null;
  /** The most telling misses, for people. */
  readonly misses: readonly string[];
}

/** Of these findings being only mentioned is being made; the others have to warn. */
const MENTIONED: readonly FindingKind[] = [
  'validation-below-training',
  'restart',
  'too-few-epochs',
  'cannot-tell',
];

/** Every finding and every figure, scored. */
export const scoreDiagnosis = (draws: Draws): Score[] => [
  ...SIGNALS.map((signal) => scoreOf(signal, draws)),
  ...FIGURES.map((figure) => gradeOf(figure, draws)),
];

/**
 * Findings on runs too short for three standard deviations to be told for sure: how often they are
 * right, beside the best that any test could be.
 */
export const scoreShortRuns = (draws: Draws): Score[] =>
  SIGNALS.filter(({ epochs, onlyLong }) => epochs[0] > SHORTEST && !onlyLong).map((signal) =>
    scoreOf({ ...signal, epochs: [SHORTEST, signal.epochs[0] - 1] }, draws),
  );

const SHORTEST = 15;

function scoreOf(signal: Signal, draws: Draws): Score {
  const { kind, way } = signal;
  const misses: string[] = [];
  const runs = drawAll(draws, signal, signal.draw);
  const right = runs.filter(({ run, name }) => {
    const found = findingOf(diagnose(run.log), kind);
    const is = found !== undefined && isAt(found, run);
    if (!is)
      misses.push(
        `${name}: ` +
          `${found ? `onset ${found.onsetEpoch} instead of ${run.onset}` : 'not found'} in ` +
          `${run.log.epochs.length} epochs`,
      );
    return is;
  });
  const others: Drawer[] = [...(kind === 'plateau' ? [] : [inOrder]), ...signal.nearMisses];
  const alarms = others.map(
    (other) =>
      drawAll(draws, signal, other).filter(
        ({ run }) => findingOf(diagnose(run.log), kind) !== undefined,
      ).length / runs.length,
  );
  return {
    name: way ? `${kind} (${way})` : kind,
    ...sizeOf(runs, signal),
    right: right.length / runs.length,
    falseAlarms: Math.max(...alarms),
    misses,
  };
}

function gradeOf(figure: Figure, draws: Draws): Score {
  const misses: string[] = [];
  const runs = drawAll(draws, figure, figure.draw);
  const right = runs.filter(({ run, name }) => {
    const grade = gradeIn(diagnose(run.log), figure.kind);
    if (grade !== run.grade)
      misses.push(`${name}: ${grade} instead of ${run.grade} in ${run.log.epochs.length} epochs`);
    return grade === run.grade;
  });
  return {
    name: `${figure.kind}, its grade`,
    ...sizeOf(runs, figure),
    right: right.length / runs.length,
    falseAlarms: null,
    misses,
  };
}

function sizeOf(
  drawn: readonly { readonly run: DrawnRun }[],
  { epochs }: Range,
): Pick<Score, 'signal' | 'possible' | 'epochs'> {
  const runs = drawn.map(({ run }) => run);
  return { signal: measureSignal(runs), possible: bestPossible(runs), epochs };
}

function gradeIn(diagnosis: Diagnosis, kind: Figure['kind']): string {
  if (kind === 'convergence-trend') return diagnosis.trend;
  if (kind === 'overfitting') return diagnosis.overfitting;
  const text = diagnosis.findings.find((finding) => finding.kind === kind)?.text ?? '';
  return /(\w+) (?:improvement|gap)\.$/.exec(text)?.[1] ?? text;
}

const findingOf = ({ findings }: Diagnosis, kind: FindingKind): Finding | undefined =>
  findings.find(
    (finding) => finding.kind === kind && (finding.severity !== 'info' || MENTIONED.includes(kind)),
  );

/**
 * An onset counts that lies within a fifth of the run's epochs; of a number that is none, the very
 * epoch.
 */
function isAt({ kind, onsetEpoch }: Finding, { onset, log }: DrawnRun): boolean {
  if (onset === null) return true;
  const reach = kind === 'not-a-number' ? 0 : Math.max(3, log.epochs.length / 5);
  return onsetEpoch !== null && Math.abs(onsetEpoch - onset) <= reach;
}

/** Every run of the draws, with what it is called among the misses. */
function drawAll<Run extends DrawnRun | GradedRun>(
  { firstSeed, runs, shapes, noises: kinds }: Draws,
  range: Range,
  make: (draw: Draw) => Run,
): { readonly run: Run; readonly name: string }[] {
  const pairs = shapes.flatMap((shape) => kinds.map((noise) => ({ shape, noise })));
  return pairs.flatMap(({ shape, noise }, k) =>
    Array.from({ length: runs }, (_, i) => {
      const seed = firstSeed + k * runs + i;
      return {
        run: make(drawFrom(seed, shape, noise, range)),
        name: `${shape.name}, ${noise}, seed ${seed}`,
      };
    }),
  );
}
