import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { TreeSitterSyntax } from '../../../src/adapters/syntax/treeSitterSyntax.ts';
import { canonicalLayers } from '../../../src/model/canonicalLayers.ts';
import type { ArchitectureEdit } from '../../../src/model/edits.ts';
import { countParameters } from '../../../src/model/lens/lens.ts';
import { number, string } from '../../../src/model/values.ts';
import { loadSyntax, readOk, spec, writeOk } from './support.ts';
import type { Fixture } from './support.ts';

let syntax: TreeSitterSyntax;
before(async () => {
  syntax = await loadSyntax();
});

/** The same model in three libraries. Layers are named by what they are in each. */
const TFJS = `import * as tf from '@tensorflow/tfjs';
export function buildModel() {
  const model = tf.sequential();
  model.add(tf.layers.dense({ units: 16, inputShape: [4] }));
  model.add(tf.layers.reLU());
  model.add(tf.layers.dropout({ rate: 0.2 }));
  model.add(tf.layers.dense({ units: 8 }));
  model.add(tf.layers.reLU());
  model.add(tf.layers.dense({ units: 1 }));
  return model;
}
`;

const KERAS = `from keras import Sequential, layers

def build_model():
    model = Sequential()
    model.add(layers.Dense(16, input_shape=(4,)))
    model.add(layers.ReLU())
    model.add(layers.Dropout(0.2))
    model.add(layers.Dense(8))
    model.add(layers.ReLU())
    model.add(layers.Dense(1))
    return model
`;

const TORCH = `import torch.nn as nn

def build_model():
    return nn.Sequential(
        nn.Linear(4, 16),
        nn.ReLU(),
        nn.Dropout(0.2),
        nn.Linear(16, 8),
        nn.ReLU(),
        nn.Linear(8, 1),
    )
`;

const TWINS: readonly Fixture[] = [
  { name: 'model.ts', text: TFJS, language: 'typescript' },
  { name: 'keras.py', text: KERAS, language: 'python' },
  { name: 'torch.py', text: TORCH, language: 'python' },
];

const EDITS: Readonly<Record<string, readonly ArchitectureEdit[]>> = {
  nothing: [],
  'a wider layer': [{ kind: 'setArgument', layer: 0, name: 'units', value: number(32) }],
  'two wider layers': [
    { kind: 'setArgument', layer: 0, name: 'units', value: number(32) },
    { kind: 'setArgument', layer: 3, name: 'units', value: number(4) },
  ],
  'another rate': [{ kind: 'setArgument', layer: 2, name: 'rate', value: number(0.5) }],
  'dropout goes': [{ kind: 'removeLayer', layer: 2 }],
  'a layer goes with its activation': [
    { kind: 'removeLayer', layer: 3 },
    { kind: 'removeLayer', layer: 4 },
  ],
  'one more layer': [
    { kind: 'insertLayers', after: 4, layers: [spec('dense', { units: number(8) }), spec('reLU')] },
  ],
  'batch normalisation': [
    { kind: 'insertLayers', after: 0, layers: [spec('batchNormalization')] },
    { kind: 'insertLayers', after: 3, layers: [spec('batchNormalization')] },
  ],
  'layer normalisation': [{ kind: 'insertLayers', after: 0, layers: [spec('layerNormalization')] }],
  'another activation': [
    {
      kind: 'replaceLayer',
      layer: 1,
      with: spec('activation', { activation: string('tanh') }),
    },
  ],
};

/** The layers as they compute, without what a library alone has to say. */
const layersIn = ({ text, language }: Fixture): readonly string[] =>
  canonicalLayers(readOk(syntax, text, language))
    .filter(({ type }) => type !== 'input')
    .map(({ text: said }) =>
      said
        .replaceAll(/(, )?(inFeatures|features): \d+/g, '')
        .replace('(, ', '(')
        .replace('()', ''),
    );

describe('the same edit of twins gives twins', () => {
  for (const [name, edits] of Object.entries(EDITS)) {
    test(name, () => {
      const changed = TWINS.map((twin) => ({ ...twin, text: writeOk(syntax, twin, edits) }));
      const [first, ...others] = changed.map(layersIn);
      for (const layers of others) assert.deepEqual(layers, first);
      const [tfjs, keras, torch] = changed.map(({ text, language }) =>
        countParameters(readOk(syntax, text, language), null),
      );
      assert.equal(keras, tfjs);
      const statistics = name === 'batch normalisation' ? 2 * (16 + 8) : 0;
      assert.equal(torch, (tfjs ?? 0) - statistics, 'moving statistics are no parameters there');
    });
  }
});
