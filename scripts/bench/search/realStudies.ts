import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a study of the race is written in. */
export type Library = 'tfjs' | 'Keras';

interface Order {
  readonly name: string;
  /** A JSON file: the task, and the parts with their inputs and targets. */
  readonly data: string;
  readonly by: Library;
  readonly epochs: number;
}

interface Parts {
  readonly task: 'classification' | 'regression';
  readonly train: { readonly inputs: readonly unknown[] };
}

/** Writes a study whose model is Optuna's first trial; the path of its model file. */
export async function writeStudy(
  folder: string,
  { name, data, by, epochs }: Order,
): Promise<string> {
  const text = await readFile(data, 'utf8');
  const { task, train } = JSON.parse(text) as Parts;
  const write = (file: string, content: string): Promise<void> =>
    writeFile(join(folder, file), content);
  const [model, rows] = by === 'tfjs' ? ['model.ts', 'data.ts'] : ['model.py', 'data.py'];
  const isGrid = Array.isArray((train.inputs[0] as readonly unknown[])[0]);
  await write('parts.json', text);
  await write(rows, by === 'tfjs' ? DATA_TS : DATA_PY);
  await write(
    model,
    (by === 'tfjs' ? modelTs : modelPy)({ task, input: isGrid ? 'grid' : 'rows' }),
  );
  await write('cortex.json', JSON.stringify({ name, model, data: rows, epochs }));
  return join(folder, model);
}

const DATA_TS = `import { readFileSync } from 'node:fs';
import { join } from 'node:path';
export const loadData = (): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, 'parts.json'), 'utf8'));
`;

const DATA_PY = `import json
import os


def load_data():
    with open(os.path.join(os.path.dirname(__file__), "parts.json")) as file:
        return json.load(file)
`;

/** The forms of an input, and what has to become of it before a dense layer. */
interface Form {
  readonly task: Parts['task'];
  readonly input: 'rows' | 'grid';
}

const modelTs = ({ task, input }: Form): string => {
  const flatten = input === 'rows' ? '' : '  model.add(tf.layers.flatten({ inputShape }));\n';
  const shape = input === 'rows' ? 'inputShape, ' : '';
  const [softmax, loss] =
    task === 'classification'
      ? [", activation: 'softmax'", 'categoricalCrossentropy']
      : ['', 'meanSquaredError'];
  return `import * as tf from '@tensorflow/tfjs';

export function buildModel(inputShape: number[], outputUnits: number): tf.LayersModel {
  const model = tf.sequential();
${flatten}  model.add(tf.layers.dense({ ${shape}units: 32, activation: 'relu' }));
  model.add(tf.layers.dense({ units: outputUnits${softmax} }));
  model.compile({ optimizer: tf.train.adam(0.001), loss: '${loss}' });
  return model;
}
`;
};

const modelPy = ({ task, input }: Form): string => {
  const flatten = input === 'rows' ? '' : '    model.add(layers.Flatten())\n';
  const [softmax, loss] =
    task === 'classification'
      ? [', activation="softmax"', 'categorical_crossentropy']
      : ['', 'mse'];
  return `import keras
from keras import layers


def build_model(input_shape, output_units):
    model = keras.Sequential()
    model.add(keras.Input(shape=input_shape))
${flatten}    model.add(layers.Dense(32, activation="relu"))
    model.add(layers.Dense(output_units${softmax}))
    model.compile(optimizer=keras.optimizers.Adam(0.001), loss="${loss}")
    return model
`;
};
