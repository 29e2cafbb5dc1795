import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { classOf } from '../../../src/model/ownLayers/ownLayer.ts';
import { OWN_LAYERS } from '../../../src/model/ownLayers/ownLayers.ts';
import { functionOf, optimizerClassOf } from '../../../src/model/ownOptimizers/ownOptimizer.ts';
import { OWN_OPTIMIZERS } from '../../../src/model/ownOptimizers/ownOptimizers.ts';
import { layerOf, optimizerOf, SETTINGS, through } from '../../unit/model/ownParts.ts';
import { focalLoss } from '../../../src/propose/operators/unevenLosses.ts';
import { labelSmoothing } from '../../../src/propose/operators/customLosses.ts';
import type { Helper } from '../../../src/model/edits.ts';
import { compiled, contextFor, imageData, sequential } from '../../unit/operators/architectures.ts';
import { testPython } from './pythonStudies.ts';

const ROWS = 5;
const STEPS = 8;
const RATE = 0.05;

/** What each optimiser is told beside the rate. */
const COURSES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  cosineAdam: { steps: STEPS, warmup: 2 },
  clippedAdam: { norm: 0.5 },
  averagedAdam: { decay: 0.5, every: 4 },
  adamW: { weightDecay: 0.1 },
  lion: {},
  rAdam: {},
};

/** What losses for classes are given: a row's scores, and its class. */
const LOGITS = [
  [2, -1, 0.5],
  [0.1, 0.2, -3],
];
const CLASSES = [0, 2];

interface Answers {
  readonly losses: Readonly<Record<string, number>>;
  readonly layers: Readonly<Record<string, Readonly<Record<'keras' | 'torch', number[]>>>>;
  readonly optimizers: Readonly<Record<string, Readonly<Record<'keras' | 'torch', number>>>>;
}

interface Reference {
  readonly x: tf.Tensor;
  readonly weights: readonly tf.Tensor[];
  readonly output: readonly number[];
}

let answers: Answers;
const references = new Map<string, Reference>();

before(
  async () => {
    await tf.setBackend('cpu');
    for (const { type } of OWN_LAYERS) references.set(type, referenceOf(type));
    const { stdout } = await promisify(execFile)(testPython(), ['-c', script()], {
      maxBuffer: 1e8,
      env: { ...process.env, KERAS_BACKEND: 'torch' },
    });
    answers = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Answers;
  },
  { timeout: 300_000 },
);

describe('layers and optimisers that come along, in Keras and PyTorch', () => {
  for (const { type } of OWN_LAYERS) {
    test(`${type} gives what it gives in TensorFlow.js for the same weights`, () => {
      const expected = references.get(type)?.output ?? [];
      for (const [library, output] of Object.entries(answers.layers[type] ?? {})) {
        assert.equal(output.length, expected.length, library);
        const apart = Math.max(
          ...output.map((value, at) => Math.abs(value - (expected[at] ?? NaN))),
        );
        assert.ok(apart < 1e-4, `${library}: ${apart}`);
      }
      assert.deepEqual(Object.keys(answers.layers[type] ?? {}), ['keras', 'torch']);
    });
  }

  test('losses of classes are in PyTorch, on scores, what they are in TensorFlow.js on shares', () => {
    assert.deepEqual(
      HELPERS.map(({ name }) => name),
      ['focalLoss', 'smoothedCrossentropy'],
    );
    for (const helper of HELPERS) {
      const [own, expected] = [answers.losses[helper.name] ?? NaN, lossInJavaScript(helper)];
      assert.ok(Math.abs(own - expected) < 1e-4, `${helper.name}: ${own}, not ${expected}`);
    }
  });

  for (const { type } of OWN_OPTIMIZERS) {
    test(`${type} takes a weight where it takes it in TensorFlow.js, to half a step`, () => {
      const expected = weightAfter(type);
      for (const [library, weight] of Object.entries(answers.optimizers[type] ?? {}))
        assert.ok(Math.abs(weight - expected) < RATE / 2, `${library}: ${weight}, not ${expected}`);
      assert.deepEqual(Object.keys(answers.optimizers[type] ?? {}), ['keras', 'torch']);
    });
  }
});

/** The losses that come along for classes, as source. */
const HELPERS: readonly Helper[] = [focalLoss, labelSmoothing].flatMap((operator) => {
  const architecture = sequential(
    [
      ['dense', { units: 4, inputShape: [64] }],
      ['dense', { units: 10, activation: 'softmax' }],
    ],
    compiled('adam', 'categoricalCrossentropy'),
  );
  const classShares = [0.02, ...Array<number>(9).fill(0.98 / 9)];
  const context = contextFor(architecture, { data: { ...imageData, classShares } });
  return operator
    .candidates(context)
    .flatMap(({ edits }) => edits)
    .flatMap((edit) =>
      edit.kind === 'setCompile' && edit.loss?.kind === 'helper' ? [edit.loss.helper] : [],
    );
});

/** By the source for JavaScript, on probabilities and one-hot targets. */
function lossInJavaScript({ name, source }: Helper): number {
  const loss = new Function('tf', `${source.javascript}\nreturn ${name};`)(tf) as (
    yTrue: tf.Tensor,
    yPred: tf.Tensor,
  ) => tf.Tensor;
  return loss(tf.oneHot(CLASSES, 3).toFloat(), tf.softmax(tf.tensor(LOGITS))).dataSync()[0] ?? NaN;
}

function referenceOf(type: string): Reference {
  const layer = layerOf(type, SETTINGS[type]?.args ?? {});
  const x = tf.randomNormal([ROWS, ...(SETTINGS[type]?.shape ?? [])], 0, 1, 'float32', 4);
  const output = [...through(layer, x).dataSync()];
  return { x, weights: layer.getWeights(), output };
}

/** The weight after the steps, from 1, on the loss `3 w²`. */
function weightAfter(type: string): number {
  const optimizer = optimizerOf(type, { learningRate: RATE, ...COURSES[type] });
  const weight = tf.variable(tf.scalar(1));
  for (let step = 0; step < STEPS; step += 1)
    tf.tidy(() => void optimizer.minimize(() => tf.mul(3, tf.square(weight)), false, [weight]));
  return weight.dataSync()[0] ?? NaN;
}

const python = (args: Readonly<Record<string, number>>): string =>
  Object.entries(args)
    .map(
      ([name, value]) =>
        `${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}=${value}`,
    )
    .join(', ');

const array = (tensor: tf.Tensor): string =>
  `np.array(${JSON.stringify(tensor.arraySync())}, dtype="float32")`;

/** One run of both libraries over all layers and optimisers. */
function script(): string {
  const layers = OWN_LAYERS.flatMap((own) => {
    const { x, weights } = references.get(own.type) ?? { x: tf.zeros([1]), weights: [] };
    const args = SETTINGS[own.type]?.args ?? {};
    const { units, ...rest } = args;
    const width = own.statesWidth ? { inFeatures: x.shape.at(-1) ?? 0 } : {};
    const torchArgs = { ...width, ...(units !== undefined && { outFeatures: units }), ...rest };
    return [
      `x, weights = ${array(x)}, [${weights.map(array).join(', ')}]`,
      own.keras,
      `made = ${classOf(own)}(${python(args)})`,
      'made(x)',
      'made.set_weights(weights)',
      'keras_output = ops.convert_to_numpy(made(x))',
      own.torch,
      `made = ${classOf(own)}(${python(torchArgs)})`,
      'fill(made, weights)',
      'torch_output = made.eval()(torch.tensor(x)).detach().numpy()',
      `told["layers"]["${own.type}"] = {"keras": keras_output.ravel().tolist(), "torch": torch_output.ravel().tolist()}`,
    ];
  });
  const courses = OWN_OPTIMIZERS.flatMap((own) => [
    own.keras ?? '',
    own.torch ?? '',
    `keras_way = ${own.keras === null ? `optimizers.${optimizerClassOf(own)}` : functionOf(own)}`,
    `torch_way = ${own.torch === null ? `torch.optim.${optimizerClassOf(own)}` : optimizerClassOf(own)}`,
    `told["optimizers"]["${own.type}"] = {"keras": keras_weight(keras_way, ${kwargs(own.type)}), "torch": torch_weight(torch_way, ${kwargs(own.type)})}`,
  ]);
  const losses = HELPERS.flatMap(({ name, source }) => [
    source.torch ?? '',
    `told["losses"]["${name}"] = ${name}(torch.tensor(${JSON.stringify(LOGITS)}), ` +
      `torch.tensor(${JSON.stringify(CLASSES)})).item()`,
  ]);
  return [PREAMBLE, ...layers, ...courses, ...losses, 'print(json.dumps(told))'].join('\n');
}

const kwargs = (type: string): string => `dict(${python(COURSES[type] ?? {})})`;

const PREAMBLE = `import json
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
import keras
from keras import layers, ops, optimizers

told = {"layers": {}, "optimizers": {}, "losses": {}}


def fill(module, weights):
    with torch.no_grad():
        for own, value in zip([*module.parameters(), *module.buffers()], weights):
            own.copy_(torch.tensor(value))


def keras_weight(way, settings):
    weight = keras.Variable(1.0)
    optimizer = way(learning_rate=${RATE}, **settings)
    for _ in range(${STEPS}):
        optimizer.apply([6.0 * weight.value], [weight])
    return float(weight.value)


def torch_weight(way, settings):
    weight = torch.tensor(1.0, requires_grad=True)
    optimizer = way([weight], lr=${RATE}, **settings)
    for _ in range(${STEPS}):
        optimizer.zero_grad()
        (3 * weight**2).backward()
        optimizer.step()
    return weight.item()

`;
