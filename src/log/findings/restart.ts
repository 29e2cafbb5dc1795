import { lineSlope, middle, midmean } from '../robust.ts';
import type { Curve } from '../runView.ts';
import type { FindingRule } from './finding.ts';
import { figure, since } from './finding.ts';

/**
 * Epochs whose level is compared on each side of a step, fewer in runs too short for that; the
 * course is that of twice as many.
 */
const REACH = 14;
/**
 * Standard deviations of such a difference from which it is a step: noise makes one in about one
 * run of a hundred, a steep course in one of thirty.
 */
const CLEAR = 4.4;
/**
 * By so much of the deviation's square a slide may fit better than a step before it is taken for
 * one.
 */
const DOUBT = 6;
/** Standard errors from which the slope of one side counts by itself. */
const SLOPING = 3;

/**
 * The training loss makes a step between two epochs: up where training was restarted, down where
 * the learning rate was cut.
 */
export const restart: FindingRule = ({ loss, log }) => {
  const step = loss && clearestStep(loss);
  if (!loss || !step) return null;
  const { at, size } = step;
  const why =
    size > 0
      ? 'training was restarted, or the data or the learning rate changed'
      : 'the learning rate was cut, or something else changed';
  const [before, after] = [
    rateAt(log.series['lr'], log.epochs, loss.epochs[at - 1]),
    rateAt(log.series['lr'], log.epochs, loss.epochs[at]),
  ];
  const rate =
    before !== null && after !== null && before !== after
      ? ` (lr went from ${figure(before)} to ${figure(after)})`
      : '';
  const text =
    `${loss.name} steps ${size > 0 ? 'up' : 'down'} by ${figure(Math.abs(size))} at epoch ` +
    `${loss.epochs[at]}${rate}: ${why}.`;
  const line = loss.lines[at];
  return {
    ...since(loss, at, { kind: 'restart', severity: 'info', text }),
    lines: line === undefined ? [] : [line],
  };
};

interface Step {
  readonly at: number;
  readonly size: number;
}

/** The largest step that neither the noise nor the course on either side explains. */
function clearestStep({ values, noise }: Curve): Step | null {
  const reach = Math.max(5, Math.min(REACH, Math.floor(values.length / 4)));
  let best: Step = { at: -1, size: 0 };
  for (let at = reach; at <= values.length - reach; at += 1) {
    const size = unexplained(values, at, { reach, noise });
    if (Math.abs(size) > Math.abs(best.size)) best = { at, size };
  }
  if (best.at < 0) return null;
  const deviation = scatter(sidesOf(values, best.at, reach));
  const least = Math.max(
    CLEAR * deviation * Math.sqrt(2.2 / reach),
    0.01 * Math.abs(middle(values)),
  );
  return Math.abs(best.size) > least && isLeap(values, best.at, { reach, deviation }) ? best : null;
}

/**
 * The step beyond what the steepest course that can be told would have moved; 0 where the curve
 * does not leap between two epochs.
 */
function unexplained(
  values: readonly number[],
  at: number,
  { reach, noise }: { reach: number; noise: number },
): number {
  const step = midmean(values.slice(at, at + reach)) - midmean(values.slice(at - reach, at));
  const sign = Math.sign(step);
  const leap = ((values[at] ?? 0) - (values[at - 1] ?? 0)) * sign;
  if (leap <= 0 || (Math.abs(step) > 6 * noise && leap < 0.6 * Math.abs(step))) return 0;
  const sides = sidesOf(values, at, reach).map((side) => ({
    slope: lineSlope(side) * sign,
    weight: side.length ** 3,
  }));
  const common =
    sides.reduce((sum, { slope, weight }) => sum + slope * weight, 0) /
    sides.reduce((sum, { weight }) => sum + weight, 0);
  const clear = sides.filter(
    ({ slope, weight }) => slope > SLOPING * noise * Math.sqrt(12 / weight),
  );
  const course = Math.max(0, common, ...clear.map(({ slope }) => slope)) * 1.3 * reach;
  return sign * Math.max(0, Math.abs(step) - course);
}

/**
 * A step fits the values around it as well as a slide over a dozen epochs does, beside a straight
 * course.
 */
function isLeap(
  values: readonly number[],
  at: number,
  { reach, deviation }: { reach: number; deviation: number },
): boolean {
  const from = Math.max(0, at - 2 * reach);
  const around = values.slice(from, at + 2 * reach);
  const places = around.map((_, i) => from + i - at + 0.5);
  const explained = (course: readonly number[]): number =>
    explainedBy(course, { values: around, places });
  const slides = [reach, 2 * reach].map((width) =>
    explained(places.map((place) => Math.max(-1, Math.min(1, (2 * place) / width)))),
  );
  return explained(places.map(Math.sign)) > Math.max(...slides) - DOUBT * deviation ** 2;
}

/** The sum of squares that a course explains of values beside a level and a slope. */
function explainedBy(
  course: readonly number[],
  { values, places }: { values: readonly number[]; places: readonly number[] },
): number {
  const slope = without(places, [places.map(() => 1)]);
  const rest = without(course, [places.map(() => 1), slope]);
  return dot(rest, values) ** 2 / dot(rest, rest);
}

/** What is left of a vector beside others that are at right angles. */
const without = (
  vector: readonly number[],
  others: readonly (readonly number[])[],
): readonly number[] =>
  others.reduce(
    (rest, other) =>
      rest.map((value, i) => value - (dot(rest, other) / dot(other, other)) * (other[i] ?? 0)),
    vector,
  );

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);

const sidesOf = (values: readonly number[], at: number, reach: number): (readonly number[])[] => [
  values.slice(Math.max(0, at - 2 * reach), at),
  values.slice(at, at + 3 * reach),
];

/** Standard deviation around a straight line on each side. */
function scatter(sides: readonly (readonly number[])[]): number {
  const squares = sides.map((side) => {
    const [slope, mean, center] = [lineSlope(side), meanOf(side), (side.length - 1) / 2];
    return side.reduce((sum, value, i) => sum + (value - mean - slope * (i - center)) ** 2, 0);
  });
  const freedom = sides.reduce((sum, { length }) => sum + length - 2, 0);
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / freedom);
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function rateAt(
  rates: readonly (number | null)[] | undefined,
  epochs: readonly number[],
  epoch: number | undefined,
): number | null {
  return rates?.[epochs.findIndex((other) => other === epoch)] ?? null;
}
