import { columns, draws, hidden, plain, table, type IdeaTask } from './task.ts';

const few = { seeds: 4 };
const regression = { layers: hidden(32, 32), output: 'linear' } as const;
const classes = { layers: hidden(32, 32), output: 'softmax' } as const;

const waves: IdeaTask = {
  name: 'periodic signal',
  target: 'y',
  write: table(600, 1, ({ between, normal }) => {
    const [x, z] = [between(-4, 4), between(-1, 1)];
    return { x, z, y: Math.sin(4 * x) + 0.3 * z + 0.1 * normal() };
  }),
  plain: plain(regression),
  config: { ...few, epochs: 40 },
  called: ['fourier-features', 'periodic-activation'],
};

const outliers: IdeaTask = {
  name: 'outliers among the targets',
  target: 'y',
  write: table(500, 2, ({ normal, below }) => {
    const x = draws(8, normal);
    const [a = 0, b = 0, c = 0] = x;
    const far = below(20) === 0 ? 30 * normal() : 0;
    return { ...columns('x', x), y: a + Math.abs(b) - 0.5 * a * c + 0.2 * normal() + far };
  }),
  plain: plain(regression),
  config: { ...few, epochs: 40, objective: { metric: 'val_mae', direction: 'minimize' } },
  called: ['huber-loss', 'absolute-loss', 'log-cosh', 'huber-pearson-loss'],
};

const rare: IdeaTask = {
  name: 'imbalanced classes',
  target: 'kind',
  write: table(1500, 3, ({ normal }) => {
    const x = draws(8, normal);
    const [a = 0, b = 0, c = 0] = x;
    const isRare = a * a + b * b + 0.5 * c + 0.7 * normal() > 5.6;
    return { ...columns('x', x), kind: isRare ? 'fault' : 'fine' };
  }),
  plain: plain(classes),
  config: { ...few, epochs: 30, objective: { metric: 'val_f1', direction: 'maximize' } },
  called: ['focal-loss'],
};

/** Of sixty inputs four tell, and rows are few. */
const sparse: IdeaTask = {
  name: 'sparse features',
  target: 'y',
  write: table(320, 4, ({ normal }) => {
    const x = draws(60, normal);
    const [a = 0, b = 0, c = 0, d = 0] = x;
    return { ...columns('x', x), y: 2 * a - b + Math.abs(c) + a * d + 0.3 * normal() };
  }),
  plain: plain({ layers: hidden(64, 32), output: 'linear' }),
  config: { ...few, epochs: 60 },
  called: ['add-l1', 'add-l2', 'add-dropout'],
};

/** Sensors that have drifted far from zero, in units of their own. */
const drift: IdeaTask = {
  name: 'drifted sensors',
  target: 'state',
  write: table(600, 5, ({ normal }, row) => {
    const x = draws(8, normal);
    const [a = 0, b = 0, c = 0] = x;
    const state = a + b * c > 0.5 ? 'hot' : a - b > 0 ? 'warm' : 'cold';
    const drifted = x.map((value, index) => 40 * (index + 1) + 3 * value + row / 300);
    return { ...columns('s', drifted), state };
  }),
  plain: plain(classes),
  config: { ...few, epochs: 30, preprocessing: { standardizeInputs: false } },
  called: ['input-normalization', 'batch-normalization'],
};

/** A fifth of the labels is wrong. */
const noise: IdeaTask = {
  name: 'label noise',
  target: 'kind',
  write: table(500, 6, ({ normal, below }) => {
    const x = draws(12, normal);
    const [a = 0, b = 0, c = 0] = x;
    const own = a + b * c > 0.4 ? 2 : a - c > 0 ? 1 : 0;
    const said = below(5) === 0 ? below(3) : own;
    return { ...columns('x', x), kind: ['red', 'green', 'blue'][said] ?? '' };
  }),
  plain: plain({ layers: hidden(64, 64), output: 'softmax' }),
  config: { ...few, epochs: 40 },
  called: ['label-smoothing', 'add-dropout', 'strengthen-dropout'],
};

const tiny: IdeaTask = {
  name: 'tiny data',
  target: 'y',
  write: table(90, 7, ({ normal }) => {
    const x = draws(10, normal);
    const [a = 0, b = 0, c = 0] = x;
    return { ...columns('x', x), y: a + 0.5 * b - 0.5 * Math.abs(c) + 0.3 * normal() };
  }),
  plain: plain({ layers: hidden(64, 64), output: 'linear' }),
  config: { ...few, epochs: 60 },
  called: ['add-dropout', 'input-noise', 'add-l2', 'adamw', 'weight-averaging'],
};

/** Eight layers of sigmoids, through which hardly any gradient comes. */
const deep: IdeaTask = {
  name: 'a deep plain network',
  target: 'y',
  write: table(600, 8, ({ normal }) => {
    const x = draws(6, normal);
    const [a = 0, b = 0, c = 0] = x;
    return { ...columns('x', x), y: a * b + Math.sin(2 * c) + 0.1 * normal() };
  }),
  plain: plain({
    layers: draws(8, (index) => index).map(
      (index) => `dense({ ${index === 0 ? 'inputShape, ' : ''}units: 24, activation: 'sigmoid' })`,
    ),
    output: 'linear',
  }),
  config: { ...few, epochs: 30 },
  called: ['residual', 'batch-normalization', 'layer-normalization', 'swap-activation'],
};

/** Tables of numbers. */
export const TABLE_TASKS: readonly IdeaTask[] = [
  waves,
  outliers,
  rare,
  sparse,
  drift,
  noise,
  tiny,
  deep,
];
