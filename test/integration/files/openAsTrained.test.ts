import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openAsTrained } from '../../../src/compose/openAsTrained.ts';

const folder = await mkdtemp(join(tmpdir(), 'cortex-trained-'));
after(() => rm(folder, { recursive: true, force: true }));

const FILES = {
  'model.ts': 'export function buildModel() {}\n',
  'train.ts':
    'import { buildModel } from "./model";\nbuildModel().fit(x, y, { epochs: 55, batchSize: 4 });\n',
  'data.ts': 'export function loadData() {}\n',
  'cortex.json': '{ "batchSize": 8 }',
};

test('epochs and batch are those of the project, unless the study file says them', async () => {
  for (const [name, text] of Object.entries(FILES)) await writeFile(join(folder, name), text);
  const { config, lengths } = await openAsTrained(join(folder, 'model.ts'));
  assert.deepEqual([config.epochs, config.batchSize], [55, 8]);
  assert.deepEqual(lengths, { epochs: 'train.ts, line 2', batchSize: 'cortex.json' });
  await writeFile(join(folder, 'train.ts'), '');
  const guessed = await openAsTrained(join(folder, 'model.ts'));
  assert.deepEqual([guessed.config.epochs, guessed.lengths?.epochs], [20, null]);
  await writeFile(join(folder, 'cortex.json'), '{ "train": "python train.py" }');
  const command = await openAsTrained(join(folder, 'model.ts'));
  assert.equal(command.lengths, undefined, 'a command knows how long it trains');
});
