import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import { CortexError } from '../../../src/util/errors.ts';
import { makeFolder, studyOn } from '../trainer/harness.ts';
import { attachIn, kerasText, pythonTrainer, trainText } from './pythonStudies.ts';

const trainer = pythonTrainer();
after(() => trainer.dispose());

const ROWS = `import numpy as np
import keras
y = keras.utils.to_categorical(np.arange(120) % 3)
x = y @ np.eye(3, 4, dtype="float32")
`;

const FIT = `${ROWS}from model import build_model
build_model((4,), 3).fit(x, y, epochs=2)
`;

const train = (before: string, rest = FIT): Record<string, string> => ({
  'model.py': kerasText(),
  'train.py': `${before}\n${rest}`,
});

const taken = [
  {
    what: 'opens a window',
    files: train(
      'import matplotlib\nmatplotlib.use("TkAgg")\nimport matplotlib.pyplot as plt\n' +
        'plt.plot([1, 2])\nplt.show()',
    ),
  },
  { what: 'prints a million lines', files: train('for n in range(1_000_000): print(n)') },
  {
    what: 'changes directory',
    files: train('import os, tempfile\nos.chdir(tempfile.gettempdir())'),
  },
  { what: 'reads standard input', files: train('import sys\nassert sys.stdin.read() == ""') },
  {
    what: 'gives its builder an object',
    files: {
      'model.py': kerasText()
        .replace('input_shape, num_classes', 'settings')
        .replace('input_shape', 'settings.shape')
        .replace('num_classes', 'settings.classes'),
      'train.py': FIT.replace('(4,), 3', 'Settings()').replace(
        'build_model\n',
        'build_model\nclass Settings:\n    shape, classes = (4,), 3\n',
      ),
    },
  },
  {
    what: 'trains an autoencoder of images',
    files: {
      'model.py': `import keras
from keras import layers


def build_model():
    model = keras.Sequential([
        keras.Input(shape=(4, 4, 1)),
        layers.Flatten(),
        layers.Dense(3, activation="relu"),
        layers.Dense(16, activation="sigmoid"),
        layers.Reshape((4, 4, 1)),
    ])
    model.compile(optimizer="adam", loss="binary_crossentropy")
    return model
`,
      'train.py': `import numpy as np
from model import build_model
x = np.random.rand(120, 4, 4, 1).astype("float32")
build_model().fit(x, x, epochs=2)
`,
    },
  },
  {
    what: 'predicts sequences with a loop of PyTorch',
    files: {
      'model.py': `import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(2, 4, batch_first=True)
        self.out = nn.Linear(4, 1)

    def forward(self, x):
        return self.out(self.lstm(x)[0])
`,
      'train.py': `import torch
from torch import nn
from model import Net

x = torch.randn(120, 5, 2)
net, loss = Net(), nn.MSELoss()
optimizer = torch.optim.Adam(net.parameters())
for epoch in range(2):
    for rows in torch.arange(120).split(20):
        optimizer.zero_grad()
        loss(net(x[rows]), x[rows].sum(2, keepdim=True)).backward()
        optimizer.step()
`,
    },
  },
  {
    what: 'has a layer of its own in another file',
    files: {
      'scale.py': `import keras
class Scale(keras.layers.Layer):
    def build(self, shape):
        self.factor = self.add_weight(shape=(shape[-1],), initializer="ones")
    def call(self, inputs):
        return inputs * self.factor
`,
      'model.py': `from scale import Scale\n${kerasText().replace('layers.Dropout(0.1)', 'Scale()')}`,
      'train.py': FIT,
    },
  },
];

for (const { what, files } of taken) {
  test(`a script that ${what} is learned from, and its model trains`, async () => {
    const { folder, remove } = await makeFolder(files);
    const attached = await attachIn(folder);
    const study = studyOn(
      folder,
      JSON.parse(await readFile(attached.studyFile, 'utf8')),
      'model.py',
    );
    const { trials } = await trainText(trainer, study, { text: files['model.py'] ?? '' });
    await remove();
    assert.deepEqual(attached.rows, { whole: 120 });
    assert.equal(trials[0]?.outcome, 'completed', JSON.stringify(trials));
  });
}

test('a notebook that trains the model file is its script: its cells are run', async () => {
  const cells = FIT.split('\n').map((line) => ({ cell_type: 'code', source: [`${line}\n`] }));
  const magic = { cell_type: 'code', source: '%matplotlib inline\n!pip install keras\n' };
  const words = { cell_type: 'markdown', source: ['model.fit( … )'] };
  const { folder, remove } = await makeFolder({
    'model.py': kerasText(),
    'train.ipynb': JSON.stringify({ cells: [magic, words, ...cells], nbformat: 4 }),
  });
  const { script, epochs } = await attachIn(folder);
  await remove();
  assert.match(script, /train\.ipynb$/);
  assert.equal(epochs, 2);
});

test('a script that calls fit twice: the first counts, and that is said', async () => {
  const again = `${FIT}build_model((4,), 3).fit(x[:60], y[:60], epochs=9)\n`;
  const { folder, remove } = await makeFolder(train('', again));
  const { epochs, notes } = await attachIn(folder);
  await remove();
  assert.equal(epochs, 2);
  assert.match(notes.join(' '), /calls fit 2 times.*first/);
});

test('a script that forks: what its variants may not do is said, with the line', async () => {
  const files = train('import os\nif os.fork() == 0: os._exit(0)\nos.wait()');
  const { folder, remove } = await makeFolder(files);
  const attached = await attachIn(folder);
  const study = studyOn(folder, JSON.parse(await readFile(attached.studyFile, 'utf8')), 'model.py');
  const { trials } = await trainText(trainer, study, { text: kerasText() });
  await remove();
  const failure = trials[0]?.outcome === 'failed' ? trials[0].failure : null;
  assert.equal(failure?.kind, 'refused', JSON.stringify(trials));
  assert.match(failure.message, /asked for something a trial may not do: os\.fork/);
  assert.equal(failure.line, 2);
});

test('a generator of batches is read for the steps of an epoch', async () => {
  const endless = `def batches():
    while True:
        yield x[:10], y[:10]
build_model((4,), 3).fit(batches(), steps_per_epoch=3, epochs=2)
`;
  const { folder, remove } = await makeFolder(
    train('', `${ROWS}from model import build_model\n${endless}`),
  );
  const { rows } = await attachIn(folder);
  await remove();
  assert.deepEqual(rows, { whole: 30 });
});

const refused = [
  {
    what: 'a generator without end',
    rest: `from model import build_model
import numpy as np
def batches():
    while True:
        yield np.zeros((1_000_000, 50), "float32"), np.zeros(1_000_000)
build_model((50,), 3).fit(batches())
`,
    words: /does not end/,
  },
  {
    what: 'data that do not fit in memory',
    rest: `from model import build_model
import numpy as np
build_model((4,), 3).fit(np.zeros((100_000_000, 4), "float32"), np.zeros(100_000_000, "int8"))
`,
    words: /400,000,000 values/,
  },
];

for (const { what, rest, words } of refused) {
  test(`${what}: a clear word`, async () => {
    const { folder, remove } = await makeFolder(train('', rest));
    const error: unknown = await attachIn(folder).catch((thrown: unknown) => thrown);
    await remove();
    assert.ok(error instanceof CortexError, String(error));
    assert.match(error.happened, words);
  });
}
