import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { CortexError } from '../../../src/util/errors.ts';
import { makeFolder, studyOn } from '../trainer/harness.ts';
import { attachIn, kerasText, pythonTrainer, trainText } from './pythonStudies.ts';

const trainer = pythonTrainer();
after(() => trainer.dispose());

const TRAIN = `import numpy as np
import keras
from model import build_model

np.random.seed(1)
y = np.arange(120) % 3
x = np.eye(4, dtype="float32")[y] + np.random.rand(120, 4) - 0.5
open("started.txt", "w").write("now")
model = build_model((4,), 3)
model.fit(x, keras.utils.to_categorical(y), epochs=3, batch_size=16, validation_split=0.25,
          callbacks=[keras.callbacks.EarlyStopping(monitor="val_loss", patience=50),
                     keras.callbacks.ModelCheckpoint("best.weights.h5")])
`;

test('one run of an unchanged script tells what is trained, on what and how', async () => {
  const { folder, remove } = await makeFolder({ 'model.py': kerasText(), 'train.py': TRAIN });
  const attached = await attachIn(folder);
  assert.equal(attached.script, join(folder, 'train.py'));
  assert.deepEqual(attached.rows, { whole: 120 });
  assert.deepEqual(attached.inputShape, [4]);
  assert.equal(attached.task, 'classification');
  assert.equal(attached.outputUnits, 3);
  assert.equal(attached.epochs, 3);
  assert.equal(attached.batchSize, 16);
  assert.equal(attached.loss, 'categorical_crossentropy');
  assert.equal(attached.optimizer, 'Adam 0.01');
  assert.deepEqual(attached.kept, ['EarlyStopping']);
  assert.deepEqual(attached.leftOut, ['ModelCheckpoint']);
  if (attached.covered)
    assert.deepEqual(
      (await readdir(folder)).sort(),
      ['model.py', 'train.py'],
      'nothing is written',
    );
  const study = studyOn(folder, JSON.parse(await readFile(attached.studyFile, 'utf8')), 'model.py');
  const wider = kerasText().replace('Dense(8', 'Dense(9');
  const { trials, parameters } = await trainText(trainer, study, { text: wider, seeds: [1, 2] });
  assert.deepEqual(
    trials.map(({ outcome }) => outcome),
    ['completed', 'completed'],
    JSON.stringify(trials),
  );
  assert.equal(parameters, 9 * 5 + 10 * 3, 'the variant is trained, not the file');
  assert.notDeepEqual(
    trials[0]?.curves,
    trials[1]?.curves,
    'seeds differ, whatever the script sets',
  );
  await remove();
});

const failing = [
  {
    what: 'a script that asks',
    body: 'x = input("how many? ")\n',
    words: /line 2: .*asks for input/,
  },
  {
    what: 'a script that needs arguments',
    body: 'import argparse\np = argparse.ArgumentParser(); p.add_argument("data"); p.parse_args()\n',
    words: /needs arguments/,
  },
  { what: 'a script that never fits', body: 'print(build_model)\n', words: /without calling fit/ },
  {
    what: 'a script that fails',
    body: 'raise RuntimeError("no GPU")\n',
    words: /line 2: .*no GPU/,
  },
  {
    what: 'a script that hangs',
    body: 'while True: pass\n',
    words: /did not come to train/,
    seconds: 20,
  },
];

for (const { what, body, words, seconds } of failing) {
  test(`${what}: a clear word`, async () => {
    const { folder, remove } = await makeFolder({
      'model.py': kerasText(),
      'train.py': `from model import build_model\n${body}# .fit(\n`,
    });
    const error: unknown = await attachIn(folder, seconds === undefined ? {} : { seconds }).catch(
      (thrown: unknown) => thrown,
    );
    await remove();
    assert.ok(error instanceof CortexError, String(error));
    assert.match(error.happened, words);
  });
}

test('a model file without a script or data says what is missing', async () => {
  const { folder, remove } = await makeFolder({ 'model.py': kerasText() });
  const error: unknown = await attachIn(folder).catch((thrown: unknown) => thrown);
  await remove();
  assert.ok(error instanceof CortexError && error.code === 'attach-no-script');
});
