import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { CortexError } from '../../../src/util/errors.ts';
import { withoutLauncher } from '../../hostile/runHostile.ts';
import { BLOBS_JS, builderText, makeFolder, makeTrainer, studyOn } from '../trainer/harness.ts';
import { BLOBS_PY, testPython, TORCH_TEXT, trainText } from './pythonStudies.ts';

/** As on a system without anything that confines a process. */
describe('where nothing confines code of a proposal', () => {
  let assets = '';
  before(() => {
    assets = withoutLauncher();
  });
  after(() => {
    rmSync(dirname(assets), { recursive: true, force: true });
  });

  test('Python runs it only with the user’s word, and their own file always', async () => {
    const files = { 'model.py': TORCH_TEXT, 'data.py': BLOBS_PY };
    const { folder, remove } = await makeFolder(files);
    const study = studyOn(folder, { epochs: 1 }, 'model.py');
    const proposed = TORCH_TEXT.replace('nn.Dropout(0.1)', 'nn.Dropout(0.2)');
    let asked = 0;
    let word = false;
    const trainer = unheldTrainer('auto', () => {
      asked += 1;
      return Promise.resolve(word);
    });
    try {
      const own = await trainText(trainer, study, { text: TORCH_TEXT });
      assert.equal(own.trials[0]?.outcome, 'completed', JSON.stringify(own.trials));
      assert.equal(asked, 0);
      await assert.rejects(
        trainText(trainer, study, { text: proposed }),
        (error) =>
          error instanceof CortexError &&
          error.code === 'trainer-not-held' &&
          /--unprotected/.test(error.remedy),
      );
      word = true;
      const allowed = await trainText(trainer, study, { text: proposed });
      assert.equal(allowed.trials[0]?.outcome, 'completed', JSON.stringify(allowed.trials));
      assert.equal(allowed.environment.protection, 'unprotected');
      assert.ok(asked >= 2);
    } finally {
      await trainer.dispose();
      await remove();
    }
  });

  test('models that are built as data train without a question', async () => {
    const { folder, remove } = await makeFolder({ 'model.ts': builderText(), 'data.js': BLOBS_JS });
    const study = studyOn(folder, { data: 'data.js' });
    const trainer = unheldTrainer('wasm', () => Promise.reject(new Error('nobody is asked')));
    try {
      const { trials } = await trainText(trainer, study, { text: `${builderText()}\n// proposed` });
      assert.equal(trials[0]?.outcome, 'completed', JSON.stringify(trials));
    } finally {
      await trainer.dispose();
      await remove();
    }
  });

  const unheldTrainer = (runtime: string, mayRunUnheld: () => Promise<boolean>) =>
    makeTrainer({
      workerPath: join(assets, 'worker.cjs'),
      assetFolder: assets,
      runtime,
      mayRunUnheld,
      python: {
        pythonWorkerPath: join(assets, 'python', 'main.py'),
        findPython: () => Promise.resolve(testPython()),
        compiledFolder: join(tmpdir(), 'cortex-compiled'),
        attachedFolder: tmpdir(),
      },
    });
});
