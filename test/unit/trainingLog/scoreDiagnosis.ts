import { diagnose } from '../../../src/core/trainingLog/diagnose.ts';
import type { Diagnosis, Finding, FindingKind } from '../../../src/core/trainingLog/diagnosis.ts';
import { forecast } from '../../../src/core/trainingLog/forecast.ts';
import { drawFrom, FIGURES, foreignFall, inOrder, longFall, NEAR_MISSES, powerLaw, settledFall, SIGNALS } from './drawnRuns.ts';
import type { Draw, Drawer, DrawnRun, GradedRun, Noise, Shape } from './drawnRuns.ts';

/** Which runs are drawn. The seeds are not those that thresholds were chosen on; the shapes and the noises are. */
export interface Draws {
  readonly firstSeed: number;
  /** Runs of each shape and noise. */
  readonly runs: number;
  readonly shapes: readonly Shape[];
  readonly noises: readonly Noise[];
}

export const HELD_OUT: Draws = { firstSeed: 2_000_000, runs: 50, shapes: ['power law', 'logistic', 'exponential', 'piecewise'], noises: ['normal', 't(5)'] };

/** How often the diagnosis is right where a finding is there, and how often it is made where it is not. */
export interface Score {
  readonly kind: FindingKind;
  /** Share of the runs with the finding in which it is made, with the right onset where there is one; for a figure, the right grade. */
  readonly right: number;
  /** Share of the runs without it in which it is made; `null` for a figure, which always has some grade. */
  readonly falseAlarms: number | null;
  /** The most telling misses, for people. */
  readonly misses: readonly string[];
}

/** Of these findings being only mentioned is being made; the others have to warn. */
const MENTIONED: readonly FindingKind[] = ['validation-below-training', 'restart', 'too-few-epochs', 'cannot-tell'];

/** Every finding and every figure, scored. */
export function scoreDiagnosis(draws: Draws): Score[] {
  const kinds = Object.keys(SIGNALS) as FindingKind[];
  return [...kinds.map((kind) => scoreOf(kind, draws)), ...(Object.keys(FIGURES) as (keyof typeof FIGURES)[]).map((kind) => gradeOf(kind, draws))];
}

/** How forecasts of curves of one kind come out. */
export interface ForecastScore {
  readonly curves: string;
  /** Share of the forecasts given whose interval holds the value the curve then has. */
  readonly held: number;
  /** Share of the curves a forecast is given for; the others cannot be told. */
  readonly given: number;
}

/** Forecasts of curves that fall on, by kind: power laws, every shape that is drawn, shapes of no family, and curves that have come to stand. */
export function scoreForecast(draws: Draws): ForecastScore[] {
  const kinds: Readonly<Record<string, (draw: Draw) => (epoch: number) => number>> = {
    'power laws': powerLaw,
    'all drawn shapes': longFall,
    'shapes of no family it knows': foreignFall,
    'curves that stand': settledFall,
  };
  return Object.entries(kinds).map(([curves, courseOf]) => {
    const all = kindsOf(draws).map(({ shape, noise, seed }) => {
      const draw = drawFrom(seed, shape, noise);
      return holds(draw, courseOf(draw));
    });
    const given = all.filter((held) => held !== null);
    return { curves, held: given.filter(Boolean).length / given.length, given: given.length / all.length };
  });
}

/** `null` where there is no forecast. */
function holds(draw: Draw, course: (epoch: number) => number): boolean | null {
  const ahead = forecast(Array.from({ length: draw.length }, (_, i) => course(i + 1) + draw.noise()));
  const truth = course(2 * draw.length) + draw.noise();
  return ahead && truth >= ahead.interval[0] && truth <= ahead.interval[1];
}

function scoreOf(kind: FindingKind, draws: Draws): Score {
  const make = SIGNALS[kind];
  if (!make) throw new Error(`Nothing draws ${kind}.`);
  const misses: string[] = [];
  const right = share(draws, make, (drawn, name) => {
    const found = findingOf(diagnose(drawn.log), kind);
    const is = found !== undefined && isAt(found, drawn);
    if (!is) misses.push(`${name}: ${found ? `onset ${found.onsetEpoch} instead of ${drawn.onset}` : 'not found'} in ${drawn.log.epochs.length} epochs`);
    return is;
  });
  const others: Drawer[] = [...(kind === 'plateau' ? [] : [inOrder]), ...(NEAR_MISSES[kind] ?? [])];
  const alarms = others.map((other) => share(draws, other, ({ log }) => findingOf(diagnose(log), kind) !== undefined));
  return { kind, right, falseAlarms: Math.max(...alarms), misses };
}

function gradeOf(kind: keyof typeof FIGURES, draws: Draws): Score {
  const misses: string[] = [];
  const right = share(draws, FIGURES[kind], (drawn, name) => {
    const grade = gradeIn(diagnose(drawn.log), kind);
    if (grade !== drawn.truth) misses.push(`${name}: ${grade} instead of ${drawn.truth} in ${drawn.log.epochs.length} epochs`);
    return grade === drawn.truth;
  });
  return { kind, right, falseAlarms: null, misses };
}

function gradeIn(diagnosis: Diagnosis, kind: keyof typeof FIGURES): string {
  if (kind === 'convergence-trend') return diagnosis.trend;
  if (kind === 'overfitting') return diagnosis.overfitting;
  const text = diagnosis.findings.find((finding) => finding.kind === kind)?.text ?? '';
  return /(\w+) (?:improvement|gap)\.$/.exec(text)?.[1] ?? text;
}

const findingOf = ({ findings }: Diagnosis, kind: FindingKind): Finding | undefined =>
  findings.find((finding) => finding.kind === kind && (finding.severity !== 'info' || MENTIONED.includes(kind)));

/** An onset counts that lies within a fifth of the run's epochs; of a number that is none, the very epoch. */
function isAt({ kind, onsetEpoch }: Finding, { onset, log }: DrawnRun): boolean {
  if (onset === null) return true;
  const reach = kind === 'not-a-number' ? 0 : Math.max(3, log.epochs.length / 5);
  return onsetEpoch !== null && Math.abs(onsetEpoch - onset) <= reach;
}

function share<Run extends DrawnRun | GradedRun>(draws: Draws, make: (draw: Draw) => Run, is: (run: Run, name: string) => boolean): number {
  const all = kindsOf(draws);
  return all.filter(({ shape, noise, seed }) => is(make(drawFrom(seed, shape, noise)), `${shape}, ${noise}, seed ${seed}`)).length / all.length;
}

/** Every run of the draws: its shape, its noise, its seed. */
function kindsOf({ firstSeed, runs, shapes, noises }: Draws): { readonly shape: Shape; readonly noise: Noise; readonly seed: number }[] {
  const kinds = shapes.flatMap((shape) => noises.map((noise) => ({ shape, noise })));
  return kinds.flatMap((kind, k) => Array.from({ length: runs }, (_, i) => ({ ...kind, seed: firstSeed + k * runs + i })));
}
