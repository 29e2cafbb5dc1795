import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { findModelOfLog } from '../../../src/adapters/files/findModelOfLog.ts';
import { logsOfStudy, openStudy } from '../../../src/adapters/files/openStudy.ts';

const BUILDER = 'export function buildModel() {}\n';
const LOG = 'Epoch 1/2 loss: 0.9 val_loss: 1.0\nEpoch 2/2 loss: 0.8 val_loss: 0.9\n';
const folders: string[] = [];

async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cortex-links-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}

describe('a log and its model find each other', () => {
  after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

  test('by the study file, wherever both lie', async () => {
    const folder = await folderWith({
      'src/net.ts': BUILDER,
      'src/model.ts': BUILDER,
      'out/deep/run.log': LOG,
      'cortex.json': '{"model": "src/net.ts", "log": "out/deep/run.log"}',
    });
    assert.equal(
      await findModelOfLog(join(folder, 'out/deep/run.log')),
      join(folder, 'src/net.ts'),
    );
    assert.equal((await openStudy(folder)).logPath, join(folder, 'out/deep/run.log'));
  });

  test('by what the log says: the file, or a class it declares', async () => {
    const folder = await folderWith({
      'a.ts': BUILDER,
      'b.ts': `export class Residual {\n  buildModel() {}\n}\n`,
      '1.log': `training a.ts\n${LOG}`,
      '2.log': `Residual with 3 blocks\n${LOG}`,
      '3.log': LOG,
    });
    assert.equal(await findModelOfLog(join(folder, '1.log')), join(folder, 'a.ts'));
    assert.equal(await findModelOfLog(join(folder, '2.log')), join(folder, 'b.ts'));
    assert.equal(
      await findModelOfLog(join(folder, '3.log')),
      null,
      'two models are as near, nothing tells',
    );
    assert.equal((await openStudy(join(folder, 'a.ts'))).logPath, join(folder, '1.log'));
    assert.equal((await openStudy(join(folder, 'b.ts'))).logPath, join(folder, '2.log'));
  });

  test('by place: a folder for logs beside the model, the project above or its sources', async () => {
    const folder = await folderWith({
      'model.ts': BUILDER,
      'logs/old.log': LOG,
      'logs/new.log': LOG,
    });
    await utimes(join(folder, 'logs/old.log'), 1000, 1000);
    assert.deepEqual(await logsOfStudy(join(folder, 'model.ts')), [
      join(folder, 'logs/new.log'),
      join(folder, 'logs/old.log'),
    ]);
    assert.equal(await findModelOfLog(join(folder, 'logs/new.log')), join(folder, 'model.ts'));
    const project = await folderWith({ 'src/net.ts': BUILDER, 'train.log': LOG });
    assert.equal(await findModelOfLog(join(project, 'train.log')), join(project, 'src/net.ts'));
  });

  test('a log that a person chose goes before the study file’s; one that is gone is not missed', async () => {
    const folder = await folderWith({
      'model.ts': BUILDER,
      'a.log': LOG,
      'b.log': LOG,
      'cortex.json': '{"log": "a.log"}',
    });
    const open = async (logPath: string | null): Promise<string | null> =>
      (await openStudy(join(folder, 'model.ts'), { logPath })).logPath;
    assert.equal(await open(join(folder, 'b.log')), join(folder, 'b.log'));
    assert.equal(await open(join(folder, 'gone.log')), join(folder, 'a.log'));
    assert.equal(await open(null), join(folder, 'a.log'));
  });
});
