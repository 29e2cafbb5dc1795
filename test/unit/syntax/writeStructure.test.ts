import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ArchitectureEdit } from '../../../src/model/edits.ts';
import { boolean, call, number } from '../../../src/model/values.ts';
import { fixture, readOk, spec, writeOk } from './support.ts';
import { syntax, fallback, change } from './writtenForms.ts';

const HELPER = {
  name: 'softHuber',
  source: {
    typescript:
      '/** Huber, softly. */\nfunction softHuber(yTrue: tf.Tensor, yPred: tf.Tensor): ' +
      'tf.Tensor {\n  return tf.losses.huberLoss(yTrue, yPred);\n}',
    javascript:
      '/** Huber, softly. */\nfunction softHuber(yTrue, yPred) {\n  return ' +
      'tf.losses.huberLoss(yTrue, yPred);\n}',
  },
};

const lossEdit: ArchitectureEdit = {
  kind: 'setCompile',
  loss: { kind: 'helper', helper: HELPER },
  fallback,
};

const refusal = (name: string, edit: ArchitectureEdit): string => {
  const { text, language } = fixture(name);
  const written = syntax.write(text, readOk(syntax, text, language), [edit]);
  assert.ok(!written.ok, 'it should have been refused');
  const { code, kind } = written.error;
  assert.deepEqual({ code, kind }, { code: 'model-cannot-edit', kind: 'input' });
  return written.error.happened;
};

describe('residual connections', () => {
  test('in a functional builder, with a projection', () => {
    const projection = spec('dense', { units: number(48), useBias: boolean(false) });
    assert.deepEqual(
      change('functionalResidual.ts', { kind: 'addResidual', from: 3, to: 4, projection }),
      [
        '-  x = tf.layers.layerNormalization().apply(x) as tf.SymbolicTensor;',
        '+  const shortcut2 = x;',
        '+  x = tf.layers.layerNormalization().apply(x) as tf.SymbolicTensor;',
        '+  const projected = tf.layers.dense({ units: 48, useBias: false ' +
          '}).apply(shortcut2) as tf.SymbolicTensor;',
        '+  x = tf.layers.add().apply([x, projected]) as tf.SymbolicTensor;',
      ],
    );
  });

  test('a sequential builder is written in functional form, comments and formatting kept', () => {
    assert.deepEqual(
      change('mlp.ts', { kind: 'addResidual', from: 0, to: 1, projection: null }).filter((line) =>
        line.startsWith('+'),
      ),
      [
        '+  const input = tf.input({ shape: inputShape });',
        "+  let x = tf.layers.dense({ units: 64, activation: 'relu' }).apply(input) as " +
          'tf.SymbolicTensor; // first hidden layer',
        '+  const shortcut = x;',
        '+  x = tf.layers.dropout({ rate: 0.2 }).apply(x) as tf.SymbolicTensor;',
        '+  x = tf.layers.add().apply([x, shortcut]) as tf.SymbolicTensor;',
        '+  // second hidden layer',
        '+  x = tf.layers.dense({',
        '+    units: 32,',
        "+    activation: 'relu',",
        '+    kernelRegularizer: tf.regularizers.l2({ l2: 1e-4 }),',
        '+  }).apply(x) as tf.SymbolicTensor;',
        "+  x = tf.layers.dense({ units: outputUnits, activation: 'softmax' }).apply(x) as " +
          'tf.SymbolicTensor;',
        '+  const model = tf.model({ inputs: input, outputs: x });',
      ],
    );
  });

  test('a list and adds together, with the types that change', () => {
    assert.deepEqual(
      change('mixed.ts', { kind: 'addResidual', from: 0, to: 1, projection: null }).filter((line) =>
        line.startsWith('+'),
      ),
      [
        '+export function buildModel({ inputShape, outputUnits }: { inputShape: number[]; ' +
          'outputUnits: number }): tf.LayersModel {',
        '+  const input = tf.input({ shape: inputShape });',
        '+  let x = tf.layers.dense({',
        '+    units: 30,',
        '+  }).apply(input) as tf.SymbolicTensor;',
        '+  const shortcut = x;',
        "+  const hidden = tf.layers.dense({ units: 20, activation: 'relu' });",
        '+  x = hidden.apply(x) as tf.SymbolicTensor; // kept in a variable',
        '+  x = tf.layers.add().apply([x, shortcut]) as tf.SymbolicTensor;',
        '+  x = tf.layers.dense({ units: outputUnits }).apply(x) as tf.SymbolicTensor;',
        '+  const model: tf.LayersModel = tf.model({ inputs: input, outputs: x });',
      ],
    );
  });

  test('an arrow function without braces gets them', () => {
    assert.deepEqual(
      change('arrow.ts', { kind: 'addResidual', from: 0, to: 1, projection: null }).filter((line) =>
        line.startsWith('+'),
      ),
      [
        '+export const build_model = ({ inputShape, outputUnits }: { inputShape: number[]; ' +
          'outputUnits: number }) => {',
        '+  const input = tf.input({ shape: inputShape });',
        "+  let x = tf.layers.dense({ units: hidden, activation: 'relu' }).apply(input) as " +
          'tf.SymbolicTensor;',
        '+  const shortcut = x;',
        '+  x = tf.layers.dense({ units: outputUnits }).apply(x) as tf.SymbolicTensor;',
        '+  x = tf.layers.add().apply([x, shortcut]) as tf.SymbolicTensor;',
        '+  return tf.model({ inputs: input, outputs: x });',
        '+};',
      ],
    );
  });
});

describe('compile and helpers', () => {
  test('a helper stands above the builder and its comments, once, with one blank line around', () => {
    const source = fixture('mlp.ts');
    const once = writeOk(syntax, source, [lossEdit]);
    assert.ok(
      once.includes(
        `}\n\n${HELPER.source.typescript}\n\n/** A plain multi-layer perceptron. */\nexport ` +
          'function',
      ),
    );
    assert.ok(once.includes('loss: softHuber, metrics'));
    assert.equal(writeOk(syntax, { ...source, text: once }, [lossEdit]), once);
    assert.deepEqual(readOk(syntax, once, 'typescript').helpers, ['softHuber']);
  });

  test('above the class of a method, in the indentation of the file, in JavaScript without types', () => {
    const inClass = writeOk(syntax, fixture('classMethod.ts'), [lossEdit]);
    assert.ok(
      inClass.includes(
        '): tf.Tensor {\n    return tf.losses.huberLoss(yTrue, yPred);\n}\n\nexport class ' +
          'DigitsModel {',
      ),
    );
    assert.ok(
      writeOk(syntax, fixture('embedding.js'), [lossEdit]).includes(
        `\n\n${HELPER.source.javascript}\n\nfunction buildModel`,
      ),
    );
  });

  test('at the very start of a file with a BOM, and under another name for the library', () => {
    const text =
      '\uFEFFexport function buildModel() {\r\n  const model = lib.sequential({ layers: ' +
      '[lib.layers.dense({ units: 1, inputShape: [1] })] });\r\n  return ' +
      "model;\r\n}\r\nimport * as lib from '@tensorflow/tfjs';";
    const written = writeOk(syntax, { name: 'start.js', text, language: 'javascript' }, [lossEdit]);
    assert.ok(
      written.startsWith(
        '\uFEFF/** Huber, softly. */\r\nfunction softHuber(yTrue, yPred) {\r\n  return ' +
          'lib.losses.huberLoss(yTrue, yPred);\r\n}\r\n\r\nexport function',
      ),
      written,
    );
    assert.ok(
      written.includes(
        '  model.compile({ optimizer: lib.train.adam(0.001), loss: softHuber });\r\n  return model;',
      ),
    );
  });

  test('where nothing compiles, the model gets a name if it needs one', () => {
    assert.deepEqual(
      change('functionalResidual.ts', {
        kind: 'setCompile',
        optimizer: { type: 'sgd', learningRate: 0.1 },
        fallback,
      }),
      [
        '-  return tf.model({ inputs: input, outputs: output });',
        '+  const model = tf.model({ inputs: input, outputs: output });',
        "+  model.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' });",
        '+  return model;',
      ],
    );
    assert.deepEqual(
      change('arrow.ts', {
        kind: 'setCompile',
        optimizer: { type: 'sgd', learningRate: 0.1 },
        fallback,
      }).filter((line) => line.startsWith('+')),
      [
        '+export const build_model = ({ inputShape, outputUnits }: { inputShape: number[]; ' +
          'outputUnits: number }) => {',
        '+  const model = tf.sequential({',
        "+    layers: [tf.layers.dense({ inputShape, units: hidden, activation: 'relu' }), " +
          'tf.layers.dense({ units: outputUnits })],',
        '+  });',
        "+  model.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' });",
        '+  return model;',
        '+};',
      ],
    );
  });

  test('a name that is taken is refused', () => {
    const helper = { ...HELPER, name: 'huber' };
    assert.match(
      refusal('helperBlocks.ts', {
        kind: 'setCompile',
        loss: { kind: 'helper', helper },
        fallback,
      }),
      /already has another `huber`/,
    );
  });
});

describe('what cannot be written says why', () => {
  test('each in its own words', () => {
    assert.match(
      refusal('loop.ts', { kind: 'removeLayer', layer: 1 }),
      /layer 1 \(`dense`\) stands in a loop, a branch or a helper function/,
    );
    assert.match(
      refusal('loop.ts', { kind: 'addResidual', from: 0, to: 3, projection: null }),
      /stands in a loop/,
    );
    assert.match(
      refusal('opaque.ts', { kind: 'insertLayers', after: 'input', layers: [] }),
      /cannot be followed/,
    );
    assert.match(
      refusal('functionalResidual.ts', { kind: 'removeLayer', layer: 3 }),
      /exactly one input/,
    );
    assert.match(
      refusal('embedding.js', { kind: 'insertLayers', after: 'input', layers: [spec('dropout')] }),
      /does not state the input shape/,
    );
    assert.match(
      refusal('commonjs.js', {
        kind: 'setArgument',
        layer: 0,
        name: 'kernelRegularizer',
        value: call('regularizers.l2', {}),
      }),
      /`regularizers.l2` of TensorFlow.js has no name/,
    );
    assert.match(
      refusal('mlp.ts', { kind: 'removeLayer', layer: 9 }),
      /layer 9, which is not there/,
    );
    assert.match(
      refusal('mlp.ts', { kind: 'addResidual', from: 2, to: 1, projection: null }),
      /from an earlier layer to a later one/,
    );
  });
});
