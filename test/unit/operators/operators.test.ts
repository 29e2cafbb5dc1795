import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Architecture } from '../../../src/model/architecture.ts';
import { number } from '../../../src/model/values.ts';
import { OPERATORS } from '../../../src/propose/operators/operators.ts';
import {
  compiled,
  contextFor,
  diagnosisOf,
  functional,
  imageData,
  sequential,
  type Written,
} from './architectures.ts';
import { dense, output, mlp, candidates, edits } from './candidates.ts';

const withLayers = (...between: readonly Written[]): Architecture =>
  sequential([dense(16, { inputShape: '=inputShape' }), ...between, dense(16), output]);

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

  test('of layers in a branch or a helper, changes arguments and moves nothing', () => {
    const inBranch = {
      ...mlp,
      layers: mlp.layers.map((layer, index) => ({
        ...layer,
        range: { ...layer.range, start: index },
        conditional: true,
        writable: true as const,
      })),
    };
    const edits = OPERATORS.flatMap((operator) =>
      operator.candidates(contextFor(inBranch)).flatMap((candidate) => candidate.edits),
    );
    const kinds = [...new Set(edits.map(({ kind }) => kind))].toSorted();
    assert.deepEqual(kinds, ['setArgument', 'setCompile']);
    const touched = edits.flatMap((edit) => (edit.kind === 'setArgument' ? [edit.layer] : []));
    assert.deepEqual([...new Set(touched)].toSorted(), [0, 1], 'the output is left alone');
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

  test('a model is called linear where nothing but its output has weights', () => {
    const reason = (...layers: readonly Written[]): string =>
      candidates('deepen', sequential(layers))[0]?.reason ?? '';
    assert.match(reason(['dense', { units: '=outputUnits', inputShape: [4] }]), /is linear in its/);
    const ofUnknownSize: Written = ['dense', { units: '=size', inputShape: [4] }];
    assert.match(
      reason(ofUnknownSize, ['dropout', { rate: 0.1 }], output),
      /what the layers before/,
    );
  });

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
