import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countedAnew } from '../../../src/model/layerNames.ts';

test('names counted by the process are counted by the model, the user’s own stay', () => {
  const { topology, rename } = countedAnew(
    JSON.stringify({
      name: 'sequential_4',
      layers: ['dense_Dense9', 'conv2d_Conv2D3', 'dense_Dense12', 'head1', 'relu6'],
      input: 'dense_Dense9_input',
    }),
  );
  assert.deepEqual(JSON.parse(topology), {
    name: 'sequential_1',
    layers: ['dense_Dense1', 'conv2d_Conv2D1', 'dense_Dense2', 'head1', 'relu6'],
    input: 'dense_Dense1_input',
  });
  assert.equal(rename('dense_Dense12/kernel'), 'dense_Dense2/kernel');
  assert.equal(rename('head1/bias'), 'head1/bias');
});
