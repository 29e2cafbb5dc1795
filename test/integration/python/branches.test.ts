import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { promisify } from 'node:util';
import { OPERATORS } from '../../../src/propose/operators/operators.ts';
import { contextFor, imageData, regressionData } from '../../unit/operators/architectures.ts';
import { loadSyntax, readOk, writeOk } from '../../unit/syntax/support.ts';
import { makeFolder } from '../trainer/harness.ts';
import { testPython } from './pythonStudies.ts';

const CONVOLVED = `import keras
from keras import layers


def build_model():
    inputs = keras.Input(shape=(8, 8, 1))
    x = layers.Conv2D(16, 3, padding="same")(inputs)
    x = layers.BatchNormalization()(x)
    x = layers.ReLU()(x)
    x = layers.Flatten()(x)
    return keras.Model(inputs, layers.Dense(10, activation="softmax")(x))
`;

const RECURRENT = `import keras
from keras import layers


def build_model():
    inputs = keras.Input(shape=(12, 3))
    x = layers.LSTM(8)(inputs)
    return keras.Model(inputs, layers.Dense(1)(x))
`;

const MODULE = `import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 16, 3, padding=1)
        self.norm = nn.BatchNorm2d(16)
        self.out = nn.Linear(1024, 10)

    def forward(self, x):
        x = self.conv(x)
        x = self.norm(x)
        x = F.relu(x)
        x = torch.flatten(x, 1)
        return self.out(x)
`;

/** One step of training on random rows; prints output shape and loss. */
const KERAS_STEP = `
import numpy as np
model = build_model()
model.compile("sgd", "mse")
shapes = [[4, *shape[1:]] for shape in (model.input_shape, model.output_shape)]
rows, targets = [np.random.rand(*shape).astype("float32") for shape in shapes]
print(shapes[1], float(model.train_on_batch(rows, targets)))
`;

const TORCH_STEP = `
model = Net()
optimizer = torch.optim.SGD(model.parameters(), 0.1)
output = model(torch.rand(4, 1, 8, 8))
loss = ((output - 1) ** 2).mean()
loss.backward()
optimizer.step()
print(list(output.shape), float(loss))
`;

/** What attention makes of a model file, each as source. */
async function attended(
  text: string,
  data: Parameters<typeof contextFor>[1],
): Promise<readonly string[]> {
  const syntax = await loadSyntax();
  const architecture = readOk(syntax, text, 'python');
  const model = { path: '/s/model.py', language: 'python' as const, text };
  const context = contextFor(architecture, { ...data, model });
  return OPERATORS.filter(({ family }) => family === 'attention')
    .flatMap((operator) => operator.candidates(context))
    .map(({ edits }) => writeOk(syntax, { name: 'model.py', text, language: 'python' }, edits));
}

async function step(sources: readonly string[], code: string): Promise<readonly string[]> {
  const { folder, remove } = await makeFolder({});
  try {
    const said: string[] = [];
    for (const source of sources) {
      const path = join(folder, 'step.py');
      await writeFile(path, source + code);
      const env = { ...process.env, KERAS_BACKEND: 'jax' };
      const { stdout } = await promisify(execFile)(testPython(), [path], { env });
      said.push(stdout.trim());
    }
    return said;
  } finally {
    await remove();
  }
}

describe('attention in Python is written, and trains one step', () => {
  test('Keras: over channels, squeezed and excited or by neighbours', async () => {
    const sources = await attended(CONVOLVED, { data: imageData });
    assert.equal(sources.length, 2);
    for (const said of await step(sources, KERAS_STEP)) assert.match(said, /^\[4, 10\] \d/);
  });

  test('Keras: over steps', async () => {
    const sources = await attended(RECURRENT, {
      data: { ...regressionData, inputShape: [12, 3] },
    });
    assert.equal(sources.length, 1);
    assert.match(sources[0] ?? '', /return_sequences=True[^]*layers\.Dot\(axes=1\)\(\[x, gate\]\)/);
    for (const said of await step(sources, KERAS_STEP)) assert.match(said, /^\[4, 1\] \d/);
  });

  test('PyTorch: over channels, by convolutions of one cell', async () => {
    const sources = await attended(MODULE, { data: imageData });
    assert.equal(sources.length, 1);
    assert.match(sources[0] ?? '', /nn\.AdaptiveAvgPool2d\(1\)[^]*x = x \* gate/);
    for (const said of await step(sources, TORCH_STEP)) assert.match(said, /^\[4, 10\] \d/);
  });
});
