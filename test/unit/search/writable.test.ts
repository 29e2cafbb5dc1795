import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DataProfile } from '../../../src/record/dataProfile.ts';
import { openSpace } from '../../../src/search/space/openSpace.ts';
import { seededRandom } from '../../../src/util/seededRandom.ts';
import { imageData, regressionData, requestFor } from '../operators/architectures.ts';
import { syntax } from '../operators/builders.ts';

const classes: DataProfile = {
  ...regressionData,
  inputShape: [4],
  outputUnits: 3,
  task: 'classification',
};

const KERAS = `import keras
from keras import layers


def build_model(input_shape, num_classes):
    model = keras.Sequential([
        keras.Input(shape=input_shape),
        layers.Dense(16, activation="relu"),
        layers.Dropout(0.1),
        layers.Dense(num_classes, activation="softmax"),
    ])
    model.compile(optimizer=keras.optimizers.Adam(0.001), loss="categorical_crossentropy")
    return model
`;

const FUNCTIONAL = `import tensorflow as tf
from tensorflow.keras import layers


def build_model():
    inputs = tf.keras.Input(shape=(8, 8, 1))
    x = layers.Conv2D(8, 3, activation="relu")(inputs)
    x = layers.MaxPooling2D()(x)
    x = layers.Flatten()(x)
    x = layers.Dense(32, activation="relu")(x)
    outputs = layers.Dense(3, activation="softmax")(x)
    model = tf.keras.Model(inputs, outputs)
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    return model
`;

const RECURRENT = `import keras
from keras import layers


def build_model(steps=20, features=3):
    model = keras.Sequential()
    model.add(keras.Input(shape=(steps, features)))
    model.add(layers.LSTM(16))
    model.add(layers.Dense(8, activation="relu"))
    model.add(layers.Dense(1))
    model.compile(loss="mse", optimizer=keras.optimizers.RMSprop(learning_rate=1e-3))
    return model
`;

const TORCH = `import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(4, 8)
        self.out = nn.Linear(8, 3)

    def forward(self, x):
        return self.out(torch.relu(self.hidden(x)))


net = Net()
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(net.parameters(), lr=0.05)
`;

const TORCH_WITHOUT_TRAINING = `import torch.nn as nn


def build_model():
    return nn.Sequential(
        nn.Linear(4, 16),
        nn.ReLU(),
        nn.Dropout(0.1),
        nn.Linear(16, 8),
        nn.ReLU(),
        nn.Linear(8, 3),
    )
`;

async function opened(text: string, data: DataProfile) {
  await syntax.load('python');
  const read = syntax.read(text, 'python');
  if (!read.ok) throw read.error;
  const model = { path: '/s/model.py', language: 'python', text } as const;
  const state = requestFor(read.value, { data, model });
  const { builder, realiser } = openSpace(
    state,
    { rows: 1000, marks: [], scope: 'everything' },
    syntax,
  );
  return { space: builder.space, realiser };
}

const builders = [
  { name: 'Keras', text: KERAS, data: classes, has: ['optimizer', 'add-l2', 'initializer'] },
  { name: 'functional Keras', text: FUNCTIONAL, data: imageData, has: ['pooling', 'optimizer'] },
  {
    name: 'recurrent Keras',
    text: RECURRENT,
    data: { ...regressionData, inputShape: [20, 3] },
    has: ['swap-cell', 'units of lstm layer'],
  },
  { name: 'PyTorch', text: TORCH, data: classes, has: ['learning rate', 'add-dropout'] },
  {
    name: 'PyTorch without training',
    text: TORCH_WITHOUT_TRAINING,
    data: classes,
    has: ['units of dense layer 1', 'batch-normalization'],
  },
];

for (const { name, text, data, has } of builders)
  test(`${name}: structure and numbers are searched, and what is drawn can be written`, async () => {
    const { space, realiser } = await opened(text, data);
    const random = seededRandom(1);
    for (const dimension of ['batch size', 'swap-activation', 'input-normalization', ...has])
      assert.ok(space.dimension(dimension), dimension);
    const written = Array.from({ length: 40 }, () => space.draw(random)).flatMap((values) => {
      const realised = realiser.realise(values);
      return 'text' in realised ? [{ text: realised.text, batch: values['batch size'] }] : [];
    });
    assert.ok(written.length >= 38, `${written.length} of 40`);
    // What differs in the size of its batches alone has one source.
    const different = new Set(written.map(({ text: source, batch }) => `${batch} ${source}`));
    assert.equal(different.size, written.length);
    const start = realiser.realise(space.start);
    assert.equal('text' in start && start.text, text, 'the file as it is comes back as it is');
  });

test('what a library has no words for is not searched', async () => {
  const { space } = await opened(TORCH, classes);
  for (const name of ['add-l2', 'add-l2 by', 'initializer'])
    assert.equal(space.dimension(name), undefined, name);
  const bare = await opened(TORCH_WITHOUT_TRAINING, classes);
  assert.equal(bare.space.dimension('learning rate'), undefined);
});
