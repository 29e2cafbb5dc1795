import type { DataProfile } from '../../../src/record/dataProfile.ts';
import { imageData, regressionData } from '../../../test/unit/operators/architectures.ts';
import { BUILDERS } from '../../../test/unit/operators/builders.ts';

/** A model that ideas are tried on, and what it is for. */
export interface Base {
  readonly library: 'TensorFlow.js' | 'Keras' | 'PyTorch';
  readonly language: 'typescript' | 'python';
  readonly text: string;
  readonly data: DataProfile;
  readonly config?: Readonly<Record<string, unknown>>;
}

const keras = (lines: readonly string[], loss: string): string =>
  [
    'import keras',
    'from keras import layers, regularizers',
    '',
    '',
    'def build_model():',
    '    model = keras.Sequential()',
    ...lines.map((line) => `    model.add(${line})`),
    `    model.compile(optimizer=keras.optimizers.Adam(0.001), loss="${loss}")`,
    '    return model',
    '',
  ].join('\n');

const torch = (lines: readonly string[], loss: string): string =>
  [
    'import torch',
    'import torch.nn as nn',
    '',
    '',
    'def build_model():',
    '    return nn.Sequential(',
    ...lines.map((line) => `        ${line},`),
    '    )',
    '',
    '',
    'model = build_model()',
    'optimizer = torch.optim.Adam(model.parameters(), lr=0.001)',
    `criterion = nn.${loss}()`,
    '',
  ].join('\n');

const rows: DataProfile = { ...regressionData, inputShape: [6], outputUnits: 5 };
const kinds: DataProfile = {
  ...rows,
  task: 'classification',
  outputUnits: 4,
  classShares: [0.9, 0.05, 0.03, 0.02],
};
const words: DataProfile = { ...regressionData, inputShape: [12], outputUnits: 2 };
const waves: DataProfile = { ...regressionData, inputShape: [20, 2], outputUnits: 2 };
const scaled = { preprocessing: { standardizeInputs: true, oneHot: true } };
const pictures: DataProfile = { ...imageData, inputShape: [8, 8, 1] };

const inKeras = (text: string, data: DataProfile): Base => ({
  ...{ library: 'Keras', language: 'python', text, data, config: scaled },
});

const KERAS: readonly Base[] = [
  inKeras(
    keras(
      [
        'keras.Input(shape=(6,))',
        'layers.Dense(16, activation="sigmoid")',
        'layers.Dropout(0.2)',
        'layers.Dense(16, activation="relu")',
        'layers.Dense(16, activation="relu", kernel_regularizer=regularizers.l2(1e-3))',
        'layers.BatchNormalization()',
        'layers.Dense(5)',
      ],
      'mean_squared_error',
    ),
    rows,
  ),
  inKeras(
    keras(
      [
        'keras.Input(shape=(6,))',
        'layers.Dense(16, activation="relu")',
        'layers.Dense(4, activation="softmax")',
      ],
      'categorical_crossentropy',
    ),
    kinds,
  ),
  inKeras(
    keras(
      [
        'keras.Input(shape=(6,))',
        'layers.Dense(16, activation="relu")',
        'layers.Dense(4, activation="relu")',
      ],
      'mean_absolute_error',
    ),
    kinds,
  ),
  inKeras(
    keras(
      [
        'keras.Input(shape=(12,))',
        'layers.Embedding(50, 8)',
        'layers.LSTM(8, return_sequences=True)',
        'layers.GRU(8)',
        'layers.Dense(8, activation="relu")',
        'layers.Dense(2)',
      ],
      'mean_squared_error',
    ),
    words,
  ),
  inKeras(
    keras(
      [
        'keras.Input(shape=(20, 2))',
        'layers.Conv1D(8, 3, activation="relu")',
        'layers.GlobalAveragePooling1D()',
        'layers.Dense(2)',
      ],
      'mean_squared_error',
    ),
    waves,
  ),
  inKeras(
    keras(
      [
        'keras.Input(shape=(8, 8, 1))',
        'layers.Conv2D(8, 3, padding="same", activation="relu")',
        'layers.MaxPooling2D(2)',
        'layers.Conv2D(16, 3, padding="same", activation="relu")',
        'layers.Flatten()',
        'layers.Dense(16, activation="relu")',
        'layers.Dense(10, activation="softmax")',
      ],
      'categorical_crossentropy',
    ),
    pictures,
  ),
  inKeras(
    keras(
      [
        'keras.Input(shape=(8, 8, 1))',
        'layers.Flatten()',
        'layers.Dense(16, activation="relu")',
        'layers.Dense(10, activation="softmax")',
      ],
      'categorical_crossentropy',
    ),
    pictures,
  ),
];

const inTorch = (text: string, data: DataProfile): Base => ({
  ...{ library: 'PyTorch', language: 'python', text, data, config: scaled },
});

const TORCH: readonly Base[] = [
  inTorch(
    torch(
      [
        'nn.Linear(6, 16)',
        'nn.Sigmoid()',
        'nn.Dropout(0.2)',
        'nn.Linear(16, 16)',
        'nn.ReLU()',
        'nn.BatchNorm1d(16)',
        'nn.Linear(16, 5)',
      ],
      'MSELoss',
    ),
    rows,
  ),
  inTorch(torch(['nn.Linear(6, 16)', 'nn.ReLU()', 'nn.Linear(16, 4)'], 'CrossEntropyLoss'), kinds),
  inTorch(
    torch(
      [
        'nn.Conv2d(1, 8, 3, padding=1)',
        'nn.ReLU()',
        'nn.MaxPool2d(2)',
        'nn.Conv2d(8, 16, 3, padding=1)',
        'nn.ReLU()',
        'nn.Flatten()',
        'nn.Linear(256, 16)',
        'nn.ReLU()',
        'nn.Linear(16, 10)',
      ],
      'CrossEntropyLoss',
    ),
    { ...pictures, inputShape: [1, 8, 8] },
  ),
  inTorch(
    `import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(50, 8)
        self.first = nn.LSTM(8, 16, batch_first=True)
        self.hidden = nn.Linear(16, 16)
        self.middle = nn.Linear(16, 16)
        self.out = nn.Linear(16, 2)

    def forward(self, x):
        x = self.embed(x)
        x, _ = self.first(x)
        x = torch.relu(self.hidden(x[:, -1]))
        x = torch.relu(self.middle(x))
        return self.out(x)


model = Net()
optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
criterion = nn.MSELoss()
`,
    words,
  ),
];

/** Models on which each idea has something to do. */
export const BASES: readonly Base[] = [
  ...BUILDERS.map(({ text, data, config = {} }): Base => ({
    ...{ library: 'TensorFlow.js', language: 'typescript', text, data, config },
  })),
  ...KERAS,
  ...TORCH,
];
