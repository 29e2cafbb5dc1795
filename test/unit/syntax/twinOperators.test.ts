import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { TreeSitterSyntax } from '../../../src/adapters/syntax/treeSitterSyntax.ts';
import { countParameters } from '../../../src/model/lens/lens.ts';
import { OPERATORS } from '../../../src/propose/operators/operators.ts';
import type { DataProfile } from '../../../src/record/dataProfile.ts';
import { contextFor, imageData, regressionData } from '../operators/architectures.ts';
import { loadSyntax, readOk, type Fixture } from './support.ts';
import {
  CROSS_ENTROPY,
  dense,
  dropout,
  input,
  layersOf,
  RELU,
  softmax,
  SQUARED,
  twinsOf,
  type Written,
} from './twinModels.ts';

let syntax: TreeSitterSyntax;
before(async () => {
  syntax = await loadSyntax();
});

/** A stack of dense layers that ends as its task does. */
const denseTwins = (ends: readonly Written[], loss: Written): readonly Fixture[] =>
  twinsOf({
    layers: [input(4), dense(4, 16), RELU, dropout(0.2), dense(16, 16), RELU, ...ends],
    loss,
  });

/** What PyTorch has no word for, or Cortex no source: not offered, or not written. */
const NOT_IN_TORCH = [
  // A second way needs a variable, which `nn.Sequential` has not: Keras's is written as a chain.
  'residual',
  'channel-dropout',
  'dense-connection',
  'focal-loss',
  'gated-units',
  'input-noise',
  'add-l1',
  'add-l2',
  'huber-pearson-loss',
  'label-smoothing',
  'initializer',
  'log-cosh',
];

interface Case {
  readonly what: string;
  readonly twins: readonly Fixture[];
  readonly data: DataProfile;
  /** What the data of the PyTorch twin are shaped like. */
  readonly torchShape: readonly number[];
  /** Operators, or `operator: title`, that PyTorch does not have there. */
  readonly notInTorch: readonly string[];
  /** Fewest candidates of all. */
  readonly fewest: number;
}

const flat = { ...regressionData, inputShape: [4], outputUnits: 3 };

const CONVOLUTION = (from: number, to: number): Written => [
  `conv2d({ filters: ${to}, kernelSize: 3 })`,
  `layers.Conv2D(${to}, 3)`,
  `nn.Conv2d(${from}, ${to}, 3)`,
];

const imageTwins = twinsOf({
  layers: [
    input(16, 16, 3),
    CONVOLUTION(3, 16),
    RELU,
    ['maxPooling2d({ poolSize: 2 })', 'layers.MaxPooling2D(2)', 'nn.MaxPool2d(2)'],
    CONVOLUTION(16, 32),
    RELU,
    ['flatten()', 'layers.Flatten()', 'nn.Flatten()'],
    dense(800, 64),
    RELU,
    dropout(0.2),
    ...softmax(64, 10),
  ],
  loss: CROSS_ENTROPY,
});

const lstm = (more: readonly [tfjs: string, keras: string]): Written => [
  `lstm({ units: 16${more[0]} })`,
  `layers.LSTM(16${more[1]})`,
  '',
];

/** A recurrent layer of PyTorch gives several things: its module has a forward of its own. */
const TORCH_SEQUENCE = `import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(50, 8)
        self.first = nn.LSTM(8, 16, batch_first=True)
        self.second = nn.LSTM(16, 16, batch_first=True)
        self.hidden = nn.Linear(16, 8)
        self.out = nn.Linear(8, 1)

    def forward(self, x):
        x = self.embed(x)
        x, _ = self.first(x)
        x, _ = self.second(x)
        x = torch.relu(self.hidden(x[:, -1]))
        return self.out(x)


model = Net()
optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
criterion = nn.MSELoss()
`;

const sequenceTwins = twinsOf({
  layers: [
    input(12),
    ['embedding({ inputDim: 50, outputDim: 8 })', 'layers.Embedding(50, 8)', ''],
    lstm([', returnSequences: true', ', return_sequences=True']),
    lstm(['', '']),
    dense(16, 8),
    RELU,
    dense(8, 1),
  ],
  loss: SQUARED,
}).map((twin) => (twin.name === 'torch.py' ? { ...twin, text: TORCH_SEQUENCE } : twin));

const CASES: readonly Case[] = [
  {
    what: 'regression',
    twins: denseTwins([dense(16, 3)], SQUARED),
    data: { ...flat, task: 'regression' },
    torchShape: [4],
    // A first layer does not say how wide its input is.
    notInTorch: [...NOT_IN_TORCH, 'remove-layer: Remove dense layer 1 (16 units)'],
    fewest: 30,
  },
  {
    what: 'classification',
    twins: denseTwins(softmax(16, 3), CROSS_ENTROPY),
    data: { ...flat, task: 'classification' },
    torchShape: [4],
    notInTorch: [...NOT_IN_TORCH, 'remove-layer: Remove dense layer 1 (16 units)'],
    fewest: 30,
  },
  {
    what: 'images',
    twins: imageTwins,
    data: { ...imageData, inputShape: [16, 16, 3] },
    torchShape: [3, 16, 16],
    // How much is flattened, PyTorch's source says of the grid as it is.
    notInTorch: [
      ...NOT_IN_TORCH,
      'dense-front',
      'remove-layer: Remove conv2d layer 1 (16 filters)',
      'remove-layer: Remove conv2d layer 2 (32 filters)',
      'channel-attention',
    ],
    fewest: 40,
  },
  {
    what: 'sequences',
    twins: sequenceTwins,
    data: { ...regressionData, inputShape: [12] },
    torchShape: [12],
    // Its convolutions have the steps last, nothing drops between steps, and of what is taken out
    // of a sequence by its place the source does not say the shape.
    notInTorch: [
      ...NOT_IN_TORCH,
      'k-winners',
      'lateral-inhibition',
      'feedback',
      'dendritic-gating',
      'mixture-of-experts',
      'fourier-mixing',
      'self-attention',
      'fast-weights',
      'convolution-over-steps',
      'attention-over-steps',
      'recurrent-dropout',
      'input-normalization',
    ],
    fewest: 30,
  },
];

type Made = readonly [operator: string, title: string, form: string];

/** What every operator makes of a model: its layers and parameters, or that it is not written. */
function madeOf(
  { name, text, language }: Fixture,
  { data, torchShape }: Pick<Case, 'data' | 'torchShape'>,
): readonly Made[] {
  const architecture = readOk(syntax, text, language);
  const own = name === 'torch.py' ? { ...data, inputShape: [...torchShape] } : data;
  const model = { path: `/s/${name}`, language, text };
  const context = contextFor(architecture, { data: own, model });
  const first = torchShape[0] ?? NaN;
  return OPERATORS.flatMap((operator) =>
    operator.candidates(context).map(({ title, edits }): Made => {
      const written = syntax.write(text, architecture, edits);
      const form = written.ok
        ? formOf({ name, language, text: written.value }, first)
        : 'not written';
      return [operator.name, title, form];
    }),
  );
}

/** Layers as they compute, and parameters, without those that a library alone counts. */
function formOf({ name, text, language }: Fixture, first: number): string {
  const architecture = readOk(syntax, text, language);
  const said = layersOf(architecture);
  const counted = countParameters(architecture, null) ?? NaN;
  return JSON.stringify([said, counted - ownOf(name, said, first)]);
}

/**
 * Moving statistics are no parameters in PyTorch; its recurrent layers have two biases, Keras's GRU
 * as well.
 */
function ownOf(name: string, layers: readonly string[], first: number): number {
  let [width, own] = [first, 0];
  for (const layer of layers) {
    const [, units] = /(?:units|filters): (\d+)/.exec(layer) ?? [];
    width = Number(units ?? width);
    width *= layer.includes('bidirectional: true') ? 2 : 1;
    const type = /^\w+/.exec(layer)?.[0] ?? '';
    own += width * (OWN[name]?.[type] ?? 0);
  }
  return own;
}

/** For each unit. */
const OWN: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'keras.py': { gru: 3 },
  'torch.py': { batchNormalization: -2, lstm: 4, gru: 3 },
};

const inTorch = (made: readonly Made[], { notInTorch }: Case): readonly Made[] =>
  made.filter(
    ([operator, title]) =>
      !notInTorch.includes(operator) && !notInTorch.includes(`${operator}: ${title}`),
  );

describe('every operator makes twins of twins', () => {
  for (const each of CASES)
    test(each.what, () => {
      const [tfjs = [], keras = [], torch = []] = each.twins.map((twin) => madeOf(twin, each));
      assert.ok(tfjs.length > each.fewest, `${tfjs.length} candidates`);
      assert.deepEqual(keras, tfjs);
      assert.deepEqual(inTorch(torch, each), inTorch(tfjs, each));
    });
});
