import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { call, number } from '../../../src/model/values.ts';
import { sequential } from './architectures.ts';
import { dense, output, mlp, candidates, edits } from './candidates.ts';

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
