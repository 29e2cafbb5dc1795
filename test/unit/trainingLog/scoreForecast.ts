import { forecast } from '../../../src/log/forecast.ts';
import type { Course, Draw } from './draw.ts';
import { drawFrom } from './draw.ts';
import { FORECAST_CURVES } from './forecastCurves.ts';
import type { Draws } from './scoreDiagnosis.ts';

/** How forecasts of curves of one kind come out. */
export interface ForecastScore {
  readonly curves: string;
  /** Share of the forecasts given whose interval holds the value the curve then has. */
  readonly held: number;
  /** Share of the curves a forecast is given for; the others cannot be told. */
  readonly given: number;
}

/**
 * Forecasts of curves that fall on, by kind: power laws, every shape that is drawn, shapes of no
 * family, and curves that have come to stand.
 */
export const scoreForecast = ({ firstSeed, runs, shapes, noises }: Draws): ForecastScore[] =>
  Object.entries(FORECAST_CURVES).map(([curves, courseOf]) => {
    const pairs = shapes.flatMap((shape) => noises.map((noise) => ({ shape, noise })));
    const all = pairs.flatMap(({ shape, noise }, k) =>
      Array.from({ length: runs }, (_, i) => {
        const draw = drawFrom(firstSeed + k * runs + i, shape, noise, {
          effect: [0.024, 0.09],
          epochs: [15, 200],
        });
        return holds(draw, courseOf(draw));
      }),
    );
    const given = all.filter((held) => held !== null);
    return {
      curves,
      held: given.filter(Boolean).length / given.length,
      given: given.length / all.length,
    };
  });

/** `null` where there is no forecast. */
function holds(draw: Draw, course: Course): boolean | null {
  const ahead = forecast(
    Array.from({ length: draw.length }, (_, i) => course(i + 1) + draw.noise()),
  );
  const truth = course(2 * draw.length) + draw.noise();
  return ahead && truth >= ahead.interval[0] && truth <= ahead.interval[1];
}
