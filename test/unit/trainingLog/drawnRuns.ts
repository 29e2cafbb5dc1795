import type { FindingKind } from '../../../src/log/diagnosis.ts';
import { exactly, inOrder, runOf } from './draw.ts';
import type { Range } from './draw.ts';
import {
  standing,
  fallingOn,
  underTrained,
  plateau,
  notYetAPlateau,
  overfitting,
  nearHalf,
  divergence,
  notANumber,
  swings,
  spikes,
  creeping,
  noisyValidation,
  validationBelow,
  disagreeing,
  agreeing,
  classCollapse,
  fewRows,
  notLearning,
  step,
  short,
  type Drawer,
} from './drawers.ts';

/** What one finding looks like, and what looks most like it with nothing of the kind. */
export interface Signal extends Range {
  readonly kind: FindingKind;
  /** Which of the ways it is found in, where there are several. */
  readonly way?: string;
  readonly draw: Drawer;
  /** There is no such thing in shorter runs. */
  readonly onlyLong?: true;
  /** Beside runs that are in order. */
  readonly nearMisses: readonly Drawer[];
}

/**
 * Of runs: any; those in which three standard deviations over a third of the run can be told at all
 * (docs/diagnosis.md derives it).
 */
const ANY = [15, 200] as const;

const LONG = [60, 200] as const;

const SMALL = [0.03, 0.09] as const;

/** Every finding, at a signal of three standard deviations of one epoch. */
export const SIGNALS: readonly Signal[] = [
  {
    kind: 'under-trained',
    effect: SMALL,
    epochs: LONG,
    draw: underTrained,
    nearMisses: [standing],
  },
  {
    kind: 'plateau',
    effect: SMALL,
    epochs: LONG,
    draw: plateau,
    nearMisses: [fallingOn, notYetAPlateau],
  },
  {
    kind: 'overfitting',
    effect: [0.04, 0.1],
    epochs: LONG,
    draw: overfitting,
    nearMisses: [fallingOn, standing],
  },
  {
    kind: 'underfitting',
    effect: SMALL,
    epochs: ANY,
    draw: nearHalf(1),
    nearMisses: [nearHalf(-1)],
  },
  {
    kind: 'divergence',
    effect: [0.4, 0.7],
    epochs: LONG,
    draw: divergence,
    nearMisses: [standing],
  },
  { kind: 'not-a-number', effect: SMALL, epochs: ANY, draw: notANumber, nearMisses: [] },
  {
    kind: 'oscillation',
    way: 'swings',
    effect: [0.16, 0.27],
    epochs: ANY,
    draw: swings,
    nearMisses: [fallingOn, standing],
  },
  {
    kind: 'oscillation',
    way: 'spikes',
    effect: [0.15, 0.27],
    epochs: [40, 200],
    onlyLong: true,
    draw: spikes,
    nearMisses: [fallingOn, standing],
  },
  { kind: 'creeping', effect: SMALL, epochs: [24, 200], draw: creeping, nearMisses: [standing] },
  {
    kind: 'noisy-validation',
    effect: [0.06, 0.12],
    epochs: [24, 200],
    draw: noisyValidation,
    nearMisses: [fallingOn],
  },
  {
    kind: 'validation-below-training',
    effect: [0.1, 0.18],
    epochs: ANY,
    draw: validationBelow,
    nearMisses: [standing],
  },
  {
    kind: 'metric-loss-disagree',
    effect: [0.04, 0.1],
    epochs: LONG,
    draw: disagreeing,
    nearMisses: [agreeing('loss'), agreeing('accuracy')],
  },
  {
    kind: 'class-collapse',
    effect: SMALL,
    epochs: ANY,
    draw: classCollapse,
    nearMisses: [fewRows],
  },
  {
    kind: 'not-learning',
    effect: SMALL,
    epochs: [24, 200],
    draw: notLearning,
    nearMisses: [fallingOn, creeping],
  },
  {
    kind: 'restart',
    effect: SMALL,
    epochs: [80, 200],
    onlyLong: true,
    draw: step,
    nearMisses: [fallingOn, standing],
  },
  {
    kind: 'too-few-epochs',
    effect: SMALL,
    epochs: ANY,
    draw: short,
    nearMisses: [(draw) => inOrder({ ...draw, length: 5 })],
  },
  {
    kind: 'cannot-tell',
    effect: SMALL,
    epochs: ANY,
    draw: (draw) => runOf({ accuracy: exactly(draw, () => draw.between(0.1, 0.9)) }),
    nearMisses: [],
  },
];
