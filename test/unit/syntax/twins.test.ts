import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { TreeSitterSyntax } from '../../../src/adapters/syntax/treeSitterSyntax.ts';
import type { ArchitectureEdit } from '../../../src/model/edits.ts';
import { countParameters } from '../../../src/model/lens/lens.ts';
import { number, string } from '../../../src/model/values.ts';
import { loadSyntax, readOk, spec, writeOk } from './support.ts';
import type { Fixture } from './support.ts';
import { dense, dropout, layersOf, RELU, twinsOf } from './twinModels.ts';

let syntax: TreeSitterSyntax;
before(async () => {
  syntax = await loadSyntax();
});

const TWINS = twinsOf({
  layers: [
    [
      'dense({ units: 16, inputShape: [4] })',
      'layers.Dense(16, input_shape=(4,))',
      'nn.Linear(4, 16)',
    ],
    RELU,
    dropout(0.2),
    dense(16, 8),
    RELU,
    dense(8, 1),
  ],
});

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

const layersIn = ({ text, language }: Fixture): readonly string[] =>
  layersOf(readOk(syntax, text, language));

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
