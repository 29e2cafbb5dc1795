import type { TrainingLog } from '../../../src/log/trainingLog.ts';
import { seededRandom } from '../../../src/util/seededRandom.ts';
import type { Shape } from './curveShapes.ts';

/** How the epochs of a curve scatter around its course. */
export type Noise = 'normal' | 't(5)';

/** A curve without its noise, by epoch from 1. */
export type Course = (epoch: number) => number;

/**
 * What the drawers are given: shapes, lengths, levels, paces and noise all vary from run to run.
 */
export interface Draw {
  readonly shape: Shape;
  readonly length: number;
  /** Where the curve settles, and how many times that above it begins. */
  readonly floor: number;
  readonly drop: number;
  /** Size of what is put into the run: three standard deviations of one epoch, always. */
  readonly effect: number;
  /** Standard deviation of one epoch. */
  readonly sigma: number;
  between(low: number, high: number): number;
  noise(): number;
}

/**
 * The range of a kind of runs: sizes of the effect as a share of the floor, and numbers of epochs.
 */
export interface Range {
  readonly effect: readonly [number, number];
  readonly epochs: readonly [number, number];
}

/** The size of an effect in standard deviations of one epoch. */
export const SIGNAL = 3;

/** One draw: everything follows from the seed. */
export function drawFrom(
  seed: number,
  shape: Shape,
  noise: Noise,
  { effect: sizes, epochs }: Range,
): Draw {
  const random = spread(seed);
  const between = (low: number, high: number): number => low + (high - low) * random.next();
  const unit = noise === 'normal' ? gauss : student;
  const floor = 10 ** between(-1.5, 0.7);
  const effect = between(...sizes) * floor;
  const sigma = effect / SIGNAL;
  return {
    shape,
    floor,
    effect,
    sigma,
    drop: between(1.5, 5),
    between,
    length: Math.round(epochs[0] * (epochs[1] / epochs[0]) ** random.next()),
    noise: () => sigma * unit(random),
  };
}

type Random = ReturnType<typeof seededRandom>;

/**
 * Neighbouring seeds begin with nearly the same number; scattered ones, some numbers later, do not.
 */
function spread(seed: number): Random {
  const random = seededRandom(Math.imul(seed, 0x9e3779b1));
  for (let i = 0; i < 16; i += 1) random.next();
  return random;
}

const gauss = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());

/** Student's t of five degrees of freedom, brought to a standard deviation of one. */
const student = (random: Random): number =>
  (gauss(random) /
    Math.sqrt(
      Array.from({ length: 5 }, () => gauss(random)).reduce(
        (sum, value) => sum + value * value,
        0,
      ) / 5,
    )) *
  Math.sqrt(3 / 5);

/** What was put into a run, without the noise. */
export interface Truth {
  /** The series it is in, and the course of that series. */
  readonly series: string;
  readonly course: readonly number[];
  /**
   * How far that course departs, epoch by epoch, from the nearest one in which there is nothing of
   * the kind; none where it only scatters more.
   */
  readonly departure: readonly number[];
  readonly effect: number;
}

/** A run whose truth is known because it was drawn. */
export interface DrawnRun {
  readonly log: TrainingLog;
  /** The epoch at which what was put there begins, where that is asked. */
  readonly onset: number | null;
  /** `null` where it has no size: it is there or not, whatever the noise. */
  readonly truth: Truth | null;
}

/** A log of these series. */
export function runOf(series: TrainingLog['series'], onset: number | null = null): DrawnRun {
  const length = Math.max(0, ...Object.values(series).map((values) => values.length));
  const epochs = Array.from({ length }, (_, i) => i + 1);
  return {
    log: {
      source: 'drawn',
      format: 'drawn',
      epochs,
      series,
      lines: epochs,
      run: { index: 1, count: 1 },
      notes: [],
    },
    onset,
    truth: null,
  };
}

export const steady = (draw: Draw, course: Course): number[] =>
  exactly(draw, course).map((value) => value + draw.noise());
export const exactly = ({ length }: Draw, course: Course): number[] =>
  Array.from({ length }, (_, i) => course(i + 1));

/** A run of both losses, each with noise of its own. */
export const both = (
  draw: Draw,
  loss: Course,
  valLoss: Course,
  more: TrainingLog['series'] = {},
): DrawnRun => runOf({ loss: steady(draw, loss), val_loss: steady(draw, valLoss), ...more });

/** What a series of the run has in it, beside what it would be without. */
export function truthOf(
  draw: Draw,
  series: string,
  [course, without]: readonly [Course, Course],
): Truth {
  const departure = exactly(draw, (t) => course(t) - without(t));
  return {
    series,
    course: exactly(draw, course),
    departure,
    effect: Math.max(...departure.map(Math.abs)),
  };
}

/** Rises evenly from 0 at an epoch to `by` at a later one. */
export const ramp =
  (from: number, by: number, to: number): Course =>
  (t) =>
    t <= from ? 0 : (by * (t - from)) / (to - from);

export const still =
  (level: number): Course =>
  () =>
    level;

/** Comes down to the floor by epoch `settled` and stays. */
export const settling =
  ({ shape, floor, drop }: Draw, settled: number): Course =>
  (t) =>
    floor * (1 + drop * shape.settling((t - 1) / settled));

/** An epoch by which curves have come down. */
export const paceOf = (draw: Draw): number => Math.max(4, draw.length * draw.between(0.15, 0.4));

/** The last third of a run. */
export const tailOf = ({ length }: Draw): number => Math.ceil(length / 3);

/** Falls all the way, by the effect over the last third. */
export function falling(draw: Draw): Course {
  const { length, shape, floor, effect } = draw;
  const from = length - tailOf(draw) + 1;
  const scale = effect / (shape.long(from / length) - shape.long(1));
  return (t) => floor + scale * (shape.long(t / length) - shape.long(1));
}

/** The same, had it stood still over the last third. */
export function fallingUntilTail(draw: Draw): Course {
  const [course, from] = [falling(draw), draw.length - tailOf(draw) + 1];
  return (t) => course(Math.min(t, from));
}

/**
 * Nothing is wrong: both curves come down to less than half and stand, validation a little above.
 */
export function inOrder(draw: Draw): DrawnRun {
  const course = settling(draw, paceOf(draw));
  return both(draw, course, (t) => 1.03 * course(t));
}

export const oneOf = <T>(draw: Draw, list: readonly [T, ...T[]]): T =>
  list[Math.floor(draw.between(0, list.length))] ?? list[0];
