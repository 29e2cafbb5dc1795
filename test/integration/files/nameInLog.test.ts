import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { diskLogs } from '../../../src/adapters/files/diskLogs.ts';
import { nameInLog } from '../../../src/adapters/files/nameInLog.ts';

const folder = await mkdtemp(join(tmpdir(), 'cortex-name-'));
after(() => rm(folder, { recursive: true }));

const lines = [1, 2, 3, 4, 5, 6].map((i) => `epoch ${i} loss ${1 / i} held ${1.1 / i}`);
const [line = ''] = lines;
const logPath = join(folder, 'train.log');
await writeFile(logPath, `${lines.join('\n')}\n`);
const number = { line, offset: line.indexOf('1.1'), name: 'val_loss' };

test('without a study file there is no place to say it', async () => {
  await assert.rejects(nameInLog(logPath, number), { code: 'log-no-study-file' });
});

test('a number gets its name in the study file, whose other words stay', async () => {
  const path = join(folder, 'cortex.json');
  await writeFile(path, '{\n  "model": "model.ts"\n}\n');
  assert.equal((await nameInLog(logPath, number)).path, path);
  assert.match(await readFile(path, 'utf8'), /^\{\n {2}"model": "model\.ts",\n {2}"logPattern": /);
  const { series } = await diskLogs.diagnose(logPath);
  assert.equal(series['val_loss']?.[0], 1.1);
  assert.equal(series['loss']?.[5], 1 / 6);
});

test('a second number of the line keeps the name of the first', async () => {
  await nameInLog(logPath, { ...number, offset: line.indexOf('loss 1') + 5, name: 'fit' });
  const { series } = await diskLogs.diagnose(logPath);
  assert.equal(series['val_loss']?.[0], 1.1);
  assert.equal(series['fit']?.[5], 1 / 6);
});

test('where no number stands nothing is written', async () => {
  const wrong = { ...number, offset: 2 };
  await assert.rejects(nameInLog(logPath, wrong), { code: 'log-no-number' });
});
