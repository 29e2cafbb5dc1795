import { canonicalLayers } from '../../../src/model/canonicalLayers.ts';
import type { Architecture } from '../../../src/model/architecture.ts';
import type { Fixture } from './support.ts';

/** A layer as it is written in TensorFlow.js, Keras and PyTorch. */
export type Written = readonly [tfjs: string, keras: string, torch: string];

/** A model in three libraries. */
export interface TwinModel {
  readonly layers: readonly Written[];
  /** The name of its loss in each library; without one, nothing is compiled. */
  readonly loss?: Written;
}

/** The same model in TensorFlow.js, Keras and PyTorch, in this order. */
export const twinsOf = ({ layers, loss }: TwinModel): readonly Fixture[] => [
  { name: 'model.ts', language: 'typescript', text: tfjsText(layers, loss) },
  { name: 'keras.py', language: 'python', text: kerasText(layers, loss) },
  { name: 'torch.py', language: 'python', text: torchText(layers, loss) },
];

const of = (layers: readonly Written[], place: 0 | 1 | 2): readonly string[] =>
  layers.map((layer) => layer[place]).filter((text) => text !== '');

const tfjsText = (layers: readonly Written[], loss?: Written): string =>
  [
    "import * as tf from '@tensorflow/tfjs';",
    'export function buildModel() {',
    '  const model = tf.sequential();',
    ...of(layers, 0).map((layer) => `  model.add(tf.layers.${layer});`),
    ...(loss ? [`  model.compile({ optimizer: tf.train.adam(0.001), loss: '${loss[0]}' });`] : []),
    '  return model;',
    '}',
    '',
  ].join('\n');

const kerasText = (layers: readonly Written[], loss?: Written): string =>
  [
    'import keras',
    'from keras import layers',
    '',
    '',
    'def build_model():',
    '    model = keras.Sequential()',
    ...of(layers, 1).map((layer) => `    model.add(${layer})`),
    ...(loss
      ? [`    model.compile(optimizer=keras.optimizers.Adam(0.001), loss="${loss[1]}")`]
      : []),
    '    return model',
    '',
  ].join('\n');

const torchText = (layers: readonly Written[], loss?: Written): string =>
  [
    'import torch',
    'import torch.nn as nn',
    '',
    '',
    'def build_model():',
    '    return nn.Sequential(',
    ...of(layers, 2).map((layer) => `        ${layer},`),
    '    )',
    '',
    '',
    'model = build_model()',
    ...(loss
      ? [
          'optimizer = torch.optim.Adam(model.parameters(), lr=0.001)',
          `criterion = nn.${loss[2]}()`,
        ]
      : []),
    '',
  ].join('\n');

/** The layers as they compute, without what a library alone has to say. */
export const layersOf = (architecture: Architecture): readonly string[] =>
  canonicalLayers(architecture)
    .filter(({ type }) => type !== 'input')
    .map(({ text }) =>
      text
        .replaceAll(/(, )?(inFeatures|inChannels|features): \d+/g, '')
        .replaceAll(/returnSequences: true,? ?/g, '')
        .replace(/^bidirectional\(layer: layers\.(\w+)\((.*)\)\)$/, '$1(bidirectional: true, $2)')
        .replace('(, ', '(')
        .replace('()', ''),
    )
    .filter((text) => !text.startsWith("operation(of: 'slice'"))
    .flatMap(asOne);

/** What Keras says in one layer, PyTorch says in two. */
function asOne(text: string, index: number, all: readonly string[]): readonly string[] {
  const [before = '', after = ''] = [all[index - 1], all[index + 1]];
  if (text === 'globalAveragePooling2d(keepdims: true)' && after === 'flatten')
    return ['globalAveragePooling2d'];
  if (text === 'flatten' && before === 'globalAveragePooling2d(keepdims: true)') return [];
  const [, kernel] = EACH_BY_ITSELF.exec(text) ?? [];
  const [, filters] = OVER_CHANNELS.exec(after) ?? [];
  if (kernel !== undefined && filters !== undefined)
    return [`separableConv2d(filters: ${filters}, kernelSize: ${kernel})`];
  return EACH_BY_ITSELF.test(before) && OVER_CHANNELS.test(text) ? [] : [text];
}

const EACH_BY_ITSELF =
  /^conv2d\(filters: (?:\d+), groups: \d+, kernelSize: (\[[\d, ]+\]), useBias: false\)$/;
const OVER_CHANNELS = /^conv2d\(filters: (\d+), kernelSize: \[1, 1\]\)$/;

export const RELU: Written = ['reLU()', 'layers.ReLU()', 'nn.ReLU()'];

export const dropout = (rate: number): Written => [
  `dropout({ rate: ${rate} })`,
  `layers.Dropout(${rate})`,
  `nn.Dropout(${rate})`,
];

export const dense = (from: number, to: number): Written => [
  `dense({ units: ${to} })`,
  `layers.Dense(${to})`,
  `nn.Linear(${from}, ${to})`,
];

/** What a model is given: PyTorch is not told. */
export const input = (...shape: readonly number[]): Written => [
  `inputLayer({ inputShape: [${shape.join(', ')}] })`,
  `keras.Input(shape=(${shape.join(', ')},))`,
  '',
];

/** The last layer of a classifier: PyTorch's softmax is a module of its own. */
export const softmax = (from: number, to: number): readonly Written[] => [
  [
    `dense({ units: ${to}, activation: 'softmax' })`,
    `layers.Dense(${to}, activation="softmax")`,
    `nn.Linear(${from}, ${to})`,
  ],
  ['', '', 'nn.Softmax(dim=-1)'],
];

export const SQUARED: Written = ['meanSquaredError', 'mean_squared_error', 'MSELoss'];

export const CROSS_ENTROPY: Written = [
  'categoricalCrossentropy',
  'categorical_crossentropy',
  'CrossEntropyLoss',
];
