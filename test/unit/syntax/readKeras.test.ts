import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { TreeSitterSyntax } from '../../../src/adapters/syntax/treeSitterSyntax.ts';
import { lensOf } from '../../../src/model/lens/lens.ts';
import { layersOf, loadSyntax, readOk } from './support.ts';

let syntax: TreeSitterSyntax;
before(async () => {
  syntax = await loadSyntax();
});

const read = (...lines: readonly string[]): ReturnType<typeof readOk> =>
  readOk(syntax, `${lines.join('\n')}\n`, 'python');

/** The layers, each with its output's shape and its parameters. */
const measured = (architecture: ReturnType<typeof readOk>): string[] =>
  lensOf(architecture, null).layers.map(
    ({ layer, outputShape, parameters }) =>
      `${layer.type} ${typeof outputShape === 'string' ? '?' : outputShape.join('×')} ${parameters ?? '?'}`,
  );

describe('Keras as people write it', () => {
  test('rows that are changed at random while they train keep their shape', () => {
    const architecture = read(
      'from keras import layers, Sequential',
      'changed = Sequential([layers.RandomFlip("horizontal"), layers.RandomRotation(0.05)])',
      'model = Sequential([layers.Input((8, 8, 1)), changed, layers.Conv2D(2, 3)])',
    );
    assert.deepEqual(measured(architecture).slice(1), [
      'randomFlip 8×8×1 0',
      'randomRotation 8×8×1 0',
      'conv2d 6×6×2 20',
    ]);
  });

  test('a layer of another file is shown under its own name', () => {
    const architecture = read(
      'from keras.models import Sequential',
      'from keras.layers import Dense',
      'from mine import *',
      'model = Sequential()',
      'model.add(Edges(2, input_shape=(4,)))',
      'model.add(Dense(1))',
    );
    assert.deepEqual(
      architecture.layers.map(({ type }) => type),
      ['Edges', 'dense'],
    );
    assert.match(architecture.misses?.[0]?.why ?? '', /`Edges` comes from `mine`/);
  });

  test('lower-case merges are layers', () => {
    const architecture = read(
      'from keras.layers import Input, Dense, add, concatenate',
      'from keras.models import Model',
      'def build_model():',
      '    a = Input(shape=(8,))',
      '    b = Dense(8)(a)',
      '    c = add([a, b])',
      '    d = concatenate([c, a], axis=-1)',
      '    return Model(a, Dense(1)(d))',
    );
    assert.deepEqual(layersOf(architecture), [
      '0 inputLayer(shape: [8])',
      '1 dense(units: 8) ← 0',
      '2 add() ← 0,1',
      '3 concatenate(axis: -1) ← 2,0',
      '4 dense(units: 1) ← 3',
    ]);
    assert.deepEqual(measured(architecture), [
      'inputLayer 8 0',
      'dense 8 72',
      'add 8 0',
      'concatenate 16 0',
      'dense 1 17',
    ]);
  });

  test('sizes that do not depend on the input are told where it is unknown', () => {
    const architecture = read(
      'from keras.layers import Dense, LSTM',
      'from keras.models import Sequential',
      'def build_model(input_shape):',
      '    model = Sequential()',
      '    model.add(LSTM(50, input_shape=input_shape))',
      '    model.add(Dense(16))',
      '    model.add(Dense(1))',
      '    return model',
    );
    assert.deepEqual(measured(architecture), ['lstm 50 ?', 'dense 16 816', 'dense 1 17']);
  });

  const sequential = (module: string): string[] => [
    'def build_model():',
    `    model = ${module}Sequential()`,
    `    model.add(${module === '' ? '' : 'keras.layers.'}Dense(8, input_dim=4))`,
    `    model.add(${module === '' ? '' : 'keras.layers.'}Dense(1))`,
    '    return model',
  ];

  const imports: Readonly<Record<string, readonly string[]>> = {
    'everything of keras': ['from keras.layers import *', 'from keras.models import *'],
    'everything of tf.keras': [
      'from tensorflow.keras.layers import *',
      'from tensorflow.keras.models import *',
    ],
    'modules of old versions': [
      'from keras.layers.core import Dense',
      'from keras.models import Sequential',
    ],
    'the engine of old versions': [
      'from tensorflow.python.keras.layers.core import Dense',
      'from keras.engine.training import Sequential',
    ],
  };

  for (const [name, lines] of Object.entries(imports)) {
    test(`imports: ${name}`, () => {
      const architecture = read(...lines, ...sequential(''));
      assert.deepEqual(measured(architecture), ['dense 8 40', 'dense 1 9']);
      assert.equal(architecture.style, 'sequential');
    });
  }

  test('imports: a relative one', () => {
    const architecture = read('from .. import keras', ...sequential('keras.'));
    assert.deepEqual(measured(architecture), ['dense 8 40', 'dense 1 9']);
  });

  test('old layers under their old modules', () => {
    const architecture = read(
      'from keras.models import Sequential',
      'from keras.layers.core import Dense, Flatten',
      'from keras.layers.convolutional import Conv2D, MaxPooling2D',
      'from keras.layers.normalization import BatchNormalization',
      'from keras.layers.advanced_activations import LeakyReLU',
      'def build_model():',
      '    model = Sequential()',
      '    model.add(Conv2D(8, (3, 3), input_shape=(28, 28, 1)))',
      '    model.add(LeakyReLU(alpha=0.1))',
      '    model.add(BatchNormalization())',
      '    model.add(MaxPooling2D((2, 2)))',
      '    model.add(Flatten())',
      "    model.add(Dense(10, activation='softmax'))",
      '    return model',
    );
    assert.deepEqual(measured(architecture), [
      'conv2d 26×26×8 80',
      'leakyReLU 26×26×8 0',
      'batchNormalization 26×26×8 32',
      'maxPooling2d 13×13×8 0',
      'flatten 1352 0',
      'dense 10 13530',
    ]);
  });

  test('blocks in loops, helpers that return a tensor, closures, and defaults', () => {
    const architecture = read(
      'from tensorflow import keras',
      'from tensorflow.keras import layers',
      'def conv_block(filters, kernel=3):',
      '    def apply(x):',
      "        x = layers.Conv2D(filters, kernel, padding='same')(x)",
      "        return layers.Activation('relu')(x)",
      '    return apply',
      'def build_model(num_classes=10, depth=2):',
      '    inputs = keras.Input(shape=(8, 8, 1))',
      '    x = inputs',
      '    for i in range(depth):',
      '        x = conv_block(4 * 2 ** i)(x)',
      '    x = layers.GlobalAveragePooling2D()(x)',
      '    return keras.Model(inputs, layers.Dense(num_classes)(x))',
    );
    assert.deepEqual(measured(architecture), [
      'inputLayer 8×8×1 0',
      'conv2d 8×8×4 40',
      'activation 8×8×4 0',
      'conv2d 8×8×8 296',
      'activation 8×8×8 0',
      'globalAveragePooling2d 8 0',
      'dense 10 90',
    ]);
    assert.deepEqual(
      architecture.layers.map(({ conditional, certain }) => [conditional, certain ?? false]),
      [
        [false, false],
        [true, true],
        [true, true],
        [true, true],
        [true, true],
        [false, false],
        [false, false],
      ],
    );
    assert.equal(architecture.misses, undefined);
  });

  test('a subclassed model, and self.x from __init__ and the class', () => {
    const architecture = read(
      'import tensorflow as tf',
      'class Net(tf.keras.Model):',
      '    classes = 3',
      '    def __init__(self, width=16):',
      '        super().__init__()',
      '        self.width = width',
      "        self.hidden = tf.keras.layers.Dense(self.width, activation='relu')",
      '        self.out = tf.keras.layers.Dense(self.classes)',
      '    def call(self, inputs, training=None):',
      '        return self.out(self.hidden(inputs))',
    );
    assert.equal(architecture.builder.name, 'Net');
    assert.deepEqual(layersOf(architecture), [
      '0 inputLayer()',
      "1 dense(units: 16 via self.width, activation: 'relu') ← 0",
      '2 dense(units: 3 via self.classes) ← 1',
    ]);
  });

  test('a model at the top of a script; its statements are the builder', () => {
    const architecture = read(
      'from keras.models import Sequential',
      'from keras.layers import Dense',
      'x, y = load()',
      'model = Sequential()',
      'model.add(Dense(6, input_dim=4))',
      'model.add(Dense(3))',
      "model.compile(loss='mse', optimizer='adam')",
      'model.fit(x, y, epochs=200)',
    );
    assert.deepEqual(measured(architecture), ['dense 6 30', 'dense 3 21']);
    const { name, range } = architecture.builder;
    assert.deepEqual(
      { name, from: range.startLine, to: range.endLine },
      { name: 'model', from: 4, to: 7 },
    );
    assert.equal(architecture.compile?.optimizer?.type, 'adam');
  });

  test('a builder with another name, in a class, and the compile that stands outside', () => {
    const architecture = read(
      'import keras',
      'class Classifier:',
      '    def __init__(self, shape, classes):',
      '        self.model = self.create_model(shape, classes)',
      "        self.model.compile(optimizer=keras.optimizers.Adam(0.01), loss='mse')",
      '    def create_model(self, shape, classes):',
      '        model = keras.Sequential([keras.Input(shape), keras.layers.Dense(classes)])',
      '        return model',
      'Classifier((4,), 3)',
    );
    assert.equal(architecture.builder.name, 'create_model');
    assert.deepEqual(measured(architecture), ['inputLayer 4 0', 'dense 3 15']);
    assert.equal(architecture.compile?.optimizer?.learningRate, 0.01);
    assert.equal(architecture.compile.elsewhere, '');
  });

  test('what comes from another file is one box, with its line and the reason', () => {
    const architecture = read(
      'from keras.layers import Input, Dense',
      'from keras.models import Model',
      'from .blocks import block',
      'def build_model():',
      '    inputs = Input((4,))',
      '    x = block(8)(inputs)',
      '    return Model(inputs, Dense(2)(x))',
    );
    assert.deepEqual(
      architecture.layers.map(({ type, conditional }) => [type, conditional]),
      [
        ['inputLayer', false],
        ['block', true],
        ['dense', false],
      ],
    );
    assert.deepEqual(architecture.misses, [
      { line: 6, why: '`block` comes from `.blocks`, a file that is not read with the model' },
    ]);
  });
});
