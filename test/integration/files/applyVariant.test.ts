import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  chmod,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  lstat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Study } from '../../../src/study/study.ts';
import { applyVariant } from '../../../src/adapters/files/applyVariant.ts';
import { openStudy } from '../../../src/adapters/files/openStudy.ts';

const all = await mkdtemp(join(tmpdir(), 'cortex-apply-'));
after(() => rm(all, { recursive: true, force: true }));

const BEFORE = '\uFEFFexport const buildModel = 1;\r\n';
const AFTER = 'export const buildModel = 2;\n';
const isRecorded = (hash: string): Promise<boolean> =>
  Promise.resolve(hash === createHash('sha256').update(BEFORE).digest('hex'));

async function studyWith(text: string): Promise<Study> {
  const folder = await mkdtemp(join(all, 'study-'));
  await writeFile(join(folder, 'model.ts'), text);
  return openStudy(join(folder, 'model.ts'));
}

test('a recorded text is replaced exactly, nothing else is left behind', async () => {
  const study = await studyWith(BEFORE);
  await chmod(study.modelPath, 0o640);
  await applyVariant(study, AFTER, { unrecorded: 'keep', isRecorded });
  assert.equal(await readFile(study.modelPath, 'utf8'), AFTER);
  assert.equal((await stat(study.modelPath)).mode & 0o777, 0o640);
  assert.deepEqual(await readdir(study.folder), ['model.ts']);
});

test('a text that no attempt has kept is refused, and replaced only by the word', async () => {
  const study = await studyWith('my own work\n');
  await assert.rejects(applyVariant(study, AFTER, { unrecorded: 'keep', isRecorded }), {
    code: 'apply-unrecorded',
  });
  assert.equal(await readFile(study.modelPath, 'utf8'), 'my own work\n');
  await applyVariant(study, AFTER, { unrecorded: 'overwrite', isRecorded });
  assert.equal(await readFile(study.modelPath, 'utf8'), AFTER);
});

test('a link stays a link', async () => {
  const study = await studyWith(BEFORE);
  const link = join(study.folder, 'link.ts');
  await symlink(study.modelPath, link);
  await applyVariant({ ...study, modelPath: link }, AFTER, { unrecorded: 'keep', isRecorded });
  assert.ok((await lstat(link)).isSymbolicLink());
  assert.equal(await readFile(study.modelPath, 'utf8'), AFTER);
});
