import {
  both,
  exactly,
  falling,
  fallingUntilTail,
  inOrder,
  paceOf,
  ramp,
  runOf,
  settling,
  SIGNAL,
  steady,
  still,
  tailOf,
  truthOf,
} from './draw.ts';
import type { Course, Draw, DrawnRun } from './draw.ts';

/** Draws a run, with something in it or without. */
export type Drawer = (draw: Draw) => DrawnRun;

export const standing: Drawer = (draw) => both(draw, still(draw.floor), still(1.02 * draw.floor));

export const fallingOn: Drawer = (draw) =>
  both(draw, falling(draw), (t) => 1.03 * falling(draw)(t));

export const underTrained: Drawer = (draw) => ({
  ...both(draw, falling(draw), falling(draw)),
  truth: truthOf(draw, 'val_loss', [falling(draw), fallingUntilTail(draw)]),
});

/** Comes down early, then falls on by the effect over the last third. */
function settledThenFalling(draw: Draw, course: Course): Course {
  const from = draw.length - tailOf(draw) + 1;
  return (t) => course(t) + draw.effect - ramp(from, draw.effect, draw.length)(t);
}

export const plateau: Drawer = (draw) => {
  const course = settling(draw, paceOf(draw));
  const onset = exactly(draw, course).findIndex((value) => value - draw.floor < draw.sigma) + 1;
  return {
    ...both(draw, course, course),
    onset,
    truth: truthOf(draw, 'val_loss', [course, settledThenFalling(draw, course)]),
  };
};

export const notYetAPlateau: Drawer = (draw) => {
  const course = settledThenFalling(draw, settling(draw, paceOf(draw)));
  return both(draw, course, course);
};

export const overfitting: Drawer = (draw) => {
  const onset = Math.round(draw.length * draw.between(0.3, 0.55));
  const course = settling(draw, onset);
  const change = ramp(onset, draw.effect, draw.length);
  const valLoss: Course = (t) => course(t) + draw.effect + change(t);
  return {
    ...both(draw, (t) => course(t) + draw.effect - change(t), valLoss),
    onset,
    truth: truthOf(draw, 'val_loss', [valLoss, (t) => course(t) + draw.effect]),
  };
};

/** Stands where the effect keeps it above (1) or below (−1) half of the first loss. */
export const nearHalf =
  (side: 1 | -1): Drawer =>
  (draw) => {
    const drop = 1 - (side * 2 * draw.effect) / draw.floor;
    const course = settling({ ...draw, drop }, Math.max(8, paceOf(draw)));
    const half = (draw.floor * (1 + drop)) / 2;
    return {
      ...both(draw, course, (t) => 1.02 * course(t)),
      truth: truthOf(draw, 'loss', [course, (t) => course(t) - (draw.floor - half)]),
    };
  };

export const divergence: Drawer = (draw) => {
  const onset = Math.round(draw.length * draw.between(0.35, 0.6));
  const course = settling(draw, onset);
  const rising: Course = (t) => course(t) + ramp(onset, draw.effect, draw.length)(t);
  return {
    ...both(draw, rising, (t) => 1.03 * rising(t)),
    onset,
    truth: truthOf(draw, 'loss', [rising, course]),
  };
};

export const notANumber: Drawer = (draw) => {
  const { log } = inOrder(draw);
  const onset = Math.ceil(draw.length * draw.between(0.2, 0.95));
  const word = draw.between(0, 1) < 0.5 ? NaN : Infinity;
  return runOf(
    {
      ...log.series,
      loss: (log.series['loss'] ?? []).map((value, i) =>
        value !== null && i + 1 < onset ? value : word,
      ),
    },
    onset,
  );
};

/** Up and down by the effect from one epoch to the next, on the average. */
export const swings: Drawer = (draw) => {
  const course = settling(draw, paceOf(draw));
  const sizes = exactly(draw, () => (draw.effect / 2) * draw.between(0.7, 1.3));
  const swinging: Course = (t) => course(t) + (t % 2 === 0 ? 1 : -1) * (sizes[t - 1] ?? 0);
  return {
    ...runOf({ loss: steady(draw, swinging), val_loss: steady(draw, course) }),
    truth: truthOf(draw, 'loss', [swinging, (t) => swinging(t) - (t % 2 === 0 ? draw.effect : 0)]),
  };
};

/**
 * Standard deviations of a leap of one epoch that comes back: three cannot be told from noise
 * (docs/diagnosis.md).
 */
export const LEAP = 7;

export const spikes: Drawer = (draw) => {
  const course = settling(draw, paceOf(draw));
  const at = [0.45, 0.65, 0.85].map((share) => Math.round(draw.length * share));
  const leaping: Course = (t) => course(t) + (at.includes(t) ? LEAP * draw.sigma : 0);
  return {
    ...runOf({ loss: steady(draw, leaping), val_loss: steady(draw, course) }),
    truth: truthOf(draw, 'loss', [leaping, course]),
  };
};

export const creeping: Drawer = (draw) => {
  const course: Course = (t) => draw.floor - ramp(1, draw.effect, draw.length)(t);
  return {
    ...both(draw, course, (t) => 1.02 * course(t)),
    truth: truthOf(draw, 'loss', [course, still(draw.floor)]),
  };
};

/** The validation loss scatters by three times as much as the training loss. */
export const noisyValidation: Drawer = (draw) => {
  const course = settling(draw, paceOf(draw));
  const level = draw.floor * draw.between(1, 1.5);
  const departure = exactly(draw, () => SIGNAL * draw.noise());
  const effect = Math.sqrt(departure.reduce((sum, value) => sum + value ** 2, 0) / draw.length);
  const valLoss = departure.map((value) => level * (1 + value / draw.floor));
  return {
    ...runOf({ loss: steady(draw, course), val_loss: valLoss }),
    truth: { series: 'loss', course: exactly(draw, course), departure: [], effect },
  };
};

export const validationBelow: Drawer = (draw) => {
  const course = settling(draw, paceOf(draw));
  const below: Course = (t) => course(t) - draw.effect;
  return { ...both(draw, course, below), truth: truthOf(draw, 'val_loss', [below, course]) };
};

/**
 * The accuracy scatters by a quarter of what the loss does, and moves by as many of its own
 * standard deviations.
 */
export const disagreeing: Drawer = (draw) => {
  const onset = Math.round(draw.length * draw.between(0.2, 0.4));
  const course = settling(draw, onset);
  const rising: Course = (t) => course(t) + ramp(onset, draw.effect, draw.length)(t);
  return {
    ...both(draw, course, rising, {
      val_accuracy: accuracy(draw, ramp(onset, draw.effect / draw.floor / 4, draw.length)),
    }),
    truth: truthOf(draw, 'val_loss', [rising, course]),
  };
};

const accuracy = (draw: Draw, course: Course): number[] =>
  steady(draw, () => 0).map((noise, i) => 0.7 + course(i + 1) + noise / draw.floor / 4);

/** Only one of the two moves. */
export const agreeing =
  (moves: 'loss' | 'accuracy'): Drawer =>
  (draw) => {
    const onset = Math.round(draw.length * draw.between(0.2, 0.4));
    const course = settling(draw, onset);
    const rise = ramp(onset, draw.effect, draw.length);
    return both(draw, course, (t) => course(t) + (moves === 'loss' ? rise(t) : 0), {
      val_accuracy: accuracy(draw, (t) => (moves === 'accuracy' ? rise(t) / draw.floor / 4 : 0)),
    });
  };

export const classCollapse: Drawer = (draw) => {
  const share = Math.round(100 * draw.between(0.1, 0.85)) / 100;
  const from = Math.floor(draw.length * draw.between(0, 0.4));
  const values = (more: number): number[] =>
    Array.from({ length: draw.length }, (_, i) =>
      i < from ? share - 0.05 * draw.between(0.2, 1) : share + more,
    );
  // One answer for all rows brings no loss lower than the entropy of the classes, the others of
  // which are as frequent as each other here.
  const others = Math.ceil(1 / share) - 1 + Math.floor(draw.between(0, 3));
  const level =
    (-share * Math.log(share) - (1 - share) * Math.log((1 - share) / others)) *
    draw.between(1, 1.3);
  const course = settling({ ...draw, floor: level, drop: 0.3 }, paceOf(draw));
  const quiet = { ...draw, noise: () => (draw.noise() * level) / draw.floor };
  return {
    ...both(quiet, course, course, { accuracy: values(0.003), val_accuracy: values(0) }),
    onset: from + 1,
  };
};

/** A model that learns, on a validation part of so few rows that its accuracy soon stands still. */
export const fewRows: Drawer = (draw) => {
  const rows = Math.round(draw.between(10, 60));
  const learned = settling({ ...draw, floor: 0.2, drop: 2 }, paceOf(draw));
  const course: Course = (t) => learned(t) + draw.between(0, 0.001);
  const quiet = { ...draw, noise: () => (0.2 * draw.noise()) / draw.floor };
  const share = (t: number): number => 0.85 - 0.4 * ((learned(t) - 0.2) / 0.4);
  return both(quiet, course, (t) => 1.2 * course(t), {
    val_accuracy: exactly(draw, (t) => Math.round(rows * share(t)) / rows),
    accuracy: exactly(draw, (t) => share(t) + 0.03 * (t / draw.length)),
  });
};

export const notLearning: Drawer = (draw) => {
  const level = Math.log(Math.round(draw.between(2, 20)));
  const share = level / draw.floor;
  const own = { ...draw, noise: () => draw.noise() * share };
  const fall: Course = (t) => level - share * ramp(1, draw.effect, draw.length)(t);
  return {
    ...both(own, still(level), still(level), {
      accuracy: Array.from(
        { length: draw.length },
        () => Math.exp(-level) * draw.between(0.9, 1.1),
      ),
    }),
    truth: truthOf(draw, 'loss', [still(level), fall]),
  };
};

export const step: Drawer = (draw) => {
  const onset = Math.round(draw.between(Math.max(35, 0.5 * draw.length), draw.length - 14));
  const course = settling(draw, 0.2 * draw.length);
  const by = draw.between(0, 1) < 0.5 ? draw.effect : -draw.effect;
  const stepping: Course = (t) => course(t) + (t >= onset ? by : 0);
  return {
    ...both(draw, stepping, (t) => 1.05 * stepping(t)),
    onset,
    truth: truthOf(draw, 'loss', [stepping, course]),
  };
};

export const short: Drawer = (draw) =>
  inOrder({ ...draw, length: Math.round(draw.between(1, 4.4)) });
