import type { FindingKind } from '../../../src/log/diagnosis.ts';
import type { TrainingLog } from '../../../src/log/trainingLog.ts';
import { seededRandom } from '../../../src/util/seededRandom.ts';

/** A run whose truth is known: curves without noise, to which each seed adds its own. */
interface SyntheticRun {
  readonly name: string;
  /** Is this to be found, or is it not there? */
  readonly kind: FindingKind;
  readonly present: boolean;
  readonly epochs: number;
  /** Standard deviation of the noise of one epoch. */
  readonly noise: number;
  /** The same for val_loss, where it differs. */
  readonly valNoise?: number;
  readonly curves: Readonly<Record<string, (epoch: number) => number>>;
}

const EPOCHS = 50;
const SIGMA = 0.01;

/** Falls to `floor` and is flat from about epoch 25 on. */
const converged =
  (floor: number, drop = 1): ((epoch: number) => number) =>
  (epoch) =>
    floor + drop * Math.exp(-epoch / 4);

const run = (
  kind: FindingKind,
  present: boolean,
  name: string,
  curves: SyntheticRun['curves'],
): SyntheticRun => ({
  kind,
  present,
  name,
  curves,
  epochs: EPOCHS,
  noise: SIGMA,
});

const healthy = { loss: converged(0.3), val_loss: converged(0.32) };
const ramp =
  (from: number, by: number, to = EPOCHS) =>
  (epoch: number): number =>
    epoch < from ? 0 : (by * (epoch - from)) / (to - from);

/** Where something is there, it is three times the noise of one epoch or more. */
export const SYNTHETIC_RUNS: readonly SyntheticRun[] = [
  {
    ...run('under-trained', true, 'val_loss falls by 3 σ over the last 25 of 75 epochs', {
      loss: (t) => 0.5 - ramp(50, 0.03, 75)(t),
      val_loss: (t) => 0.5 - ramp(50, 0.03, 75)(t),
    }),
    epochs: 75,
  },
  {
    ...run('under-trained', true, 'val_loss falls by 30 % over twenty epochs', {
      loss: (t) => 1 - 0.015 * t,
      val_loss: (t) => 1 - 0.015 * t,
    }),
    epochs: 20,
  },
  run('under-trained', false, 'converged', healthy),
  {
    ...run('under-trained', false, 'flat over twenty epochs', {
      loss: () => 0.5,
      val_loss: () => 0.5,
    }),
    epochs: 20,
  },

  run('plateau', true, 'converged', healthy),
  {
    ...run('plateau', true, 'flat from epoch 10 of 20', {
      loss: converged(0.3),
      val_loss: (t) => 0.3 + 0.08 * Math.max(0, 10 - t),
    }),
    epochs: 20,
  },
  run('plateau', false, 'still falling', {
    loss: (t) => 1 - 0.015 * t,
    val_loss: (t) => 1 - 0.015 * t,
  }),
  run('plateau', false, 'rises again', {
    loss: converged(0.3),
    val_loss: (t) => converged(0.32)(t) + ramp(20, 0.12)(t),
  }),

  run('overfitting', true, 'val_loss rises by 12 % while loss falls', {
    loss: (t) => 1 - 0.016 * t,
    val_loss: (t) => converged(0.6)(t) + ramp(20, 0.08)(t),
  }),
  run('overfitting', true, 'val_loss stands still while loss falls', {
    loss: (t) => 0.2 + 0.8 * Math.exp(-t / 20),
    val_loss: converged(0.5),
  }),
  run('overfitting', false, 'converged together', healthy),
  run('overfitting', false, 'falling together', {
    loss: (t) => 1 - 0.015 * t,
    val_loss: (t) => 1.03 - 0.015 * t,
  }),

  run('overfitting', true, 'val_loss falls much more slowly than loss', {
    loss: (t) => 1 - 0.018 * t,
    val_loss: (t) => 1 - 0.008 * t,
  }),
  run('overfitting', false, 'a wide gap, both coming down', {
    loss: (t) => 0.08 + 1.2 * Math.exp(-t / 15),
    val_loss: (t) => 0.13 + 1.5 * Math.exp(-t / 15),
  }),
  run('underfitting', true, 'both high and flat', {
    loss: converged(0.7, 0.5),
    val_loss: converged(0.71, 0.5),
  }),
  run('underfitting', false, 'both low and flat', healthy),
  run('underfitting', false, 'high but falling', {
    loss: (t) => 1 - 0.006 * t,
    val_loss: (t) => 1 - 0.006 * t,
  }),

  run('divergence', true, 'loss climbs from epoch 25', {
    loss: (t) => converged(0.3)(t) + ramp(25, 0.5)(t),
  }),
  run('divergence', false, 'converged', healthy),

  run('oscillation', true, 'loss swings by 15 %', {
    loss: (t) => converged(0.5)(t) * (1 + (t % 2 === 0 ? 0.15 : -0.15)),
  }),
  run('oscillation', false, 'converged', healthy),

  run('creeping', true, 'loss falls evenly by 6 %', {
    loss: (t) => 1 - 0.0012 * t,
    val_loss: (t) => 1.02 - 0.0012 * t,
  }),
  run('creeping', false, 'converged', healthy),
  run('creeping', false, 'flat', { loss: () => 0.5, val_loss: () => 0.5 }),

  {
    ...run('noisy-validation', true, 'val_loss jumps by 15 % around one level', {
      loss: converged(0.3),
      val_loss: () => 0.5,
    }),
    valNoise: 0.075,
  },
  run('noisy-validation', false, 'converged', healthy),

  run('not-learning', true, 'guessing among ten classes', {
    loss: () => Math.log(10),
    val_loss: () => Math.log(10),
    accuracy: () => 0.1,
    val_accuracy: () => 0.1,
  }),
  run('not-learning', false, 'converged', healthy),
  run('not-learning', false, 'creeping', {
    loss: (t) => 1 - 0.0012 * t,
    val_loss: (t) => 1 - 0.0012 * t,
  }),

  run('validation-below-training', true, 'val_loss 15 % lower', {
    loss: converged(0.4),
    val_loss: converged(0.34),
  }),
  run('validation-below-training', false, 'val_loss like loss', {
    loss: converged(0.4),
    val_loss: converged(0.4),
  }),

  run('metric-loss-disagree', true, 'val_loss and val_accuracy rise', {
    loss: converged(0.3),
    val_loss: (t) => 0.4 + ramp(20, 0.15)(t),
    val_accuracy: (t) => 0.7 + ramp(20, 0.15)(t),
  }),
  run('metric-loss-disagree', false, 'val_loss rises, val_accuracy flat', {
    loss: converged(0.3),
    val_loss: (t) => 0.4 + ramp(20, 0.15)(t),
    val_accuracy: () => 0.7,
  }),
];

/** The run as a log: noise from the seed, the same for the same seed. */
export function logOf(
  { epochs, noise, valNoise, curves, name }: SyntheticRun,
  seed: number,
): TrainingLog {
  const noiseOf = (key: string): number => (key === 'val_loss' ? (valNoise ?? noise) : noise);
  const random = seededRandom(seed);
  const gauss = (): number =>
    Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  return {
    source: name,
    format: 'synthetic',
    epochs: Array.from({ length: epochs }, (_, i) => i + 1),
    series: Object.fromEntries(
      Object.entries(curves).map(([key, curve]) => [
        key,
        Array.from({ length: epochs }, (_, i) => curve(i + 1) + noiseOf(key) * gauss()),
      ]),
    ),
    lines: [],
    run: { index: 1, count: 1 },
    notes: [],
  };
}
