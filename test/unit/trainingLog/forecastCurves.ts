import type { Course, Draw } from './draw.ts';
import { oneOf, paceOf, settling } from './draw.ts';

type Fall = (u: number) => number;

/** Falls as models with ever more data do, all the way to the floor. */
function powerLaw({ floor, drop, between }: Draw): Course {
  const exponent = between(0.3, 1.5);
  return (t) => floor * (1 + drop * t ** -exponent);
}

/** Falls in its shape, and goes on in it beyond the run's last epoch. */
function longFall({ shape, floor, drop, length }: Draw): Course {
  return (t) => floor * (1 + drop * shape.long(t / length));
}

/** Shapes that are in no family a forecast knows. */
const FOREIGN_FALLS: readonly [Fall, ...Fall[]] = [
  (u) => 0.6 * Math.exp(-12 * u) + 0.4 * Math.exp(-1.2 * u),
  (u) => 1 - 0.25 * Math.log(1 + 20 * u),
  (u) => 1 - Math.exp(-2.5 * Math.exp(-3.5 * u)),
  (u) => 0.5 * Math.exp(-8 * u) + 0.5 / Math.sqrt(1 + 10 * u),
];

/** Falls in shapes no forecast was fitted to, and goes on in them beyond the run's last epoch. */
function foreignFall(draw: Draw): Course {
  const fall = oneOf(draw, FOREIGN_FALLS);
  return (t) => draw.floor * (1 + draw.drop * fall(t / draw.length));
}

/** Curves whose course beyond the run is known, by kind. */
export const FORECAST_CURVES: Readonly<Record<string, (draw: Draw) => Course>> = {
  'power laws': powerLaw,
  'all drawn shapes': longFall,
  'shapes of no family it knows': foreignFall,
  'curves that stand': (draw) => settling(draw, paceOf(draw)),
};
