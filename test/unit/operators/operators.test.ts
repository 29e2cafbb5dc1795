import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Architecture } from '../../../src/model/architecture.ts';
import { call, number } from '../../../src/model/values.ts';
import type { Candidate } from '../../../src/propose/operators/operator.ts';
import { OPERATORS } from '../../../src/propose/operators/operators.ts';
import {
  compiled,
  contextFor,
  diagnosisOf,
  functional,
  imageData,
  requestFor,
  sequential,
  type Written,
} from './architectures.ts';

const dense = (units: number, more: Written[1] = {}): Written => [
  'dense',
  { units, activation: 'relu', ...more },
];
const output: Written = ['dense', { units: '=outputUnits' }];
const mlp = sequential([dense(16, { inputShape: '=inputShape' }), dense(8), output]);
const withLayers = (...between: readonly Written[]): Architecture =>
  sequential([dense(16, { inputShape: '=inputShape' }), ...between, dense(16), output]);

function candidates(name: string, ...request: Parameters<typeof contextFor>): readonly Candidate[] {
  const operator = OPERATORS.find((other) => other.name === name);
  assert.ok(operator, `no operator ${name}`);
  return operator.candidates(contextFor(...request));
}
const edits = (name: string, ...request: Parameters<typeof contextFor>) =>
  candidates(name, ...request).map((candidate) => candidate.edits);

describe('every operator', () => {
  test('has its own name, a family and a dated source', () => {
    assert.equal(new Set(OPERATORS.map(({ name }) => name)).size, OPERATORS.length);
    for (const { name, family, source } of OPERATORS) {
      assert.match(name, /^[a-z0-9-]+$/);
      assert.ok(family.length > 2);
      assert.match(source, /\b(19|20)\d\d\b/, name);
    }
  });

  test(
    'gives each candidate its own title and key, numbers from the log, evidence and a signed ' +
      'effect',
    () => {
      const request = [mlp, { diagnosis: diagnosisOf({ overfitting: 'problem' }) }] as const;
      for (const operator of OPERATORS) {
        const offered = operator.candidates(contextFor(...request));
        assert.equal(
          new Set(offered.map(({ title }) => title)).size,
          offered.length,
          operator.name,
        );
        assert.equal(
          new Set(offered.map(({ variantKey }) => variantKey)).size,
          offered.length,
          operator.name,
        );
        for (const { reason, evidence, confidence, edits: written } of offered) {
          assert.match(reason, /\d/);
          assert.match(reason, /^[A-Zv].*\.$/);
          assert.ok(evidence.length > 0 && written.length > 0);
          assert.ok(confidence > 0 && confidence < 1);
        }
      }
    },
  );

  test('leaves conditional layers, and the layers of an opaque builder, alone', () => {
    const conditional = {
      ...mlp,
      layers: mlp.layers.map((layer) => ({ ...layer, conditional: true })),
    };
    for (const architecture of [conditional, { ...mlp, style: 'opaque' as const }]) {
      const kinds = OPERATORS.flatMap((operator) =>
        operator.candidates(contextFor(architecture)),
      ).flatMap((candidate) => candidate.edits.map(({ kind }) => kind));
      assert.ok(kinds.length > 0);
      assert.deepEqual([...new Set(kinds)], ['setCompile']);
    }
  });

  test('never touches input shape, output units, or a fitting output activation', () => {
    const written = OPERATORS.flatMap((operator) =>
      operator.candidates(contextFor(mlp)).flatMap((candidate) => candidate.edits),
    );
    const argumentsTouched = written.filter(
      (edit) => edit.kind === 'setArgument' || edit.kind === 'removeArgument',
    );
    assert.ok(argumentsTouched.length > 10);
    assert.deepEqual(
      argumentsTouched.filter(({ layer, name }) => layer === 2 || name === 'inputShape'),
      [],
    );
    assert.deepEqual(
      written.filter((edit) => edit.kind === 'removeLayer' && [0, 2].includes(edit.layer)),
      [],
    );
    assert.deepEqual(
      written.filter((edit) => edit.kind === 'replaceLayer' && edit.layer === 2),
      [],
    );
  });

  test('needs no data profile and no log values', () => {
    const empty = diagnosisOf({}, { series: {}, gap: null });
    for (const operator of OPERATORS) {
      for (const { reason, expectedEffect } of operator.candidates(
        contextFor(mlp, { data: null, diagnosis: empty }),
      )) {
        assert.match(reason, /holds no loss/);
        assert.equal(expectedEffect, null);
      }
    }
  });
});

describe('width and depth', () => {
  test('widen doubles all hidden layers, then each; the count of parameters is real', () => {
    const [all, first] = candidates('widen', mlp);
    assert.deepEqual(all?.edits, [
      { kind: 'setArgument', layer: 0, name: 'units', value: number(32) },
      { kind: 'setArgument', layer: 1, name: 'units', value: number(16) },
    ]);
    assert.match(all.reason, /\(321 → 897 parameters\)/);
    assert.deepEqual(first?.edits, [
      { kind: 'setArgument', layer: 0, name: 'units', value: number(32) },
    ]);
    assert.equal(first.variantKey, 'layer 0, ×2');
    assert.match(first.reason, /\(321 → 625 parameters\)/);
  });

  test('widening a convolution is counted too', () => {
    const net = sequential([
      ['conv2d', { filters: 4, kernelSize: 3, inputShape: [8, 8, 1] }],
      ['flatten'],
      dense(8),
      ['dense', { units: 10 }],
    ]);
    const reasons = candidates('widen', net, { data: imageData }).map(
      ({ reason }) => /\((\d+ → \d+) parameters\)/.exec(reason)?.[1],
    );
    // 40 + 144·8+8 + 90; all doubled, then each
    assert.deepEqual(reasons, ['1290 → 4874', '1290 → 2482', '1290 → 2530']);
  });

  test('a layer inside a residual sum is only resized together with its partner', () => {
    const summed = functional([
      ['inputLayer', { shape: '=inputShape' }],
      dense(8),
      dense(8),
      ['add', {}, [1, 2]],
      output,
    ]);
    assert.deepEqual(
      candidates('widen', summed).map(({ variantKey }) => variantKey),
      ['all hidden layers, ×2'],
    );
  });

  test(
    'deepen copies the last hidden layer behind its whole block, or gives a linear model a ' +
      'first one',
    () => {
      assert.deepEqual(edits('deepen', withLayers(['dropout', { rate: 0.2 }])), [
        [
          {
            kind: 'insertLayers',
            after: 2,
            layers: [
              {
                type: 'dense',
                arguments: [
                  { name: 'units', value: number(16) },
                  { name: 'activation', value: { kind: 'string', value: 'relu' } },
                ],
              },
            ],
          },
        ],
      ]);
      const [linear] = edits(
        'deepen',
        sequential([['dense', { units: '=outputUnits', inputShape: '=inputShape' }]]),
      );
      assert.equal(linear?.[0]?.kind === 'insertLayers' && linear[0].after, 'input');
    },
  );

  test('a removed layer takes its companions along; the one with the input shape stays', () => {
    const noisy = sequential([
      dense(16, { inputShape: '=inputShape' }),
      dense(8),
      ['batchNormalization'],
      ['dropout', { rate: 0.1 }],
      output,
    ]);
    assert.deepEqual(edits('remove-layer', noisy), [
      [1, 2, 3].map((layer) => ({ kind: 'removeLayer', layer })),
    ]);
  });

  test('residual: identity where widths agree, a projection where they differ', () => {
    const [identity] = edits('residual', withLayers());
    assert.deepEqual(identity, [{ kind: 'addResidual', from: 0, to: 1, projection: null }]);
    const [projected] = edits('residual', mlp);
    assert.equal(projected?.[0]?.kind === 'addResidual' && projected[0].projection?.type, 'dense');
  });
});

describe('activation and initialiser', () => {
  test(
    'a saturating activation is exchanged in all layers that share it, an activation layer is ' +
      'replaced',
    () => {
      const mixed = sequential([
        ['dense', { units: 8, activation: 'sigmoid', inputShape: '=inputShape' }],
        ['dense', { units: 8 }],
        ['activation', { activation: 'sigmoid' }],
        output,
      ]);
      const [relu] = edits('swap-activation', mixed);
      assert.deepEqual(
        relu?.map(({ kind }) => kind),
        ['setArgument', 'replaceLayer'],
      );
    },
  );

  test('an output that contradicts its loss is repaired; a fitting one is not touched', () => {
    const classifier = (activation: string, loss: string): Architecture =>
      sequential(
        [dense(8, { inputShape: [64] }), ['dense', { units: 10, activation }]],
        compiled('adam', loss),
      );
    assert.deepEqual(
      candidates('output-activation', classifier('linear', 'categoricalCrossentropy'), {
        data: imageData,
      }).map(({ variantKey }) => variantKey),
      ['linear → softmax'],
    );
    assert.deepEqual(
      candidates('output-activation', classifier('softmax', 'categoricalCrossentropy'), {
        data: imageData,
      }),
      [],
    );
    const clipped = sequential([
      dense(8, { inputShape: [10] }),
      ['dense', { units: 1, activation: 'relu' }],
    ]);
    assert.deepEqual(
      candidates('output-activation', clipped).map(({ variantKey }) => variantKey),
      ['relu → linear'],
    );
    assert.deepEqual(candidates('output-activation', mlp), []);
  });

  test('an activation of the user’s own is neither exchanged nor overwritten', () => {
    const own = sequential([
      ['dense', { units: 8, activation: '=myActivation', inputShape: [10] }],
      ['dense', { units: 1, activation: '=myActivation' }],
    ]);
    for (const name of ['swap-activation', 'output-activation', 'initializer'])
      assert.deepEqual(candidates(name, own), []);
  });

  test('initialisers follow the activation and are not proposed where they fit', () => {
    assert.deepEqual(
      candidates('initializer', mlp).map(({ title }) => title),
      ['Initialise both hidden layers with heNormal'],
    );
    const fitting = sequential([
      dense(8, { kernelInitializer: 'heUniform', inputShape: [10] }),
      output,
    ]);
    assert.deepEqual(candidates('initializer', fitting), []);
  });
});

describe('regularisation and normalisation', () => {
  test('dropout is added where there is none, and otherwise raised, lowered or removed', () => {
    const [dropped] = edits('add-dropout', mlp);
    assert.deepEqual(
      dropped?.map((edit) => edit.kind === 'insertLayers' && edit.after),
      [0, 1],
    );
    const noisy = sequential([dense(8, { inputShape: [10] }), ['dropout', { rate: 0.3 }], output]);
    assert.deepEqual(candidates('add-dropout', noisy), []);
    assert.deepEqual(
      candidates('strengthen-dropout', noisy).map(({ variantKey }) => variantKey),
      ['0.3 → 0.45'],
    );
    assert.deepEqual(
      candidates('weaken-dropout', noisy).map(({ variantKey }) => variantKey),
      ['0.3 → 0.15', 'remove'],
    );
  });

  test('penalties are added, scaled and removed', () => {
    assert.deepEqual(
      candidates('add-l2', mlp).map(({ variantKey }) => variantKey),
      ['L2 0.001', 'L2 1e-4'],
    );
    const penalized = sequential([
      dense(8, {
        inputShape: [10],
        kernelRegularizer: call('regularizers.l2', { l2: number(0.001) }),
      }),
      output,
    ]);
    assert.deepEqual(candidates('add-l2', penalized), []);
    assert.deepEqual(
      candidates('strengthen-penalty', penalized).map(({ variantKey }) => variantKey),
      ['L2 0.001 → 0.01'],
    );
    assert.deepEqual(
      candidates('weaken-penalty', penalized).map(({ variantKey }) => variantKey),
      ['L2 0.001 → 1e-4', 'remove'],
    );
  });

  test('normalisation goes in front of an activation layer and never twice', () => {
    const separate = sequential([
      ['dense', { units: 8, inputShape: [10] }],
      ['activation', { activation: 'relu' }],
      output,
    ]);
    assert.deepEqual(
      edits('batch-normalization', separate)[0]?.map(
        (edit) => edit.kind === 'insertLayers' && edit.after,
      ),
      [0],
    );
    const normalized = sequential([dense(8, { inputShape: [10] }), ['batchNormalization'], output]);
    assert.deepEqual(candidates('batch-normalization', normalized), []);
    assert.equal(candidates('remove-normalization', normalized).length, 1);
  });

  test('inputs are normalised unless the study already standardises them', () => {
    assert.equal(edits('input-normalization', mlp)[0]?.[0]?.kind, 'insertLayers');
    const config = { preprocessing: { standardizeInputs: true } };
    assert.deepEqual(candidates('input-normalization', mlp, { config }), []);
  });
});

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

  test('an unreadable optimiser is left alone', () => {
    const unreadable = sequential(mlpLayers, compiled('other', 'meanSquaredError'));
    for (const name of ['raise-learning-rate', 'lower-learning-rate', 'swap-optimizer'])
      assert.deepEqual(candidates(name, unreadable), []);
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
