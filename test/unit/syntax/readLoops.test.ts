import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Architecture } from '../../../src/model/architecture.ts';
import { layersOf, loadSyntax, readOk } from './support.ts';

const syntax = await loadSyntax();

const builder = (body: string, parameters: string): Architecture =>
  readOk(
    syntax,
    `import * as tf from '@tensorflow/tfjs';\nexport function buildModel(${parameters}) ` +
      `{\n${body}\n}\n`,
    'javascript',
  );

describe('loops of which the file does not say how often they run', () => {
  test('a loop and a callback over what is not known are read once', () => {
    const architecture = builder(
      `const model = tf.sequential({ layers: sizes.map((units) => tf.layers.dense({ units })) });
      for (const rate of rates) model.add(tf.layers.dropout({ rate }));
      return model;`,
      'sizes, rates',
    );
    assert.deepEqual(layersOf(architecture), [
      '0 dense(units: `units`) conditional',
      '1 dropout(rate: `rate`) ← 0 conditional',
    ]);
    assert.ok(architecture.layers.every((layer) => !layer.certain));
  });
});
