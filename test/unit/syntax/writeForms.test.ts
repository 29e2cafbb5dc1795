import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { ArchitectureEdit } from '../../../src/model/edits.ts';
import { boolean, call, list, number, string } from '../../../src/model/values.ts';
import type { TreeSitterSyntax } from '../../../src/adapters/syntax/treeSitterSyntax.ts';
import { changedLines, fixture, loadSyntax, readOk, spec, writeOk } from './support.ts';

/** What is written reads like what a person would write: the exact lines. */

let syntax: TreeSitterSyntax;
before(async () => {
  syntax = await loadSyntax();
});

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

const fallback = {
  optimizer: { type: 'adam', learningRate: 0.001 },
  loss: 'meanSquaredError',
} as const;
const lossEdit: ArchitectureEdit = {
  kind: 'setCompile',
  loss: { kind: 'helper', helper: HELPER },
  fallback,
};

const change = (name: string, ...edits: ArchitectureEdit[]): string[] => {
  const source = fixture(name);
  return changedLines(source.text, writeOk(syntax, source, edits));
};

const refusal = (name: string, edit: ArchitectureEdit): string => {
  const { text, language } = fixture(name);
  const written = syntax.write(text, readOk(syntax, text, language), [edit]);
  assert.ok(!written.ok, 'it should have been refused');
  assert.deepEqual([written.error.code, written.error.kind], ['model-cannot-edit', 'input']);
  return written.error.happened;
};

describe('arguments', () => {
  test('in one line, in several lines, and where there is no configuration', () => {
    assert.deepEqual(
      change('mlp.ts', { kind: 'setArgument', layer: 1, name: 'rate', value: number(0.4) }),
      ['-      tf.layers.dropout({ rate: 0.2 }),', '+      tf.layers.dropout({ rate: 0.4 }),'],
    );
    assert.deepEqual(
      change('mlp.ts', {
        kind: 'setArgument',
        layer: 2,
        name: 'kernelInitializer',
        value: string('heNormal'),
      }),
      ["+        kernelInitializer: 'heNormal',"],
    );
    assert.deepEqual(
      change('cnn.ts', {
        kind: 'setArgument',
        layer: 3,
        name: 'dataFormat',
        value: string('channelsFirst'),
      }),
      [
        '-  model.add(tf.layers.flatten());',
        "+  model.add(tf.layers.flatten({ dataFormat: 'channelsFirst' }));",
      ],
    );
    assert.deepEqual(
      change('shapeFirst.js', {
        kind: 'setArgument',
        layer: 1,
        name: 'strides',
        value: list(number(2), number(2)),
      }),
      [
        '-                kernelSize: 3',
        '+                kernelSize: 3,',
        '+                strides: [2, 2]',
      ],
    );
  });

  test('quotes and braces are those of the file', () => {
    assert.deepEqual(
      change('functionalConst.js', {
        kind: 'setArgument',
        layer: 1,
        name: 'activation',
        value: string('relu'),
      }),
      [
        '-  const hidden = layers.dense({ units: 48, activation: "tanh" }).apply(inputs)',
        '+  const hidden = layers.dense({ units: 48, activation: "relu" }).apply(inputs)',
      ],
    );
    assert.deepEqual(
      change('shapeFirst.js', {
        kind: 'replaceLayer',
        layer: 4,
        with: spec('dense', { units: number(3), activation: string('softmax') }),
      }),
      [
        '-            tf.layers.dense({units: outputUnits})',
        "+            tf.layers.dense({units: 3, activation: 'softmax'})",
      ],
    );
  });

  test('a line of its own goes with its argument; the last one takes the comma before it along', () => {
    assert.deepEqual(
      change('mlp.ts', { kind: 'removeArgument', layer: 2, name: 'kernelRegularizer' }),
      ['-        kernelRegularizer: tf.regularizers.l2({ l2: 1e-4 }),'],
    );
    assert.deepEqual(
      change('shapeFirst.js', { kind: 'removeArgument', layer: 1, name: 'kernelSize' }),
      [
        '-                filters: 4,',
        '-                kernelSize: 3',
        '+                filters: 4',
      ],
    );
  });

  test('a constant of the builder changes where it is declared, one of the file where it is used', () => {
    assert.deepEqual(
      change('constants.ts', { kind: 'setArgument', layer: 2, name: 'units', value: number(48) }),
      ['-  const narrow = HIDDEN / 2;', '+  const narrow = 48;'],
    );
    assert.deepEqual(
      change('constants.ts', { kind: 'setArgument', layer: 1, name: 'rate', value: number(0.1) }),
      [
        '-  model.add(tf.layers.dropout({ rate: DROPOUT }));',
        '+  model.add(tf.layers.dropout({ rate: 0.1 }));',
      ],
    );
    assert.deepEqual(
      change('constants.ts', {
        kind: 'setCompile',
        optimizer: { type: 'adam', learningRate: 0.0005 },
        fallback,
      }),
      ['-  const learningRate = 0.02;', '+  const learningRate = 5e-4;'],
    );
    assert.deepEqual(
      change('cnn.ts', {
        kind: 'setCompile',
        optimizer: { type: 'adam', learningRate: 0.01 },
        fallback,
      }),
      [
        '-  const optimizer = tf.train.adam(LEARNING_RATE);',
        '+  const optimizer = tf.train.adam(0.01);',
      ],
    );
  });

  test('the other settings of an optimiser stay when only its rate changes', () => {
    assert.deepEqual(
      change('commonjs.js', {
        kind: 'setCompile',
        optimizer: { type: 'momentum', learningRate: 0.1 },
        fallback,
      }),
      [
        "-    model.compile({ optimizer: train.momentum(0.01, 0.9), loss: 'meanSquaredError' })",
        "+    model.compile({ optimizer: train.momentum(0.1, 0.9), loss: 'meanSquaredError' })",
      ],
    );
  });
});

describe('layers', () => {
  const normalize = [spec('batchNormalization')];

  test(
    'in a list: behind a trailing comment, at the end without a trailing comma, in the middle ' +
      'of a line',
    () => {
      assert.deepEqual(change('mlp.ts', { kind: 'insertLayers', after: 0, layers: normalize }), [
        '+      tf.layers.batchNormalization(),',
      ]);
      assert.deepEqual(
        change('classMethod.ts', { kind: 'insertLayers', after: 2, layers: normalize }),
        [
          "-                tf.layers.dense({ units: outputUnits, activation: 'softmax' })",
          "+                tf.layers.dense({ units: outputUnits, activation: 'softmax' }),",
          '+                tf.layers.batchNormalization()',
        ],
      );
      assert.deepEqual(
        change('shapeFirst.js', { kind: 'insertLayers', after: 2, layers: normalize }),
        [
          '-            tf.layers.reLU(), tf.layers.flatten(),',
          '+            tf.layers.reLU(), tf.layers.batchNormalization(), tf.layers.flatten(),',
        ],
      );
    },
  );

  test('in front of the first layer, which hands its input shape over', () => {
    assert.deepEqual(
      change('cnn.ts', { kind: 'insertLayers', after: 'input', layers: normalize }),
      [
        '-  // Convolutional front',
        '-  model.add(tf.layers.conv2d({ inputShape, filters: FILTERS, kernelSize: 3, ' +
          "activation: 'relu', padding: 'same' }));",
        '+  model.add(tf.layers.batchNormalization({ inputShape }));',
        '+  // Convolutional front',
        '+  model.add(tf.layers.conv2d({ filters: FILTERS, kernelSize: 3, activation: ' +
          "'relu', padding: 'same' }));",
      ],
    );
    assert.deepEqual(
      change('mixed.ts', { kind: 'insertLayers', after: 'input', layers: normalize }),
      [
        '-      tf.layers.dense({',
        '-        inputShape,',
        '+      tf.layers.batchNormalization({ inputShape }),',
        '+      tf.layers.dense({',
      ],
    );
  });

  test('a long layer is broken into lines', () => {
    const long = spec('conv2d', {
      filters: number(16),
      kernelSize: list(number(3), number(3)),
      padding: string('same'),
      activation: string('relu'),
      kernelInitializer: string('heNormal'),
      kernelRegularizer: call('regularizers.l2', { l2: number(1e-4) }),
    });
    assert.deepEqual(change('cnn.ts', { kind: 'insertLayers', after: 0, layers: [long] }), [
      '+  model.add(tf.layers.conv2d({',
      '+    filters: 16,',
      '+    kernelSize: [3, 3],',
      "+    padding: 'same',",
      "+    activation: 'relu',",
      "+    kernelInitializer: 'heNormal',",
      '+    kernelRegularizer: tf.regularizers.l2({ l2: 1e-4 }),',
      '+  }));',
    ]);
  });

  test('functional: into the reassigned variable, or into a new one that is read from there on', () => {
    assert.deepEqual(
      change('functionalResidual.ts', { kind: 'insertLayers', after: 2, layers: normalize }),
      ['+  x = tf.layers.batchNormalization().apply(x) as tf.SymbolicTensor;'],
    );
    assert.deepEqual(
      change('functionalConst.js', { kind: 'insertLayers', after: 1, layers: normalize }),
      [
        '-  const dropped = layers.dropout({ rate: 0.1 }).apply(hidden)',
        '+  const hiddenNormalized = layers.batchNormalization().apply(hidden)',
        '+  const dropped = layers.dropout({ rate: 0.1 }).apply(hiddenNormalized)',
      ],
    );
  });

  test('functional: out again, with the variable that held it', () => {
    assert.deepEqual(change('functionalConst.js', { kind: 'removeLayer', layer: 2 }), [
      '-  const dropped = layers.dropout({ rate: 0.1 }).apply(hidden)',
      '-  const joined = layers.concatenate().apply([dropped, inputs])',
      '+  const joined = layers.concatenate().apply([hidden, inputs])',
    ]);
    assert.deepEqual(change('nestedApply.ts', { kind: 'removeLayer', layer: 1 }), [
      "-  const first = tf.layers.dense({ units: 16, activation: 'relu' });",
      '-  const second = tf.layers.dense({ units: 16 });',
      '-  const hidden = ' +
        'second.apply(tf.layers.batchNormalization().apply(first.apply(input))) as ' +
        'tf.SymbolicTensor;',
      '+  const second = tf.layers.dense({ units: 16 });',
      '+  const hidden = second.apply(tf.layers.batchNormalization().apply(input)) as ' +
        'tf.SymbolicTensor;',
    ]);
  });

  test('the first assignment of a functional chain makes way for the next', () => {
    const text =
      "import * as tf from '@tensorflow/tfjs';\nexport function buildModel() {\n  const " +
      'input = tf.input({ shape: [4] });\n' +
      '  let x = tf.layers.dense({ units: 8 }).apply(input) as tf.SymbolicTensor;\n  x = ' +
      'tf.layers.reLU().apply(x) as tf.SymbolicTensor;\n' +
      '  return tf.model({ inputs: input, outputs: x });\n}\n';
    const written = writeOk(syntax, { name: 'chain.ts', text, language: 'typescript' }, [
      { kind: 'removeLayer', layer: 1 },
    ]);
    assert.deepEqual(changedLines(text, written), [
      '-  let x = tf.layers.dense({ units: 8 }).apply(input) as tf.SymbolicTensor;',
      '-  x = tf.layers.reLU().apply(x) as tf.SymbolicTensor;',
      '+  let x = tf.layers.reLU().apply(input) as tf.SymbolicTensor;',
    ]);
  });
});

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
      refusal('sequential.py', { kind: 'removeLayer', layer: 1 }),
      /Python are read so far, not written/,
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
