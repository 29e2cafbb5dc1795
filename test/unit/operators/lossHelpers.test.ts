import assert from 'node:assert/strict';
import { stripTypeScriptTypes } from 'node:module';
import { before, describe, test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import type { Helper } from '../../../src/model/edits.ts';
import { OPERATORS } from '../../../src/propose/operators/operators.ts';
import { typeErrors } from '../model/typeErrors.ts';
import { compiled, contextFor, imageData, regressionData, sequential } from './architectures.ts';

type Loss = (yTrue: tf.Tensor, yPred: tf.Tensor) => tf.Tensor;

const regression = sequential([
  ['dense', { units: 4, inputShape: [10] }],
  ['dense', { units: 4 }],
]);
const classification = sequential(
  [
    ['dense', { units: 4, inputShape: [64] }],
    ['dense', { units: 10, activation: 'softmax' }],
  ],
  compiled('adam', 'categoricalCrossentropy'),
);

const helpers: readonly Helper[] = [
  contextFor(regression, { data: { ...regressionData, outputUnits: 4 } }),
  contextFor(classification, { data: imageData }),
]
  .flatMap((context) => OPERATORS.flatMap((operator) => operator.candidates(context)))
  .flatMap(({ edits }) =>
    edits.flatMap((edit) =>
      edit.kind === 'setCompile' && edit.loss?.kind === 'helper' ? [edit.loss.helper] : [],
    ),
  );

/** Runs the helper's own source, with `tf` in scope as in a model file. */
const load = ({ name, source }: Helper, language: keyof Helper['source']): Loss =>
  new Function(
    'tf',
    `${language === 'typescript' ? stripTypeScriptTypes(source.typescript) : source.javascript}\nreturn ` +
      `${name};`,
  )(tf) as Loss;

const lossOf = (name: string): Loss => {
  const helper = helpers.find((other) => other.name === name);
  assert.ok(helper, name);
  return load(helper, 'javascript');
};

const scalar = (tensor: tf.Tensor): number => tensor.dataSync()[0] ?? NaN;
const near = (actual: number, expected: number): void => {
  assert.ok(Math.abs(actual - expected) < 1e-4, `${actual} ≠ ${expected}`);
};

describe('loss helpers', () => {
  before(() => tf.setBackend('cpu'));

  test('all four are offered', () => {
    assert.deepEqual(helpers.map(({ name }) => name).sort(), [
      'huberLoss',
      'huberPearsonLoss',
      'mseTotalVariationLoss',
      'smoothedCrossentropy',
    ]);
  });

  test('Huber: quadratic inside 1, linear outside', () => {
    near(
      scalar(lossOf('huberLoss')(tf.tensor2d([[0], [0]]), tf.tensor2d([[0.5], [3]]))),
      (0.125 + 2.5) / 2,
    );
  });

  test('Huber + Pearson: 0 for a perfect prediction, 2 more for one that runs the other way', () => {
    const loss = lossOf('huberPearsonLoss');
    const truth = tf.tensor2d([[-1], [0], [1]]);
    near(scalar(loss(truth, truth)), 0);
    near(scalar(loss(truth, tf.neg(truth))), scalar(lossOf('huberLoss')(truth, tf.neg(truth))) + 2);
    assert.ok(
      Number.isFinite(scalar(loss(tf.tensor2d([[1]]), tf.tensor2d([[2]])))),
      'a batch of one row',
    );
  });

  test('MSE + total variation: the mean step between neighbours is charged at 0.01', () => {
    near(
      scalar(lossOf('mseTotalVariationLoss')(tf.tensor2d([[0, 0, 0]]), tf.tensor2d([[0, 3, 0]]))),
      3 + 0.01 * 3,
    );
  });

  test('label smoothing: cross-entropy against 0.9 + 0.1 / classes', () => {
    const expected = -(0.95 * Math.log(0.8) + 0.05 * Math.log(0.2));
    near(
      scalar(lossOf('smoothedCrossentropy')(tf.tensor2d([[1, 0]]), tf.tensor2d([[0.8, 0.2]]))),
      expected,
    );
  });

  for (const helper of helpers) {
    for (const language of ['typescript', 'javascript'] as const) {
      test(`${helper.name} trains a small model (${language})`, async () => {
        const history = await train(load(helper, language), helper.name === 'smoothedCrossentropy');
        const [first, last] = [history[0], history.at(-1)];
        assert.ok(
          first !== undefined && last !== undefined && last < first * 0.9,
          `${first} → ${last}`,
        );
      });
    }
  }

  test('their TypeScript is what compile() asks for, under strict rules', () => {
    const uses = helpers.map(
      ({ name }) => `tf.sequential().compile({ optimizer: 'sgd', loss: ${name} });`,
    );
    assert.deepEqual(
      typeErrors(
        [
          "import * as tf from '@tensorflow/tfjs';",
          ...helpers.map(({ source }) => source.typescript),
          ...uses,
        ].join('\n'),
      ),
      [],
    );
  });
});

/** Loss per epoch of a model with four outputs on 64 rows. */
async function train(loss: Loss, classes: boolean): Promise<readonly number[]> {
  const x = tf.randomNormal([64, 3], 0, 1, 'float32', 7);
  const linear = tf.matMul(
    x,
    tf.tensor2d([
      [1, 2, -1, 0],
      [0, 1, 1, -2],
      [2, 0, 1, 1],
    ]),
  );
  const y = classes ? tf.oneHot(tf.argMax(linear, 1), 4) : linear;
  const model = tf.sequential({
    layers: [
      tf.layers.dense({
        units: 8,
        activation: 'relu',
        inputShape: [3],
        kernelInitializer: tf.initializers.heNormal({ seed: 1 }),
      }),
      tf.layers.dense({
        units: 4,
        activation: classes ? 'softmax' : 'linear',
        kernelInitializer: tf.initializers.glorotNormal({ seed: 2 }),
      }),
    ],
  });
  model.compile({ optimizer: tf.train.adam(0.02), loss });
  const { history } = await model.fit(x, y, {
    epochs: 8,
    batchSize: 16,
    shuffle: false,
    verbose: 0,
  });
  return (history['loss'] ?? []).map(Number);
}
