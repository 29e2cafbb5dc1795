/** The digits MLP on Keras and JAX, in a folder of its own. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const EPOCHS = 20;
export const BATCH = 32;

const MODEL = `import keras
from keras import layers


def build_model(input_shape, num_classes):
    model = keras.Sequential([
        keras.Input(shape=input_shape),
        layers.Dense(64, activation="relu"),
        layers.BatchNormalization(),
        layers.Dropout(0.2),
        layers.Dense(64, activation="relu"),
        layers.Dense(num_classes, activation="softmax"),
    ])
    model.compile(optimizer=keras.optimizers.Adam(1e-3), loss="categorical_crossentropy")
    return model
`;

const DATA = `from sklearn.datasets import load_digits


def load_data():
    digits = load_digits()
    x = (digits.data / 16).astype("float32")
    return (x[:1437], digits.target[:1437]), (x[1437:], digits.target[1437:])
`;

/** What Cortex reads has its validation part by name. */
const STUDY_DATA = `import data


def load_data():
    train, validation = data.load_data()
    return {"train": train, "validation": validation}
`;

/** Writes the project; gives its folder and the text of its model file. */
export async function digitsProject(): Promise<{ folder: string; model: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'cortex-bench-'));
  await writeFile(join(folder, 'model.py'), MODEL);
  await writeFile(join(folder, 'data.py'), DATA);
  await writeFile(join(folder, 'study_data.py'), STUDY_DATA);
  return { folder, model: MODEL };
}
