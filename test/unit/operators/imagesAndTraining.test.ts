import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  compiled,
  diagnosisOf,
  imageData,
  requestFor,
  sequential,
  type Written,
} from './architectures.ts';
import { dense, output, mlp, candidates, edits } from './candidates.ts';

describe('images', () => {
  const flat = sequential(
    [
      ['flatten', { inputShape: '=inputShape' }],
      dense(32),
      ['dense', { units: '=outputUnits', activation: 'softmax' }],
    ],
    compiled('adam', 'categoricalCrossentropy'),
  );
  const convolved = sequential(
    [
      ['conv2d', { filters: 16, kernelSize: 3, activation: 'relu', inputShape: '=inputShape' }],
      ['maxPooling2d', { poolSize: 2 }],
      ['flatten'],
      dense(32),
      ['dense', { units: '=outputUnits', activation: 'softmax' }],
    ],
    compiled('adam', 'categoricalCrossentropy'),
  );

  test('a dense model of images gets a convolution in front of its flattening', () => {
    const [front] = edits('convolution-front', flat, { data: imageData });
    assert.ok(front?.[0]?.kind === 'insertLayers');
    assert.equal(front[0].after, 'input');
    assert.deepEqual(
      front[0].layers.map(({ type }) => type),
      ['conv2d', 'maxPooling2d'],
    );
    assert.deepEqual(candidates('convolution-front', mlp), []);
  });

  test('flat rows that the study calls images are put into shape first', () => {
    const rows = sequential([
      dense(32, { inputShape: [64] }),
      ['dense', { units: 10, activation: 'softmax' }],
    ]);
    const config = {
      data: { csv: 'digits.csv', target: 'label', task: 'classification', inputShape: [8, 8, 1] },
    };
    const [front] = edits('convolution-front', rows, {
      config,
      data: { ...imageData, inputShape: [64] },
    });
    assert.deepEqual(
      front?.[0]?.kind === 'insertLayers' && front[0].layers.map(({ type }) => type),
      ['reshape', 'conv2d', 'maxPooling2d', 'flatten'],
    );
  });

  test('convolutions can make way for a flat front, keeping the input shape', () => {
    assert.deepEqual(edits('dense-front', convolved, { data: imageData }), [
      [
        { kind: 'replaceLayer', layer: 0, with: { type: 'flatten', arguments: [] } },
        { kind: 'removeLayer', layer: 1 },
        { kind: 'removeLayer', layer: 2 },
      ],
    ]);
  });

  test('pooling changes kind or becomes a strided convolution of the same window', () => {
    const [average, strided] = candidates('pooling', convolved, { data: imageData });
    assert.match(average?.title ?? '', /average instead of max/);
    assert.deepEqual(
      strided?.edits[0]?.kind === 'replaceLayer' &&
        strided.edits[0].with.arguments
          .map(({ name, value }) => [name, value.kind === 'number' ? value.value : null])
          .slice(0, 3),
      [
        ['filters', 16],
        ['kernelSize', 2],
        ['strides', 2],
      ],
    );
  });

  test('a flattened sequence may be averaged over its steps instead', () => {
    const steps = sequential([
      ['conv1d', { filters: 16, kernelSize: 3, inputShape: [10, 2] }],
      ['flatten', {}],
      dense(8),
      output,
    ]);
    assert.deepEqual(
      candidates('global-pooling', steps).map(({ variantKey, title }) => [variantKey, title]),
      [['layer 1, globalAveragePooling1d', 'Replace flatten by globalAveragePooling1d']],
    );
  });

  test('global pooling needs channels enough to tell the classes apart; flattening can come back', () => {
    assert.deepEqual(candidates('global-pooling', convolved, { data: imageData }), []);
    const head: readonly Written[] = [dense(8), ['dense', { units: 10, activation: 'softmax' }]];
    const many = sequential([
      ['conv2d', { filters: 32, kernelSize: 3, inputShape: [8, 8, 1] }],
      ['flatten'],
      ...head,
    ]);
    assert.deepEqual(
      candidates('global-pooling', many, { data: imageData }).map(({ variantKey }) => variantKey),
      ['layer 1, globalAveragePooling2d'],
    );
    const pooled = sequential([
      ['conv2d', { filters: 4, kernelSize: 3, inputShape: [8, 8, 1] }],
      ['globalAveragePooling2d'],
      ...head,
    ]);
    assert.deepEqual(
      candidates('global-pooling', pooled, { data: imageData }).map(({ variantKey }) => variantKey),
      ['layer 1, flatten'],
    );
  });
});

describe('training', () => {
  const rates = (name: string, rate: number | null): readonly string[] =>
    candidates(name, sequential(mlpLayers, compiled('adam', 'meanSquaredError', rate))).map(
      ({ variantKey }) => variantKey,
    );
  const mlpLayers: readonly Written[] = [dense(8, { inputShape: [10] }), output];

  test(
    'the learning rate moves from where it stands, or from the runtime’s default, inside sane ' +
      'bounds',
    () => {
      assert.deepEqual(rates('raise-learning-rate', null), ['0.001 → 0.003', '0.001 → 0.01']);
      assert.deepEqual(rates('raise-learning-rate', 0.02), ['0.02 → 0.06']);
      assert.deepEqual(rates('lower-learning-rate', 0.01), ['0.01 → 0.0033', '0.01 → 0.001']);
    },
  );

  test('a builder that does not compile is told optimiser and loss', () => {
    const [edit] = edits('raise-learning-rate', sequential(mlpLayers, null))[0] ?? [];
    assert.deepEqual(edit, {
      kind: 'setCompile',
      optimizer: { type: 'adam', learningRate: 0.003 },
      fallback: { optimizer: { type: 'adam', learningRate: 0.001 }, loss: 'meanSquaredError' },
    });
  });

  test('an unreadable optimiser keeps its rate, or is exchanged for a usual one', () => {
    const unreadable = sequential(mlpLayers, compiled('other', 'meanSquaredError'));
    for (const name of ['raise-learning-rate', 'lower-learning-rate'])
      assert.deepEqual(candidates(name, unreadable), []);
    const usual = candidates('swap-optimizer', unreadable);
    assert.deepEqual(
      usual.map(({ title }) => title),
      [
        'Train with adam (0.001)',
        'Train with rmsprop (0.001)',
        'Train with momentum (0.01)',
        'Train with adamax (0.002)',
        'Train with sgd (0.01)',
      ],
    );
    assert.match(usual[0]?.reason ?? '', /does not say how large the steps are/);
  });

  test('sgd is exchanged for adam first', () => {
    assert.equal(
      candidates('swap-optimizer', sequential(mlpLayers, compiled('sgd', 'meanSquaredError')))[0]
        ?.variantKey,
      'sgd → adam',
    );
  });

  test(
    'losses are exchanged under every objective: the trainer measures val_loss by the study’s ' +
      'own loss',
    () => {
      for (const metric of ['val_loss', 'val_accuracy']) {
        const config = {
          objective: { metric, direction: metric === 'val_loss' ? 'minimize' : 'maximize' },
        } as const;
        for (const name of ['huber-loss', 'log-cosh', 'huber-pearson-loss'])
          assert.equal(candidates(name, mlp, { config }).length, 1);
      }
    },
  );

  test('a helper that is in use, or has no runtime to call, is not offered', () => {
    assert.deepEqual(candidates('huber-loss', { ...mlp, helpers: ['huberLoss'] }), []);
    const { model } = requestFor(mlp);
    assert.deepEqual(
      candidates('huber-loss', mlp, {
        model: { ...model, text: 'import { layers } from "@tensorflow/tfjs";' },
      }),
      [],
    );
  });

  test('a squared error on class probabilities becomes the cross-entropy that fits the targets', () => {
    const squared = sequential(
      [dense(8, { inputShape: [64] }), ['dense', { units: 10, activation: 'softmax' }]],
      compiled('adam', 'meanSquaredError'),
    );
    const config = { preprocessing: { oneHot: false } };
    assert.deepEqual(
      candidates('task-loss', squared, { data: imageData }).map(({ variantKey }) => variantKey),
      ['categoricalCrossentropy'],
    );
    assert.deepEqual(
      candidates('task-loss', squared, { data: imageData, config }).map(
        ({ variantKey }) => variantKey,
      ),
      ['sparseCategoricalCrossentropy'],
    );
  });
});

describe('words and predictions', () => {
  test('the reason starts with the finding that is answered, the evidence names its lines', () => {
    const [dropout] = candidates('add-dropout', mlp, {
      diagnosis: diagnosisOf({ overfitting: 'problem', plateau: 'warning' }),
    });
    assert.equal(
      dropout?.reason.startsWith(
        'Overfitting seen at epoch 3 (0.5 → 0.52). Dropout 0.3 after both hidden layers',
      ),
      true,
    );
    assert.deepEqual(dropout?.evidence[0], {
      text: 'overfitting seen at epoch 3 (0.5 → 0.52)',
      finding: 'overfitting',
      lines: [3, 4],
    });
  });

  test('without a finding the course of the run speaks', () => {
    const [wide] = candidates('widen', mlp);
    assert.match(
      wide?.reason ?? '',
      /^In 4 epochs loss went from 1 to 0.3 and val_loss went from 1.1 to 0.52 \(best 0.5 at epoch 3\), gap 73 %\./,
    );
  });

  test('effects are signed by the objective and bounded by what is missing', () => {
    const minimize = candidates('add-dropout', mlp, {
      config: { objective: { metric: 'val_loss', direction: 'minimize' } },
    })[0]?.expectedEffect;
    assert.ok(minimize && minimize.delta < 0 && minimize.delta > -0.52);
    const maximize = candidates('add-dropout', mlp, {
      config: { objective: { metric: 'val_accuracy', direction: 'maximize' } },
    })[0]?.expectedEffect;
    assert.ok(maximize && maximize.delta > 0 && maximize.delta < 0.21);
  });
});
