import type { FindingKind } from '../../../src/core/trainingLog/diagnosis.ts';
import type { TrainingLog } from '../../../src/core/trainingLog/trainingLog.ts';
import { seededRandom } from '../../../src/util/seededRandom.ts';

/** How a curve comes down, and how its epochs scatter. */
export type Shape = 'exponential' | 'piecewise' | 'power law' | 'logistic';
export type Noise = 'normal' | 't(5)';

/** A run whose truth is known because it was drawn. */
export interface DrawnRun {
  readonly log: TrainingLog;
  /** The epoch at which what was put there begins, where that is asked. */
  readonly onset: number | null;
}

/** Draws a run, with something in it or without; `signal` in standard deviations of one epoch. */
export type Drawer = (draw: Draw) => DrawnRun;

/** What the drawers are given: lengths, levels, paces and noise all vary from run to run. */
export interface Draw {
  readonly shape: Shape;
  readonly length: number;
  /** Where the curve settles, and how many times that above it begins. */
  readonly floor: number;
  readonly drop: number;
  /** Standard deviation of one epoch. */
  readonly sigma: number;
  between(low: number, high: number): number;
  noise(): number;
}

/** One draw: everything follows from the seed. */
export function drawFrom(seed: number, shape: Shape, kind: Noise): Draw {
  const random = seededRandom(seed);
  const between = (low: number, high: number): number => low + (high - low) * random.next();
  const gauss = (): number => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  // Student's t of five degrees of freedom, brought to a standard deviation of one.
  const student = (): number => (gauss() / Math.sqrt(Array.from({ length: 5 }, gauss).reduce((sum, value) => sum + value * value, 0) / 5)) * Math.sqrt(3 / 5);
  const floor = 10 ** between(-1.5, 0.7);
  const sigma = between(0.008, 0.03);
  return {
    shape, floor, sigma: sigma * floor, drop: between(1.5, 5), between,
    length: Math.round(15 * (200 / 15) ** random.next()),
    noise: () => sigma * floor * (kind === 'normal' ? gauss() : student()),
  };
}

type Course = (epoch: number) => number;

const FALLS: Readonly<Record<Shape, (u: number) => number>> = {
  exponential: (u) => Math.exp(-6 * u),
  piecewise: (u) => Math.max(0, 1 - u),
  'power law': (u) => (1 + 30 * u) ** -2,
  logistic: (u) => 1.0025 / (1 + Math.exp(12 * (u - 0.5))),
};

const LONG_FALLS: Readonly<Record<Shape, (u: number) => number>> = {
  exponential: (u) => Math.exp(-2 * u),
  piecewise: (u) => (u < 0.5 ? 1 - 1.4 * u : 0.6 - 0.6 * u),
  'power law': (u) => (1 + 5 * u) ** -0.7,
  logistic: (u) => 1 / (1 + Math.exp(4 * (u - 0.6))),
};

/** Comes down to the floor by epoch `settled` and stays. */
const settling = ({ shape, floor, drop }: Draw, settled: number): Course => (t) => floor * (1 + drop * FALLS[shape]((t - 1) / settled));

const pacesOf = (draw: Draw): number => Math.max(4, draw.length * draw.between(0.15, 0.4));

/**
 * The signal: three standard deviations of one epoch over twenty epochs, and as much more over fewer as fewer epochs say less
 * (with a slope over n epochs its z score is 3·√(n/12), whatever the test).
 */
const signalOver = ({ sigma }: Draw, epochs: number): number => 3 * sigma * Math.sqrt(Math.max(1, 20 / epochs));

const tailOf = ({ length }: Draw): number => Math.max(5, Math.round(length / 3));

/** Falls all the way, by the signal over the last third. */
function falling(draw: Draw): Course {
  const { length, shape, floor } = draw;
  const fall = LONG_FALLS[shape];
  const from = length - tailOf(draw) + 1;
  const scale = Math.max(signalOver(draw, tailOf(draw)), 0.03 * floor) / (fall(from / length) - fall(1));
  return (t) => floor + scale * (fall(t / length) - fall(1));
}

/** Falls as models with ever more data do, all the way to the floor. */
export function powerLaw({ floor, drop, between }: Draw): Course {
  const exponent = between(0.3, 1.5);
  return (t) => floor * (1 + drop * t ** -exponent);
}

/** Falls in its shape, and goes on in it beyond the run's last epoch. */
export function longFall({ shape, floor, drop, length }: Draw): Course {
  return (t) => floor * (1 + drop * LONG_FALLS[shape](t / length));
}

/** Shapes that are in no family a forecast knows. */
const FOREIGN_FALLS: readonly [Course, ...Course[]] = [
  (u) => 0.6 * Math.exp(-12 * u) + 0.4 * Math.exp(-1.2 * u),
  (u) => 1 - 0.25 * Math.log(1 + 20 * u),
  (u) => 1 - Math.exp(-2.5 * Math.exp(-3.5 * u)),
  (u) => 0.5 * Math.exp(-8 * u) + 0.5 / Math.sqrt(1 + 10 * u),
];

/** Falls in shapes no forecast was fitted to, and goes on in them beyond the run's last epoch. */
export function foreignFall(draw: Draw): Course {
  const fall = oneOf(draw, FOREIGN_FALLS);
  return (t) => draw.floor * (1 + draw.drop * fall(t / draw.length));
}

/** Comes down early and stands, beyond the run's last epoch too. */
export const settledFall = (draw: Draw): Course => settling(draw, pacesOf(draw));

const ramp = (from: number, by: number, to: number): Course => (t) => (t <= from ? 0 : (by * (t - from)) / (to - from));

const steady = (draw: Draw, course: Course): number[] => Array.from({ length: draw.length }, (_, i) => course(i + 1) + draw.noise());
const exactly = ({ length }: Draw, course: Course): number[] => Array.from({ length }, (_, i) => course(i + 1));

function run(series: TrainingLog['series'], onset: number | null = null): DrawnRun {
  const length = Math.max(0, ...Object.values(series).map((values) => values.length));
  const epochs = Array.from({ length }, (_, i) => i + 1);
  return { log: { source: 'drawn', format: 'drawn', epochs, series, lines: epochs, run: { index: 1, count: 1 }, notes: [] }, onset };
}

const both = (draw: Draw, loss: Course, valLoss: Course, more: TrainingLog['series'] = {}): DrawnRun =>
  run({ loss: steady(draw, loss), val_loss: steady(draw, valLoss), ...more });

/** Nothing is wrong: both curves come down to less than half and stand, validation a little above. */
export const inOrder: Drawer = (draw) => {
  const course = settling(draw, pacesOf(draw));
  return both(draw, course, (t) => 1.03 * course(t));
};

/** Steps need a dozen epochs after them, and a run that has settled twenty before. */
const long = (draw: Draw, least: number): Draw => ({ ...draw, length: Math.max(least, draw.length) });

/** Both curves stand still at a level of the run's own from its first epoch on. */
const still = (level: number): Course => () => level;

/** What each finding looks like at a signal of three standard deviations. */
export const SIGNALS: Readonly<Partial<Record<FindingKind, Drawer>>> = {
  'under-trained': (draw) => both(draw, falling(draw), (t) => 1.03 * falling(draw)(t)),
  plateau: (draw) => {
    const settled = pacesOf(draw);
    const course = settling(draw, settled);
    const onset = exactly(draw, course).findIndex((value) => value - draw.floor < draw.sigma) + 1;
    return { ...both(draw, course, (t) => 1.03 * course(t)), onset };
  },
  overfitting: (draw) => {
    const onset = Math.round(draw.length * draw.between(0.3, 0.55));
    const rise = Math.max(signalOver(draw, draw.length - onset), 0.08 * draw.floor) + draw.sigma;
    const course = settling(draw, onset);
    const down = signalOver(draw, draw.length - onset) + 0.05 * draw.floor;
    return { ...both(draw, (t) => course(t) + down - ramp(onset, down, draw.length)(t), (t) => course(t) + down + ramp(onset, rise, draw.length)(t)), onset };
  },
  underfitting: (draw) => {
    const course = settling({ ...draw, drop: Math.max(draw.between(0.3, 0.7), (12 * draw.sigma) / draw.floor) }, Math.max(8, pacesOf(draw)));
    return both(draw, course, (t) => 1.02 * course(t));
  },
  divergence: (draw) => {
    const onset = Math.round(draw.length * draw.between(0.35, 0.65));
    const course = settling(draw, onset);
    const rise = Math.max(signalOver(draw, draw.length - onset), 0.4 * draw.floor);
    return { ...both(draw, (t) => course(t) + ramp(onset, rise, draw.length)(t), (t) => 1.03 * course(t) + ramp(onset, rise, draw.length)(t)), onset };
  },
  'not-a-number': (draw) => {
    const { log } = inOrder(draw);
    const onset = Math.ceil(draw.length * draw.between(0.2, 0.95));
    const word = draw.between(0, 1) < 0.5 ? NaN : Infinity;
    return { log: { ...log, series: { ...log.series, loss: (log.series['loss'] ?? []).map((value, i) => (i + 1 < onset ? value : word)) } }, onset };
  },
  oscillation: (draw) => {
    const { log } = inOrder(draw);
    if (draw.between(0, 1) < 0.4) {
      const spikes = Array.from({ length: 3 }, (_, i) => Math.round(draw.length * (0.4 + 0.2 * i)));
      const height = Math.max(15 * draw.sigma, 0.4 * draw.floor);
      return run({ ...log.series, loss: (log.series['loss'] ?? []).map((value, i) => (value ?? 0) + (spikes.includes(i) ? height : 0)) });
    }
    const swing = Math.max(3 * draw.sigma, 0.15 * draw.floor);
    return run({ ...log.series, loss: (log.series['loss'] ?? []).map((value, i) => (value ?? 0) + (i % 2 === 0 ? swing : -swing) * draw.between(0.7, 1.3)) });
  },
  creeping: (draw) => {
    const fall = draw.between(0.03, 0.07) * draw.floor;
    const quiet = { ...draw, noise: () => (draw.noise() * fall) / signalOver(draw, draw.length) };
    const course: Course = (t) => draw.floor - (fall * t) / draw.length;
    return both(quiet, course, (t) => 1.02 * course(t));
  },
  'noisy-validation': (draw) => {
    const course = settling(draw, pacesOf(draw));
    const level = draw.between(1, 1.5);
    const jump = level * Math.max(3, (0.08 * draw.floor) / draw.sigma);
    return run({ loss: steady(draw, course), val_loss: Array.from({ length: draw.length }, () => level * draw.floor + jump * draw.noise()) });
  },
  'validation-below-training': (draw) => {
    const course = settling(draw, pacesOf(draw));
    const below = 3 * draw.sigma + 0.06 * draw.floor;
    return both(draw, course, (t) => course(t) - below);
  },
  'metric-loss-disagree': (draw) => {
    const onset = Math.round(draw.length * draw.between(0.2, 0.4));
    const course = settling(draw, onset);
    // Six standard deviations over the time from the onset are at least three over the last third.
    const rise = 2 * signalOver(draw, draw.length - onset) + 0.1 * draw.floor;
    const share = draw.sigma / draw.floor / 4;
    const accuracy = Array.from({ length: draw.length }, (_, i) => 0.7 + ramp(0, 2 * signalOver({ ...draw, sigma: share }, draw.length - onset) + 0.05, draw.length)(i + 1) + (share * draw.noise()) / draw.sigma);
    return both(draw, course, (t) => course(t) + ramp(onset, rise, draw.length)(t), { val_accuracy: accuracy });
  },
  'class-collapse': (draw) => {
    const share = Math.round(100 * draw.between(0.1, 0.85)) / 100;
    const from = Math.floor(draw.length * draw.between(0, 0.4));
    const values = (jitter: number): number[] => Array.from({ length: draw.length }, (_, i) => (i < from ? share - 0.05 * draw.between(0.2, 1) : share + jitter));
    const course = settling({ ...draw, drop: 0.3 }, pacesOf(draw));
    return { ...both(draw, course, course, { accuracy: values(0.003), val_accuracy: values(0) }), onset: from + 1 };
  },
  'not-learning': (draw) => {
    const classes = Math.round(draw.between(2, 20));
    const level = Math.log(classes);
    const quiet: Draw = { ...draw, noise: () => (0.1 * level * draw.noise()) / draw.floor };
    return run({ loss: steady(quiet, still(level)), val_loss: steady(quiet, still(level)), accuracy: Array.from({ length: draw.length }, () => (1 / classes) * draw.between(0.9, 1.1)) });
  },
  restart: (base) => {
    const draw = long(base, 60);
    const onset = Math.round(draw.between(Math.max(35, 0.5 * draw.length), draw.length - 14));
    const course = settling(draw, 0.2 * draw.length);
    const step = 3 * draw.sigma * (draw.between(0, 1) < 0.5 ? 1 : -1);
    return { ...both(draw, (t) => course(t) + (t >= onset ? step : 0), (t) => 1.05 * course(t) + (t >= onset ? step : 0)), onset };
  },
  'too-few-epochs': (draw) => inOrder({ ...draw, length: Math.round(draw.between(1, 4.4)) }),
  'cannot-tell': (draw) => run({ accuracy: Array.from({ length: draw.length }, () => draw.between(0.1, 0.9)) }),
};

/** Runs with nothing of the kind in them, beside those that are in order: the ones most easily taken for it. */
export const NEAR_MISSES: Readonly<Partial<Record<FindingKind, readonly Drawer[]>>> = {
  'under-trained': [(draw) => both(draw, still(draw.floor), still(1.02 * draw.floor))],
  plateau: [(draw) => both(draw, falling(draw), falling(draw))],
  overfitting: [(draw) => both(draw, falling(draw), (t) => 1.03 * falling(draw)(t)), (draw) => both(draw, still(draw.floor), still(1.02 * draw.floor))],
  underfitting: [(draw) => both(draw, falling(draw), (t) => 1.03 * falling(draw)(t))],
  divergence: [(draw) => both(draw, still(draw.floor), still(1.02 * draw.floor))],
  oscillation: [(draw) => both(draw, falling(draw), falling(draw)), (draw) => both(draw, still(draw.floor), still(draw.floor))],
  creeping: [(draw) => both(draw, still(draw.floor), still(1.02 * draw.floor))],
  'noisy-validation': [(draw) => both(draw, falling(draw), falling(draw))],
  'not-learning': [(draw) => both(draw, falling(draw), falling(draw))],
  'metric-loss-disagree': [(draw) => both(draw, settling(draw, pacesOf(draw)), settling(draw, pacesOf(draw)), { val_accuracy: exactly(draw, (t) => 0.9 - 0.4 * Math.exp((-6 * t) / draw.length)) })],
  'class-collapse': [(draw) => both(draw, settling(draw, pacesOf(draw)), settling(draw, pacesOf(draw)), { val_accuracy: exactly(draw, (t) => Math.round(100 * (0.8 - 0.4 * Math.exp((-6 * t) / draw.length)) + 2 * draw.noise() / draw.floor) / 100) })],
  restart: [(draw) => both(draw, falling(draw), falling(draw)), (draw) => both(draw, still(draw.floor), still(draw.floor))],
  'too-few-epochs': [(draw) => inOrder({ ...draw, length: 5 })],
};

/** A figure of the diagnosis with its true grade. */
export interface GradedRun extends DrawnRun {
  readonly truth: string;
}

const oneOf = <T>(draw: Draw, list: readonly [T, ...T[]]): T => list[Math.floor(draw.between(0, list.length))] ?? list[0];

/** The four figures: the truth lies three standard deviations of one epoch from the nearest limit between two grades, or further. */
export const FIGURES: Readonly<Record<'improvement-rate' | 'convergence-trend' | 'train-validation-gap' | 'overfitting', (draw: Draw) => GradedRun>> = {
  'improvement-rate': (draw) => {
    const truth = oneOf(draw, ['good', 'moderate', 'slow']);
    const margin = (3 * draw.sigma) / draw.floor;
    const rate = truth === 'good' ? draw.between(0.5 + margin / 2, 0.95) : truth === 'moderate' ? draw.between(0.1 + margin, 0.5 - margin) : draw.between(0, Math.max(0, 0.1 - margin));
    const fall = LONG_FALLS[draw.shape];
    const share = (t: number): number => (fall(t / draw.length) - fall(1)) / (fall(1 / draw.length) - fall(1));
    return { ...run({ loss: steady(draw, (t) => draw.floor * (1 + (rate / (1 - rate)) * share(t))) }), truth };
  },
  'convergence-trend': (draw) => {
    const truth = oneOf(draw, ['improving', 'plateauing', 'worsening']);
    if (truth === 'improving') return { ...both(draw, falling(draw), falling(draw)), truth };
    if (truth === 'plateauing') return { ...inOrder(draw), truth };
    const from = draw.length - tailOf(draw);
    const course = settling(draw, pacesOf(draw));
    return { ...both(draw, course, (t) => course(t) + ramp(from, Math.max(signalOver(draw, tailOf(draw)), 0.03 * draw.floor), draw.length)(t)), truth };
  },
  'train-validation-gap': (draw) => {
    const truth = oneOf(draw, ['small', 'moderate', 'large']);
    const margin = (3 * draw.sigma) / draw.floor;
    const quiet = { ...draw, noise: () => draw.noise() * Math.min(1, 0.035 / margin) };
    const off = Math.min(margin, 0.035);
    const gap = truth === 'small' ? draw.between(0, 0.1 - off) : truth === 'moderate' ? draw.between(0.1 + off, 0.2 - off) : draw.between(0.2 + off, 0.8);
    const course = settling(draw, pacesOf(draw));
    return { ...both(quiet, course, (t) => (1 + gap) * course(t)), truth };
  },
  overfitting: (draw) => {
    const truth = oneOf(draw, ['unlikely', 'moderate', 'likely']);
    const make = SIGNALS.overfitting;
    if (truth === 'unlikely' || !make) return { ...inOrder(draw), truth: 'unlikely' };
    if (truth === 'likely') return { ...make(draw), truth };
    // A gap between a tenth and a fifth under a loss that falls on, or above a fifth where both stand: neither proves it.
    const course = settling(draw, pacesOf(draw));
    const gap = 0.2 + (3 * draw.sigma) / draw.floor + draw.between(0.02, 0.5);
    return { ...both(draw, course, (t) => (1 + gap) * course(t)), truth };
  },
};
