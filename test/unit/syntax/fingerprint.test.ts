import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fingerprint } from '../../../src/model/fingerprint.ts';
import type { ArchitectureEdit } from '../../../src/model/edits.ts';
import type { Language } from '../../../src/model/modelFile.ts';
import { number, string } from '../../../src/model/values.ts';
import type { TreeSitterSyntax } from '../../../src/adapters/syntax/treeSitterSyntax.ts';
import { fixture, loadSyntax, readOk, spec, writeOk } from './support.ts';

const syntax: TreeSitterSyntax = await loadSyntax();

const of = (text: string, language: Language = 'typescript'): string =>
  fingerprint(readOk(syntax, text, language));

const model = (body: string, top = ''): string =>
  of(
    `import * as tf from '@tensorflow/tfjs';\n${top}\nexport function buildModel({ ` +
      `inputShape, outputUnits }) {\n${body}\n}\n`,
    'javascript',
  );

const list = (...layers: string[]): string =>
  model(`return tf.sequential({ layers: [${layers.join(', ')}] });`);

const BASE = list(
  "tf.layers.dense({ units: 64, inputShape, activation: 'relu' })",
  'tf.layers.dense({ units: outputUnits })',
);

describe('equivalent builders have one fingerprint', () => {
  test('it is readable', () => {
    assert.equal(
      BASE,
      'input(shape: inputShape) > dense(units: 64) > relu > dense(units: outputUnits)',
    );
    assert.equal(
      of(fixture('mlp.ts').text),
      'input(shape: inputShape) > dense(units: 64) > relu > dropout(rate: 0.2) > ' +
        'dense(kernelRegularizer: regularizers.l2(l2: 0.0001), units: 32) > relu > ' +
        'dense(units: outputUnits) > softmax | adam(learningRate: 0.01), ' +
        "'categoricalCrossentropy'",
    );
    assert.equal(
      of(fixture('functionalResidual.ts').text),
      'input(shape: inputShape) > dense(units: 32) > relu > dense(units: 32) > relu > ' +
        'add@2+4 > layerNormalization > dense(units: outputUnits)',
    );
  });

  const same: Readonly<Record<string, () => string>> = {
    'formatting, order of arguments, names': () =>
      list(
        "tf.layers.dense({ activation: 'relu',\n inputShape,\n units: 64, name: 'first' })",
        'tf.layers.dense({ units: outputUnits })',
      ),
    'constants for literals': () =>
      model(
        'const m = tf.sequential(); m.add(tf.layers.dense({ units: WIDE * 2, inputShape, ' +
          'activation: ACT })); m.add(tf.layers.dense({ units: outputUnits })); return m;',
        "const WIDE = 32; const ACT = 'relu';",
      ),
    'model.add for a list': () =>
      model(
        'const m = tf.sequential(); m.add(tf.layers.dense({ units: 64, inputShape, ' +
          "activation: 'relu' })); m.add(tf.layers.dense({ units: outputUnits })); return m;",
      ),
    'functional form': () =>
      model(
        'const i = tf.input({ shape: inputShape }); const h = tf.layers.dense({ units: 64, ' +
          "activation: 'relu' }).apply(i); return tf.model({ inputs: i, outputs: " +
          'tf.layers.dense({ units: outputUnits }).apply(h) });',
      ),
    'an input layer of its own': () =>
      list(
        'tf.layers.inputLayer({ inputShape })',
        "tf.layers.dense({ units: 64, activation: 'relu' })",
        'tf.layers.dense({ units: outputUnits })',
      ),
    'the activation as a layer': () =>
      list(
        'tf.layers.dense({ units: 64, inputShape })',
        "tf.layers.activation({ activation: 'relu' })",
        'tf.layers.dense({ units: outputUnits })',
      ),
    'the activation as its own layer type': () =>
      list(
        'tf.layers.dense({ units: 64, inputShape })',
        'tf.layers.reLU()',
        'tf.layers.dense({ units: outputUnits })',
      ),
    'defaults written out': () =>
      list(
        "tf.layers.dense({ units: 64, inputShape, activation: 'relu', useBias: true, " +
          "kernelInitializer: 'glorotNormal', biasInitializer: tf.initializers.zeros() })",
        "tf.layers.dense({ units: outputUnits, activation: 'linear', kernelRegularizer: " +
          'null, trainable: true })',
      ),
    'a seed': () =>
      list(
        "tf.layers.dense({ units: 64, inputShape, activation: 'relu', kernelInitializer: " +
          'tf.initializers.glorotNormal({ seed: 3 }) })',
        'tf.layers.dense({ units: outputUnits })',
      ),
  };
  for (const [name, make] of Object.entries(same)) test(name, () => assert.equal(make(), BASE));

  test('windows as a number or a list, strides that are the pool size', () => {
    assert.equal(
      list(
        "tf.layers.conv2d({ filters: 4, kernelSize: 3, strides: 1, padding: 'valid', inputShape })",
        'tf.layers.maxPooling2d({ poolSize: 2 })',
        'tf.layers.maxPooling2d({ poolSize: 3, strides: 3 })',
      ),
      list(
        'tf.layers.conv2d({ filters: 4, kernelSize: [3, 3], inputShape })',
        'tf.layers.maxPool2d({ poolSize: [2, 2], strides: [2, 2] })',
        'tf.layers.maxPooling2d({ poolSize: [3, 3] })',
      ),
    );
  });

  test('regularisers and their default weight', () => {
    const dense = (penalty: string): string =>
      list(`tf.layers.dense({ units: 1, inputShape, kernelRegularizer: ${penalty} })`);
    assert.equal(dense('tf.regularizers.l2()'), dense('tf.regularizers.l2({ l2: 0.01 })'));
  });

  test('the order of independent statements, and of what is added', () => {
    const branches = (first: string, second: string, sum: string): string =>
      model(`const i = tf.input({ shape: inputShape });
      ${first}\n${second}\nconst s = tf.layers.add().apply([${sum}]);
      return tf.model({ inputs: i, outputs: s });`);
    const [a, b] = [
      "const a = tf.layers.dense({ units: 4, activation: 'relu' }).apply(i);",
      'const b = tf.layers.dense({ units: 4, useBias: false }).apply(i);',
    ];
    assert.equal(branches(a, b, 'a, b'), branches(b, a, 'a, b'));
    assert.equal(branches(a, b, 'a, b'), branches(a, b, 'b, a'));
    assert.notEqual(branches(a, b, 'a, b'), branches(a, b, 'a, i'));
  });

  test('optimisers with their default rate, and metrics', () => {
    const compile = (config: string): string =>
      model(
        'const m = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape })] }); ' +
          `m.compile(${config}); return m;`,
      );
    assert.equal(
      compile("{ optimizer: 'adam', loss: 'meanSquaredError' }"),
      compile("{ loss: 'meanSquaredError', optimizer: tf.train.adam(1e-3), metrics: ['mae'] }"),
    );
    assert.equal(
      compile("{ optimizer: 'sgd', loss: 'meanSquaredError' }"),
      compile("{ loss: 'meanSquaredError', optimizer: tf.train.sgd(0.01) }"),
    );
    assert.notEqual(
      compile("{ optimizer: 'adam', loss: 'meanSquaredError' }"),
      compile("{ optimizer: tf.train.adam(2e-3), loss: 'meanSquaredError' }"),
    );
    assert.notEqual(
      compile("{ optimizer: 'adam', loss: 'meanSquaredError' }"),
      compile("{ optimizer: tf.train.adam(1e-3, 0.8), loss: 'meanSquaredError' }"),
    );
    assert.notEqual(
      compile("{ optimizer: 'adam', loss: 'meanSquaredError' }"),
      compile("{ optimizer: 'adam', loss: 'meanAbsoluteError' }"),
    );
    assert.notEqual(
      compile("{ optimizer: 'adam', loss: 'meanSquaredError' }"),
      compile("{ optimizer: 'adam', loss: meanSquaredError }"),
    );
    assert.notEqual(
      compile('{ optimizer: tf.train.adam(rate) }'),
      compile('{ optimizer: tf.train.adam() }'),
    );
  });

  test('sequential builders rewritten in functional form', () => {
    for (const name of ['mlp.ts', 'cnn.ts', 'constants.ts', 'classMethod.ts', 'mixed.ts']) {
      const source = fixture(name);
      const residual: ArchitectureEdit = { kind: 'addResidual', from: 0, to: 1, projection: null };
      const written = writeOk(syntax, source, [residual]);
      const withoutSum = written
        .replace(/^.*layers\.add\(\).*\n/m, '')
        .replace(/^.*const shortcut.*\n/m, '');
      assert.equal(of(withoutSum), of(source.text), name);
    }
  });
});

describe('different builders have different fingerprints', () => {
  test('every edit of a builder changes its fingerprint, and no two edits give the same', () => {
    const source = fixture('mlp.ts');
    const edits: ArchitectureEdit[] = [
      { kind: 'setArgument', layer: 0, name: 'units', value: number(65) },
      { kind: 'setArgument', layer: 0, name: 'activation', value: string('tanh') },
      { kind: 'setArgument', layer: 0, name: 'kernelInitializer', value: string('heNormal') },
      { kind: 'removeArgument', layer: 0, name: 'activation' },
      { kind: 'removeArgument', layer: 2, name: 'kernelRegularizer' },
      { kind: 'insertLayers', after: 0, layers: [spec('batchNormalization')] },
      { kind: 'insertLayers', after: 1, layers: [spec('batchNormalization')] },
      { kind: 'insertLayers', after: 'input', layers: [spec('batchNormalization')] },
      { kind: 'insertLayers', after: 0, layers: [spec('layerNormalization')] },
      { kind: 'removeLayer', layer: 1 },
      { kind: 'removeLayer', layer: 2 },
      { kind: 'addResidual', from: 0, to: 1, projection: null },
      { kind: 'addResidual', from: 0, to: 2, projection: null },
      {
        kind: 'setCompile',
        optimizer: { type: 'adam', learningRate: 0.02 },
        fallback: { optimizer: { type: 'adam', learningRate: 0.1 }, loss: 'hinge' },
      },
      {
        kind: 'setCompile',
        optimizer: { type: 'sgd', learningRate: 0.01 },
        fallback: { optimizer: { type: 'adam', learningRate: 0.1 }, loss: 'hinge' },
      },
      {
        kind: 'setCompile',
        loss: { kind: 'named', name: 'hinge' },
        fallback: { optimizer: { type: 'adam', learningRate: 0.1 }, loss: 'hinge' },
      },
    ];
    const all = [of(source.text), ...edits.map((edit) => of(writeOk(syntax, source, [edit])))];
    assert.equal(new Set(all).size, all.length);
    assert.ok(all.every((one) => !one.includes('\n')));
  });

  test('builders that cannot be followed are told apart by their source, not by its formatting', () => {
    const loop = fixture('loop.ts').text;
    assert.notEqual(of(loop), of(loop.replace('units > 16', 'units > 32')));
    assert.equal(of(loop), of(loop.replace('  return model;', '\n    return model;')));
    const opaque = fixture('opaque.ts').text;
    assert.notEqual(of(opaque), of(opaque.replace('[64, 32]', '[64, 16]')));
  });

  test('Keras has defaults of its own', () => {
    const keras = (initializer: string): string =>
      of(
        `import keras\nfrom keras import layers\n\ndef build_model(shape):\n    return ` +
          `keras.Sequential([layers.Dense(1, input_shape=shape${initializer})])\n`,
        'python',
      );
    assert.equal(keras(''), keras(", kernel_initializer='glorot_uniform'"));
    assert.notEqual(keras(''), keras(", kernel_initializer='glorot_normal'"));
  });
});
