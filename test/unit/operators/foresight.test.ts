import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boolean } from '../../../src/model/values.ts';
import { isSoundChange } from '../../../src/propose/operators/soundness.ts';
import { contextFor, regressionData, sequential, type Written } from './architectures.ts';

const STEPS = 12;
const text = {
  ...regressionData,
  task: 'classification' as const,
  inputShape: [STEPS],
  outputUnits: 20,
  outputShape: [STEPS, 20],
};
const modelOf = (...middle: readonly Written[]) =>
  sequential([
    ['embedding', { inputDim: 20, outputDim: 8, inputLength: STEPS }],
    ['lstm', { units: 8, returnSequences: boolean(true) }],
    ...middle,
    ['dense', { units: 20 }],
  ]);
const AHEAD: Readonly<Record<string, Written>> = {
  'attention among all steps': ['selfAttention', { heads: 2, reach: 0 }],
  'a Fourier transform over steps': ['spectralMixing'],
  'a convolution around each step': ['conv1d', { filters: 8, kernelSize: 3, padding: 'same' }],
};

for (const [name, layer] of Object.entries(AHEAD))
  test(`${name} is no change of a model that foretells the next step, and is one elsewhere`, () => {
    const changed = modelOf(layer);
    const foretelling = contextFor(modelOf(), { data: { ...text, foretells: true } });
    assert.equal(isSoundChange(foretelling, changed), false);
    assert.equal(isSoundChange(contextFor(modelOf(), { data: text }), changed), true);
  });

test('a dense layer at each step is a change of either', () => {
  const foretelling = contextFor(modelOf(), { data: { ...text, foretells: true } });
  assert.equal(isSoundChange(foretelling, modelOf(['dense', { units: 8 }])), true);
});
