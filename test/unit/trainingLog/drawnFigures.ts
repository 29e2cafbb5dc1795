import {
  both,
  falling,
  fallingUntilTail,
  inOrder,
  oneOf,
  paceOf,
  ramp,
  runOf,
  settling,
  steady,
  tailOf,
  truthOf,
} from './draw.ts';
import type { Course, Draw, DrawnRun, Range } from './draw.ts';

/** A figure of the diagnosis with its true grade. */
export interface GradedRun extends DrawnRun {
  readonly truth: DrawnRun['truth'];
  readonly grade: string;
}

/**
 * One of the four figures: the truth lies three standard deviations of one epoch from the nearest
 * limit between two grades.
 */
export interface Figure extends Range {
  readonly kind: 'improvement-rate' | 'convergence-trend' | 'train-validation-gap' | 'overfitting';
  readonly draw: (draw: Draw) => GradedRun;
}

/** On either side of one of two limits: the side, and the share of the floor that lies between. */
type Limits = readonly (readonly [grade: string, limit: number, side: 1 | -1])[];

function improvementRate(draw: Draw): GradedRun {
  const limits: Limits = [
    ['good', 0.5, 1],
    ['moderate', 0.5, -1],
    ['moderate', 0.1, 1],
    ['slow', 0.1, -1],
  ];
  const [grade, limit, side] = oneOf(draw, limits as [Limits[number]]);
  // The last loss lies the effect below or above (1 − limit) of the first.
  const first = (draw.floor + side * draw.effect) / (1 - limit);
  const { long } = draw.shape;
  const course: Course = (t) =>
    draw.floor +
    ((first - draw.floor) * (long(t / draw.length) - long(1))) / (long(1 / draw.length) - long(1));
  return {
    ...runOf({ loss: steady(draw, course) }),
    grade,
    truth: truthOf(draw, 'loss', [course, (t) => course(t) + side * draw.effect]),
  };
}

function trend(draw: Draw): GradedRun {
  const grade = oneOf(draw, ['improving', 'plateauing', 'worsening']);
  if (grade === 'improving')
    return {
      ...both(draw, falling(draw), falling(draw)),
      grade,
      truth: truthOf(draw, 'val_loss', [falling(draw), fallingUntilTail(draw)]),
    };
  if (grade === 'plateauing') return { ...inOrder(draw), grade };
  const course = settling(draw, paceOf(draw));
  const rising: Course = (t) =>
    course(t) + ramp(draw.length - tailOf(draw) + 1, draw.effect, draw.length)(t);
  return {
    ...both(draw, course, rising),
    grade,
    truth: truthOf(draw, 'val_loss', [rising, course]),
  };
}

function gap(draw: Draw): GradedRun {
  const limits: Limits = [
    ['small', 0.1, -1],
    ['moderate', 0.1, 1],
    ['moderate', 0.2, -1],
    ['large', 0.2, 1],
  ];
  const [grade, limit, side] = oneOf(draw, limits as [Limits[number]]);
  const course = settling(draw, paceOf(draw));
  const valLoss: Course = (t) => (1 + limit) * course(t) + side * draw.effect;
  return {
    ...both(draw, course, valLoss),
    grade,
    truth: truthOf(draw, 'val_loss', [valLoss, (t) => (1 + limit) * course(t)]),
  };
}

/**
 * A rise beyond 5 % is likely overfitting; a gap beyond 20 % where both stand is moderate; neither
 * is none.
 */
function overfitting(draw: Draw): GradedRun {
  const grade = oneOf(draw, ['unlikely', 'moderate', 'likely']);
  if (grade === 'unlikely') return { ...inOrder(draw), grade };
  return grade === 'likely' ? risen(draw) : { ...gapped(draw), grade };
}

function risen(draw: Draw): GradedRun {
  const onset = Math.round(draw.length * draw.between(0.3, 0.55));
  const course = settling(draw, onset);
  const rise = 0.05 * (draw.floor + draw.effect) + draw.effect;
  const rises =
    (by: number): Course =>
    (t) =>
      course(t) + draw.effect + ramp(onset, by, draw.length)(t);
  const loss: Course = (t) => course(t) + draw.effect - ramp(onset, draw.effect, draw.length)(t);
  return {
    ...both(draw, loss, rises(rise)),
    grade: 'likely',
    truth: truthOf(draw, 'val_loss', [rises(rise), rises(rise - draw.effect)]),
  };
}

function gapped(draw: Draw): DrawnRun {
  const course = settling(draw, paceOf(draw));
  const valLoss: Course = (t) => 1.2 * course(t) + draw.effect;
  return {
    ...both(draw, course, valLoss),
    truth: truthOf(draw, 'val_loss', [valLoss, (t) => 1.2 * course(t)]),
  };
}

/**
 * The four figures. A gap is graded at single epochs, so its noise must fit thrice between two
 * limits.
 */
export const FIGURES: readonly Figure[] = [
  { kind: 'improvement-rate', effect: [0.03, 0.09], epochs: [15, 200], draw: improvementRate },
  { kind: 'convergence-trend', effect: [0.03, 0.09], epochs: [60, 200], draw: trend },
  { kind: 'train-validation-gap', effect: [0.02, 0.035], epochs: [15, 200], draw: gap },
  { kind: 'overfitting', effect: [0.04, 0.09], epochs: [60, 200], draw: overfitting },
];
