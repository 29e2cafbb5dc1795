import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { CortexError } from '../../../src/util/errors.ts';
import { makeFolder, NEVER, studyOn } from '../trainer/harness.ts';
import { pythonTrainer, TORCH_TEXT } from './pythonStudies.ts';

const trainer = pythonTrainer();
after(() => trainer.dispose());

const loader = (body: string): string =>
  `import numpy as np\ndef load_data():\n    ${body.replaceAll('\n', '\n    ')}\n`;

const refused = [
  { what: 'no data module', data: null, code: 'data-file-missing' },
  { what: 'a module without load_data', data: 'x = 1\n', code: 'data-no-loader' },
  { what: 'an exception', data: loader('raise ValueError("no disk")'), code: 'data-module-failed' },
  { what: 'a module that exits', data: 'raise SystemExit(3)\n', code: 'data-module-failed' },
  { what: 'nothing returned', data: loader('pass'), code: 'data-wrong-form' },
  {
    what: 'ragged rows',
    data: loader('return [[1, 2], [3]], [0, 1]'),
    code: 'data-wrong-form',
  },
  {
    what: 'a NaN among the inputs',
    data: loader('x = np.ones((30, 4)); x[7, 2] = np.nan\nreturn x, np.arange(30) % 3'),
    code: 'data-not-a-number',
    words: /inputs\[7\]\[2\]/,
  },
  {
    what: 'one class alone',
    data: loader('return np.ones((30, 4)), ["a"] * 30'),
    code: 'data-one-class',
  },
  {
    what: 'too few rows',
    data: loader('return np.ones((5, 4)), np.arange(5) % 2'),
    code: 'data-too-few-rows',
  },
  {
    what: 'other numbers of inputs and targets',
    data: loader('return {"inputs": np.ones((30, 4)), "targets": np.arange(29) % 3}'),
    code: 'data-wrong-shape',
  },
  {
    what: 'a generator without end',
    data: loader(
      'def rows():\n    while True:\n        yield np.ones((1000, 400, 400), "float32"), np.ones(1000)\nreturn rows()',
    ),
    code: 'data-without-end',
  },
];

for (const { what, data, code, words } of refused) {
  test(`${what}: refused with a code`, async () => {
    const files = { 'model.py': TORCH_TEXT, ...(data !== null && { 'data.py': data }) };
    const { folder, remove } = await makeFolder(files);
    const error: unknown = await trainer
      .profileData(studyOn(folder, {}, 'model.py'), NEVER)
      .catch((thrown: unknown) => thrown);
    await remove();
    assert.ok(error instanceof CortexError, String(error));
    assert.equal(error.code, code, error.message);
    if (words) assert.match(error.happened, words);
  });
}

const accepted = [
  {
    what: 'train and test as keras.datasets gives them',
    data: loader(
      'x = np.random.rand(90, 4); y = np.arange(90) % 3\nreturn (x[:60], y[:60]), (x[60:], y[60:])',
    ),
    rows: { train: 45, validation: 15, test: 30 },
  },
  {
    what: 'what train_test_split gives',
    data: loader(
      'from sklearn.model_selection import train_test_split\nreturn train_test_split(np.random.rand(90, 4), np.arange(90) % 3, test_size=30)',
    ),
    rows: { train: 44, validation: 16, test: 30 },
  },
  {
    what: 'splits by name',
    data: loader(
      'x = np.random.rand(90, 4); y = np.arange(90) % 3\nreturn {"train": (x[:60], y[:60]), "validation": (x[60:], y[60:])}',
    ),
    rows: { train: 60, validation: 30, test: 0 },
  },
  {
    what: 'a DataLoader',
    data: `import torch\ndef load_data():\n    x = torch.rand(90, 4); y = torch.arange(90) % 3\n    return torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x, y), batch_size=8)\n`,
    rows: { train: 54, validation: 18, test: 18 },
  },
  {
    what: 'data frames',
    data: `import numpy as np, pandas as pd\ndef load_data():\n    return pd.DataFrame(np.random.rand(90, 4)), pd.Series(["a", "b", "c"] * 30)\n`,
    rows: { train: 54, validation: 18, test: 18 },
  },
  {
    what: 'a scikit-learn bunch',
    data: `from sklearn.datasets import load_iris\ndef load_data():\n    return load_iris()\n`,
    rows: { train: 90, validation: 30, test: 30 },
  },
];

for (const { what, data, rows } of accepted) {
  test(`${what}: read`, async () => {
    const { folder, remove } = await makeFolder({ 'model.py': TORCH_TEXT, 'data.py': data });
    const profile = await trainer.profileData(studyOn(folder, {}, 'model.py'), NEVER);
    await remove();
    assert.equal(profile.task, 'classification');
    assert.deepEqual(profile.inputShape, [4]);
    assert.equal(profile.rows.test, rows.test);
    assert.equal(profile.rows.train + profile.rows.validation, rows.train + rows.validation);
  });
}

const LINES = Array.from({ length: 60 }, (_, i) => ({ width: i % 7, kind: i % 3 ? 'a' : 'b' }));

const tables = {
  jsonl: LINES.map((line) => JSON.stringify(line)).join('\n'),
  csv: ['width|kind', ...LINES.map(({ width, kind }) => `${width}|"${kind}\n"`)].join('\n'),
};

for (const [kind, text] of Object.entries(tables)) {
  test(`a table of the kind ${kind}`, async () => {
    const { folder, remove } = await makeFolder({ 'model.py': TORCH_TEXT, 'rows.txt': text });
    const data = { [kind]: 'rows.txt', target: 'kind', task: 'classification' };
    const profile = await trainer.profileData(studyOn(folder, { data }, 'model.py'), NEVER);
    await remove();
    assert.deepEqual([profile.inputShape, profile.outputUnits], [[1], 2]);
  });
}

test('a folder of images is refused with what to do', async () => {
  const { folder, remove } = await makeFolder({ 'model.py': TORCH_TEXT });
  const data = { images: '.', inputShape: [8, 8, 1] };
  const error: unknown = await trainer
    .profileData(studyOn(folder, { data }, 'model.py'), NEVER)
    .catch((thrown: unknown) => thrown);
  await remove();
  assert.ok(error instanceof CortexError, String(error));
  assert.equal(error.code, 'data-images-not-read');
});
