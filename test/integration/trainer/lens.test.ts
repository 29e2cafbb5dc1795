import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { join } from 'node:path';
import { lensOf, type Lens } from '../../../src/model/lens/lens.ts';
import { isKnown, type DataShape } from '../../../src/model/lens/shape.ts';
import { locateLayers } from '../../../src/model/locateLayers.ts';
import type { BuiltModel } from '../../../src/model/builtModel.ts';
import { openStudy } from '../../../src/adapters/files/openStudy.ts';
import type { TreeSitterSyntax } from '../../../src/adapters/syntax/treeSitterSyntax.ts';
import { describeModel } from '../../../src/workers/tfjs/builder/describeModel.ts';
import type { Tf } from '../../../src/workers/tfjs/tf.ts';
import { loadSyntax, readOk } from '../../unit/syntax/support.ts';
import { exampleFolder, makeTrainer, NEVER, projectStudy, variantOf } from './harness.ts';
import { modelOf } from './runtime/layerModels.ts';
import { layerCases } from './runtime/layerCases.ts';
import { runtimeForTests } from './runtime/runtimes.ts';

let syntax: TreeSitterSyntax;
before(async () => {
  syntax = await loadSyntax();
});

const lensOfText = (text: string, data: DataShape | null): Lens =>
  lensOf(readOk(syntax, text, 'typescript'), data);

/** Shape and parameters of every layer but the input, as written and as built. */
function assertSame(lens: Lens, built: BuiltModel): void {
  const inner = built.layers.filter(({ className }) => className !== 'InputLayer');
  const written = lens.layers.filter(({ layer }) => layer.type !== 'inputLayer');
  assert.deepEqual(
    written.map(({ outputShape, parameters }) => [outputShape, parameters]),
    inner.map(({ outputShape, parameters }) => [outputShape, parameters]),
  );
  assert.equal(lens.parameters, built.parameters);
}

describe('what the source tells is what the trainer builds', () => {
  const trainer = makeTrainer();
  after(() => trainer.dispose());

  const studies = [
    ...['digits', 'diabetes'].map(
      (name) => [`example ${name}`, () => openStudy(exampleFolder(name))] as const,
    ),
    ...['blobs', 'tutorial'].map(
      (name) => [`project ${name}`, async () => projectStudy(name)] as const,
    ),
  ];
  for (const [title, open] of studies) {
    test(title, async () => {
      const study = await open();
      const text = readFileSync(study.modelPath, 'utf8');
      const built = await trainer.build(study, variantOf(study, text), NEVER);
      assert.ok(built.ok, JSON.stringify(built));
      const lens = lensOfText(text, await trainer.profileData(study, NEVER));
      assertSame(lens, built.value);
      assert.ok((lens.flops ?? 0) > 0);
      assert.ok(
        locateLayers(lens, built.value).every(({ line, flops }) => line !== null && flops !== null),
      );
    });
  }

  test('a builder that cannot be followed is not guessed at', async () => {
    const study = projectStudy('typescript');
    const text = readFileSync(study.modelPath, 'utf8');
    const lens = lensOfText(text, await trainer.profileData(study, NEVER));
    assert.deepEqual(
      { parameters: lens.parameters, flops: lens.flops },
      { parameters: null, flops: null },
    );
  });

  test('the examples are all here', () => {
    assert.deepEqual(readdirSync(exampleFolder('.')).sort(), [
      'diabetes',
      'digits',
      'keras-digits',
      'load',
      'python',
      'torch-digits',
    ]);
  });
});

describe('every kind of layer that TensorFlow.js can train', () => {
  let tf: Tf;
  before(async () => {
    ({ tf } = await runtimeForTests('wasm'));
  });

  for (const [title, layerCase] of Object.entries(layerCases)) {
    test(title, () => {
      const model = modelOf(tf, layerCase);
      const built = describeModel(model);
      model.dispose();
      const flat = built.layers.some(
        ({ className }, index) => className === 'Flatten' && index === built.layers.length - 2,
      );
      const list = layerCase.layers
        .toString()
        .replace(/^\s*\(tf\) =>\s*/, '')
        .trim()
        .replace(/^\[|\],?$/g, '')
        .replace(/,\s*$/, '');
      const lens = lensOfText(
        `
        import * as tf from '@tensorflow/tfjs';
        const same = { padding: 'same', kernelSize: 3 };
        export function buildModel() {
          return tf.sequential({ layers: [tf.layers.inputLayer({ inputShape: [${layerCase.input.join()}] }), ${list}, ${flat ? 'tf.layers.flatten(),' : ''} tf.layers.dense({ units: 2 })] });
        }`,
        null,
      );
      assertSame(lens, built);
      assert.ok(
        lens.layers.every(
          ({ outputShape, flops }) => isKnown(outputShape) && (flops === null || flops >= 0),
        ),
      );
    });
  }
});

describe('Python builders', () => {
  test('the example: shapes, parameters and FLOPs from its default values', () => {
    const text = readFileSync(join(exampleFolder('python'), 'model.py'), 'utf8');
    const lens = lensOf(readOk(syntax, text, 'python'), null);
    // Keras' own summary of this model.
    assert.deepEqual(
      lens.layers.map(({ outputShape, parameters }) => [outputShape, parameters]),
      [
        [[8, 8, 1], 0],
        [[8, 8, 8], 80],
        [[4, 4, 8], 0],
        [[128], 0],
        [[32], 4128],
        [[32], 0],
        [[10], 330],
      ],
    );
    assert.deepEqual(
      { parameters: lens.parameters, flops: lens.flops },
      {
        parameters: 4538,
        flops: 2 * 9 * 512 + 512 + 512 + 4 * 128 + 2 * 128 * 32 + 32 + 32 + 2 * 32 * 10 + 10 + 50,
      },
    );
  });
});
