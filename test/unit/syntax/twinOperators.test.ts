import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { TreeSitterSyntax } from '../../../src/adapters/syntax/treeSitterSyntax.ts';
import { canonicalLayers } from '../../../src/model/canonicalLayers.ts';
import { countParameters } from '../../../src/model/lens/lens.ts';
import { OPERATORS } from '../../../src/propose/operators/operators.ts';
import type { DataProfile } from '../../../src/record/dataProfile.ts';
import { contextFor, regressionData } from '../operators/architectures.ts';
import { loadSyntax, readOk, type Fixture } from './support.ts';

let syntax: TreeSitterSyntax;
before(async () => {
  syntax = await loadSyntax();
});

/** How the last layer and the loss of a task are written in each library. */
interface Ends {
  readonly tfjs: readonly [last: string, loss: string];
  readonly keras: readonly [last: string, loss: string];
  readonly torch: readonly [last: string, loss: string];
}

const twinsWith = ({ tfjs, keras, torch }: Ends): readonly Fixture[] => [
  {
    name: 'model.ts',
    language: 'typescript',
    text: `import * as tf from '@tensorflow/tfjs';
export function buildModel() {
  const model = tf.sequential();
  model.add(tf.layers.inputLayer({ inputShape: [4] }));
  model.add(tf.layers.dense({ units: 16 }));
  model.add(tf.layers.reLU());
  model.add(tf.layers.dropout({ rate: 0.2 }));
  model.add(tf.layers.dense({ units: 16 }));
  model.add(tf.layers.reLU());
${tfjs[0]}
  model.compile({ optimizer: tf.train.adam(0.001), loss: '${tfjs[1]}' });
  return model;
}
`,
  },
  {
    name: 'keras.py',
    language: 'python',
    text: `import keras
from keras import layers


def build_model():
    model = keras.Sequential()
    model.add(keras.Input(shape=(4,)))
    model.add(layers.Dense(16))
    model.add(layers.ReLU())
    model.add(layers.Dropout(0.2))
    model.add(layers.Dense(16))
    model.add(layers.ReLU())
${keras[0]}
    model.compile(optimizer=keras.optimizers.Adam(0.001), loss="${keras[1]}")
    return model
`,
  },
  {
    name: 'torch.py',
    language: 'python',
    text: `import torch
import torch.nn as nn


def build_model():
    return nn.Sequential(
        nn.Linear(4, 16),
        nn.ReLU(),
        nn.Dropout(0.2),
        nn.Linear(16, 16),
        nn.ReLU(),
${torch[0]}
    )


model = build_model()
optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
criterion = nn.${torch[1]}()
`,
  },
];

const TASKS: readonly { readonly task: DataProfile['task']; readonly ends: Ends }[] = [
  {
    task: 'regression',
    ends: {
      tfjs: ['  model.add(tf.layers.dense({ units: 3 }));', 'meanSquaredError'],
      keras: ['    model.add(layers.Dense(3))', 'mean_squared_error'],
      torch: ['        nn.Linear(16, 3),', 'MSELoss'],
    },
  },
  {
    task: 'classification',
    ends: {
      tfjs: [
        "  model.add(tf.layers.dense({ units: 3, activation: 'softmax' }));",
        'categoricalCrossentropy',
      ],
      keras: ['    model.add(layers.Dense(3, activation="softmax"))', 'categorical_crossentropy'],
      torch: ['        nn.Linear(16, 3),\n        nn.Softmax(dim=-1),', 'CrossEntropyLoss'],
    },
  },
];

/** What PyTorch has no word for, or Cortex no source: not offered, or not written. */
const NOT_IN_TORCH: ReadonlySet<string> = new Set([
  'add-l1',
  'add-l2',
  'huber-loss',
  'huber-pearson-loss',
  'initializer',
  'label-smoothing',
  'log-cosh',
]);

/** Offered where a first layer does not say how wide its input is. */
const FIRST_LAYER = 'remove-layer: Remove dense layer 1 (16 units)';

type Made = readonly [operator: string, title: string, form: string];

/** What every operator makes of a model: its layers and parameters, or that it is not written. */
function madeOf({ name, text, language }: Fixture, data: DataProfile): readonly Made[] {
  const architecture = readOk(syntax, text, language);
  const context = contextFor(architecture, { data, model: { path: `/s/${name}`, language, text } });
  return OPERATORS.flatMap((operator) =>
    operator.candidates(context).map(({ title, edits }): Made => {
      const written = syntax.write(text, architecture, edits);
      const form = written.ok ? formOf({ name, language, text: written.value }) : 'not written';
      return [operator.name, title, form];
    }),
  );
}

/** Layers as they compute, and parameters; moving statistics are none in PyTorch. */
function formOf({ name, text, language }: Fixture): string {
  const architecture = readOk(syntax, text, language);
  const layers = canonicalLayers(architecture).filter(({ type }) => type !== 'input');
  const said = layers.map(({ text: own }) =>
    own
      .replaceAll(/(, )?(inFeatures|features): \d+/g, '')
      .replace('(, ', '(')
      .replace('()', ''),
  );
  const counted = countParameters(architecture, null) ?? NaN;
  return JSON.stringify([said, counted + (name === 'torch.py' ? statisticsOf(said) : 0)]);
}

const INPUT_WIDTH = 4;

function statisticsOf(layers: readonly string[]): number {
  let [width, statistics] = [INPUT_WIDTH, 0];
  for (const layer of layers) {
    width = Number(/units: (\d+)/.exec(layer)?.[1] ?? width);
    if (layer.startsWith('batchNormalization')) statistics += 2 * width;
  }
  return statistics;
}

const inTorch = (made: readonly Made[]): readonly Made[] =>
  made.filter(
    ([operator, title]) => !NOT_IN_TORCH.has(operator) && `${operator}: ${title}` !== FIRST_LAYER,
  );

describe('every operator makes twins of twins', () => {
  for (const { task, ends } of TASKS)
    test(task, () => {
      const data = { ...regressionData, task, inputShape: [INPUT_WIDTH], outputUnits: 3 };
      const [tfjs = [], keras = [], torch = []] = twinsWith(ends).map((twin) => madeOf(twin, data));
      assert.ok(tfjs.length > 30, `${tfjs.length} candidates`);
      assert.deepEqual(keras, tfjs);
      assert.deepEqual(inTorch(torch), inTorch(tfjs));
    });
});
