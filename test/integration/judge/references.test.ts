import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  exampleFolder,
  makeFolder,
  makeTrainer,
  NEVER,
  projectStudy,
  studyOn,
} from '../trainer/harness.ts';

const trainer = makeTrainer();

after(() => trainer.dispose());

test('regression: the mean explains nothing, a linear model finds a linear truth', async () => {
  const { folder, remove } = await makeFolder({
    'model.ts': '',
    'data.js': `exports.loadData = () => {
      let state = 7;
      const random = () => (state = (state * 16807) % 2147483647) / 2147483647 - 0.5;
      const inputs = Array.from({ length: 300 }, () => Array.from({ length: 5 }, random));
      return { inputs, targets: inputs.map((row) => 1000 + 40 * row[0] - 25 * row[3] + 0.1 * random()) };
    };`,
  });
  try {
    const scores = await trainer.references(
      studyOn(folder, { objective: { metric: 'val_r2', direction: 'maximize' } }),
      NEVER,
    );
    assert.ok(scores?.linear);
    assert.ok(Math.abs(scores.trivial['val_r2'] ?? 1) < 0.1, JSON.stringify(scores.trivial));
    assert.ok((scores.linear['val_r2'] ?? 0) > 0.999, JSON.stringify(scores.linear));
  } finally {
    await remove();
  }
});

test('classification: shares of the classes, and a logistic regression', async () => {
  const scores = await trainer.references(projectStudy('blobs', {}), NEVER);
  assert.ok(scores?.linear);
  assert.ok(Math.abs((scores.trivial['val_loss'] ?? 0) - Math.log(3)) < 0.1);
  assert.ok((scores.linear['val_accuracy'] ?? 0) > 0.9, JSON.stringify(scores.linear));
});

test('handwritten digits: logistic regression reaches what it is known to reach', async () => {
  const data = {
    csv: 'digits.csv',
    target: 'label',
    task: 'classification',
    inputShape: [8, 8, 1],
  };
  const scores = await trainer.references(studyOn(exampleFolder('digits'), { data }), NEVER);
  const accuracy = scores?.linear?.['val_accuracy'] ?? 0;
  assert.ok(accuracy > 0.93 && accuracy < 0.99, JSON.stringify(scores));
});
