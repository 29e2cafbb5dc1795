import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import type { Measures } from '../../../src/record/trial.ts';
import { CortexError } from '../../../src/util/errors.ts';
import { makeFolder, NEVER, studyOn } from '../trainer/harness.ts';
import { attachIn, kerasText, pythonTrainer, TORCH_TEXT, trainText } from './pythonStudies.ts';

const trainer = pythonTrainer();
after(() => trainer.dispose());

/** What one seed of a model measures. */
async function measuresOf(
  files: Readonly<Record<string, string>>,
  config: object,
): Promise<Measures> {
  const { folder, remove } = await makeFolder(files);
  const study = studyOn(folder, config, 'model.py');
  const { trials } = await trainText(trainer, study, { text: files['model.py'] ?? '' });
  await remove();
  const [trial] = trials;
  assert.ok(trial?.outcome === 'completed', JSON.stringify(trial).slice(0, 600));
  return trial.measures;
}

const ROWS = `import numpy as np
random = np.random.RandomState(7)
x = random.randn(240, 4).astype("float32")
noise = random.randn(240, 3)
`;

const dataOf = (targets: string): string =>
  `${ROWS}\ndef load_data():\n    return {"inputs": x, "targets": ${targets}}\n`;

const CLASSES = dataOf('(x[:, :3] + noise).argmax(axis=1)');
const TWO = dataOf('(x[:, 0] + noise[:, 0] > 0).astype("int32")');
const LABELS = dataOf('(x[:, :3] + noise > 0.3).astype("int32")');
const NUMBERS = dataOf('(x[:, :3] + noise)');

/** The same, as scikit-learn and SciPy count it: functions of the user's own. */
const SKLEARN = `import numpy as np
from sklearn import metrics as m


def is_two(p):
    return p.shape[1] == 2


def counted(count, p, t):
    if t.ndim == 2:
        return count(t > 0.5, p > 0.5, average="macro", zero_division=0)
    average = "binary" if is_two(p) else "macro"
    every = None if is_two(p) else range(p.shape[1])
    return count(t, p.argmax(axis=1), average=average, labels=every, zero_division=0)


def own_precision(p, t): return counted(m.precision_score, p, t)
def own_recall(p, t): return counted(m.recall_score, p, t)
def own_f1(p, t): return counted(m.f1_score, p, t)


def own_auc(p, t):
    if t.ndim == 2:
        return m.roc_auc_score(t, p, average="macro")
    return m.roc_auc_score(t, p[:, 1]) if is_two(p) else m.roc_auc_score(t, p, multi_class="ovr")


def own_perplexity(p, t): return np.exp(m.log_loss(t, p, labels=range(p.shape[1])))
def own_top2(p, t): return m.top_k_accuracy_score(t, p, k=2, labels=range(p.shape[1]))
def own_rmse(p, t): return m.mean_squared_error(t, p) ** 0.5
def own_pearson(p, t): return np.mean([np.corrcoef(a, b)[0, 1] for a, b in zip(p.T, t.T)])
`;

const OF_CLASSES = ['precision', 'recall', 'f1', 'auc', 'perplexity'];
const OF_LABELS = ['precision', 'recall', 'f1', 'auc'];

const head = (units: number, activation: string, loss: string): string =>
  kerasText()
    .replace(
      'layers.Dense(num_classes, activation="softmax")',
      `layers.Dense(${units}${activation})`,
    )
    .replace('"categorical_crossentropy"', loss);

const SIGMOID = ', activation="sigmoid"';

const cases = [
  { what: 'classes, softmax', model: kerasText(), data: CLASSES, names: [...OF_CLASSES, 'top2'] },
  {
    what: 'classes, logits of a torch module',
    model: TORCH_TEXT,
    data: CLASSES,
    names: OF_CLASSES,
  },
  {
    what: 'two classes on one unit',
    model: head(1, SIGMOID, '"binary_crossentropy"'),
    data: TWO,
    names: OF_CLASSES,
  },
  {
    what: 'labels on sigmoids',
    model: head(3, SIGMOID, '"binary_crossentropy"'),
    data: LABELS,
    names: OF_LABELS,
  },
  {
    what: 'labels on logits',
    model: head(3, '', 'keras.losses.BinaryCrossentropy(from_logits=True)'),
    data: LABELS,
    names: OF_LABELS,
  },
  { what: 'labels of a torch module', model: TORCH_TEXT, data: LABELS, names: OF_LABELS },
  { what: 'numbers', model: head(3, '', '"mse"'), data: NUMBERS, names: ['rmse', 'pearson'] },
];

for (const { what, model, data, names } of cases) {
  test(`${what}: metrics by name are those of scikit-learn`, async () => {
    const measures = await measuresOf(
      { 'model.py': model, 'data.py': data, 'metrics.py': SKLEARN },
      {
        objective: { metric: `val_${names[0]}`, direction: 'maximize' },
        metrics: [...names, ...names.map((name) => `own_${name}`)],
      },
    );
    for (const name of names) {
      const [own, theirs] = [measures[`val_${name}`] ?? NaN, measures[`val_own_${name}`] ?? NaN];
      assert.ok(Math.abs(own - theirs) < 1e-6, `${name}: ${own}, scikit-learn ${theirs}`);
    }
    if (data === LABELS)
      assert.ok(Math.abs((measures['val_loss'] ?? 9) - (measures['loss'] ?? 0)) < 0.4);
    if (data === LABELS) assert.equal(measures['fit_loss'], undefined, 'the loss is the study’s');
  });
}

test('a metric that there is not is refused with those that there are', async () => {
  const { folder, remove } = await makeFolder({ 'model.py': TORCH_TEXT, 'data.py': CLASSES });
  const study = studyOn(folder, { metrics: ['rmse'] }, 'model.py');
  const error: unknown = await trainer.profileData(study, NEVER).catch((thrown: unknown) => thrown);
  await remove();
  assert.ok(error instanceof CortexError, String(error));
  assert.equal(error.code, 'objective-unknown-metric');
  assert.match(error.expected, /val_accuracy, .*val_f1, val_auc, val_perplexity, val_top3/);
});

test('metrics of the user’s own that fail to load are told of', async () => {
  const files = { 'model.py': TORCH_TEXT, 'data.py': CLASSES, 'metrics.py': 'import nowhere\n' };
  const { folder, remove } = await makeFolder(files);
  const study = studyOn(folder, { metrics: ['gain'] }, 'model.py');
  const error: unknown = await trainer.profileData(study, NEVER).catch((thrown: unknown) => thrown);
  await remove();
  assert.ok(error instanceof CortexError, String(error));
  assert.equal(error.code, 'metrics-module-failed');
  assert.match(error.happened, /metrics\.py, line 1.*nowhere/);
});

test('a script that trains labels by binary cross-entropy is attached as such', async () => {
  const script = `${ROWS}
import keras

model = keras.Sequential([keras.layers.Dense(8, activation="relu"), keras.layers.Dense(3${SIGMOID})])
model.compile(optimizer="adam", loss="binary_crossentropy")
model.fit(x, (x[:, :3] + noise > 0.3).astype("int32"), epochs=2)
`;
  const { folder, remove } = await makeFolder({ 'train.py': script });
  const attached = await attachIn(folder, { file: 'train.py' });
  assert.equal(attached.task, 'multi-label');
  const study = studyOn(folder, JSON.parse(await readFile(attached.studyFile, 'utf8')), 'train.py');
  const { trials } = await trainText(trainer, study, { text: script });
  await remove();
  const [trial] = trials;
  assert.ok(trial?.outcome === 'completed', JSON.stringify(trial));
  assert.ok((trial.measures['val_accuracy'] ?? 0) > 0.3);
});
