import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { attachedFolder } from '../../../src/adapters/files/attachedStudy.ts';
import { cacheFolder } from '../../../src/adapters/files/cacheFolder.ts';
import { pythonObserver } from '../../../src/adapters/python/pythonObserver.ts';
import { attachScript, type Attached } from '../../../src/adapters/scripts/attachScript.ts';
import { requireScript } from '../../../src/adapters/scripts/findScript.ts';
import type { WorkerTrainer, WorkerTrainerOptions } from '../../../src/execution/workerTrainer.ts';
import type { TrainResult } from '../../../src/ports/trainer.ts';
import type { Study } from '../../../src/study/study.ts';
import { pythonFolder, pythonIn } from '../../python/environment.ts';
import { DIST, makeTrainer, NEVER, variantOf } from '../trainer/harness.ts';

/** The interpreter `npm run python` made; a test without it fails. */
export function testPython(): string {
  const path = pythonIn(pythonFolder());
  if (!existsSync(path)) throw new Error('Keras and PyTorch are not set up: npm run python');
  return path;
}

/** A trainer on the Python worker. */
export const pythonTrainer = (keepWeights?: WorkerTrainerOptions['keepWeights']): WorkerTrainer =>
  makeTrainer({
    runtime: 'auto',
    ...(keepWeights && { keepWeights }),
    python: {
      pythonWorkerPath: join(DIST, 'python', 'main.py'),
      findPython: () => Promise.resolve(testPython()),
      compiledFolder: join(cacheFolder(), 'compiled'),
      attachedFolder: join(cacheFolder(), 'attached'),
    },
  });

/** Learns from one run of the script of a model file. */
export async function attachIn(
  folder: string,
  { file = 'model.py', seconds = 120 } = {},
): Promise<Attached> {
  const modelPath = join(folder, file);
  const place = {
    workerPath: join(DIST, 'python', 'main.py'),
    attachedFolder: attachedFolder(),
    compiledFolder: join(cacheFolder(), 'compiled'),
    named: testPython(),
    chosen: null,
    seconds,
  };
  const script = await requireScript(modelPath);
  return attachScript(
    { script, modelPath },
    {
      ...place,
      observer: await pythonObserver(script, modelPath, place),
      studyFile: join(folder, '..', `${basename(folder)}-study.json`),
      signal: NEVER,
    },
  );
}

/** Trains a text in place of the model file. */
export const trainText = (
  trainer: WorkerTrainer,
  study: Study,
  { text, seeds = [1], signal = NEVER }: { text: string; seeds?: number[]; signal?: AbortSignal },
): Promise<TrainResult> =>
  trainer.train({
    study,
    variant: variantOf(study, text),
    seeds,
    evaluateOn: 'validation',
    signal,
    onProgress: () => undefined,
  });

/** Three classes of four features, as a module of data that stands alone. */
export const BLOBS_PY = `
import numpy as np

def load_data():
    random = np.random.RandomState(7)
    targets = np.arange(150) % 3
    inputs = np.eye(4, dtype="float32")[targets] + random.rand(150, 4) - 0.5
    return inputs, targets
`;

/** A classifier in Keras; \`imports\` chooses the backend. */
export const kerasText = (imports = 'import keras\nfrom keras import layers'): string => `${imports}

def build_model(input_shape, num_classes):
    model = keras.Sequential([
        keras.Input(shape=input_shape),
        layers.Dense(8, activation="relu"),
        layers.Dropout(0.1),
        layers.Dense(num_classes, activation="softmax"),
    ])
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss="categorical_crossentropy")
    return model
`;

/** The same in PyTorch. */
export const TORCH_TEXT = `import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, num_classes=3):
        super().__init__()
        self.hidden = nn.Linear(4, 8)
        self.drop = nn.Dropout(0.1)
        self.out = nn.Linear(8, num_classes)

    def forward(self, x):
        return self.out(self.drop(torch.relu(self.hidden(x))))
`;
