import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ArchitectureEdit } from '../../../src/model/edits.ts';
import { compiled, imageData, sequential, type Written } from './architectures.ts';
import { candidates, dense, output } from './candidates.ts';

const last: Written = ['dense', { units: '=outputUnits', activation: 'softmax' }];

const convolved = (filters: number): ReturnType<typeof sequential> =>
  sequential(
    [
      ['conv2d', { filters, kernelSize: 3, inputShape: '=inputShape' }],
      ['batchNormalization'],
      ['maxPooling2d', { poolSize: 2 }],
      ['flatten'],
      dense(16),
      last,
    ],
    compiled('adam', 'categoricalCrossentropy'),
  );

const branchOf = (edits: readonly ArchitectureEdit[] | undefined) =>
  edits?.find((edit) => edit.kind === 'addBranch');

describe('attention over channels', () => {
  test('squeeze and excitation, and ECA, behind the block of a convolution', () => {
    const [excited, eca] = candidates('channel-attention', convolved(32), { data: imageData });
    const branch = branchOf(excited?.edits);
    assert.equal(branch?.at, 1);
    assert.deepEqual(
      branch.layers.map(({ type }) => type),
      ['globalAveragePooling2d', 'dense', 'dense', 'reshape'],
    );
    assert.equal(branch.merge.type, 'multiply');
    const kernel = branchOf(eca?.edits)?.layers[2]?.arguments.find(
      ({ name }) => name === 'kernelSize',
    );
    assert.deepEqual(kernel?.value, { kind: 'number', value: 3 });
    assert.match(excited?.reason ?? '', /32 channels of conv2d layer/);
  });

  test('needs channels to choose from, and more than one place', () => {
    assert.deepEqual(candidates('channel-attention', convolved(4), { data: imageData }), []);
  });
});

describe('attention over steps', () => {
  const recurrent = (more: Written[1]): ReturnType<typeof sequential> =>
    sequential([['lstm', { units: 8, inputShape: [12, 3], ...more }], dense(8), output]);

  test('a recurrent layer that hands on its last step hands on all of them', () => {
    const [idea] = candidates('attention-over-steps', recurrent({}));
    assert.deepEqual(
      idea?.edits.map(({ kind }) => kind),
      ['setArgument', 'addBranch'],
    );
    const branch = branchOf(idea?.edits);
    assert.deepEqual(
      [branch?.layers.map(({ type }) => type), branch?.merge.type],
      [['dense', 'flatten', 'softmax'], 'dot'],
    );
    assert.match(idea?.reason ?? '', /last of 12 steps alone/);
  });

  test('it takes the place of flattening or averaging a sequence', () => {
    const flat = sequential([
      ['conv1d', { filters: 8, kernelSize: 3, inputShape: [10, 2] }],
      ['flatten'],
      output,
    ]);
    const [idea] = candidates('attention-over-steps', flat);
    assert.deepEqual(idea?.edits.at(-1), { kind: 'removeLayer', layer: 1 });
  });

  test('not where steps are hidden, too few, or handed on already', () => {
    const masked = sequential([
      ['masking', { inputShape: [12, 3] }],
      ['lstm', { units: 8 }],
      output,
    ]);
    assert.deepEqual(candidates('attention-over-steps', masked), []);
    assert.deepEqual(candidates('attention-over-steps', recurrent({ inputShape: [2, 3] })), []);
    assert.deepEqual(
      candidates('attention-over-steps', recurrent({ returnSequences: '=true' })),
      [],
    );
  });
});
