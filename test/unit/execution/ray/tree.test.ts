import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { studyFiles } from '../../../../src/execution/ray/studyFiles.ts';
import { Trees } from '../../../../src/execution/ray/tree.ts';
import { studyConfigSchema } from '../../../../src/record/studyConfig.ts';
import type { Study } from '../../../../src/study/study.ts';

describe('what goes to a node', () => {
  let root: string;
  let study: Study;

  before(async () => {
    root = await mkdtemp(join(tmpdir(), 'cortex-tree-'));
    const files = [
      'model/model.ts',
      'model/data/rows.csv',
      'model/.env',
      'model/node_modules/a/index.js',
      'shared/blocks.ts',
      'tables/digits.csv',
      'weights.bin',
    ];
    for (const name of files) {
      await mkdir(dirname(join(root, name)), { recursive: true });
      await writeFile(join(root, name), name);
    }
    // A folder that holds itself.
    await symlink(join(root, 'model'), join(root, 'model', 'again'));
    study = {
      name: 'test',
      modelPath: join(root, 'model', 'model.ts'),
      folder: join(root, 'model'),
      logPath: null,
      config: studyConfigSchema.parse({
        data: { csv: '../tables/digits.csv', target: 'label', task: 'classification' },
      }),
    };
  });

  after(() => rm(root, { recursive: true }));

  const placed = () =>
    studyFiles(study, {
      sources: [join(root, 'shared', 'blocks.ts')],
      attachedFolder: '',
      footing: { start: [{ seed: 1, path: join(root, 'weights.bin') }] },
    });

  test('is what a trial may read, and neither secrets nor packages', async () => {
    const { files } = await new Trees().of(await placed());
    const own = files.filter(({ from }) => from.startsWith(root));
    const names = own.map(({ from }) => from.slice(root.length + 1)).toSorted();
    assert.deepEqual(names, [
      'model/data/rows.csv',
      'model/model.ts',
      'shared/blocks.ts',
      'tables/digits.csv',
      'weights.bin',
    ]);
    assert.ok(files.every(({ path, from }) => from === `/${path}`));
  });

  test('has another hash when a file has another content', async () => {
    const trees = new Trees();
    const first = await trees.of(await placed());
    assert.equal((await trees.of(await placed())).hash, first.hash);
    await writeFile(join(root, 'tables', 'digits.csv'), 'other rows');
    assert.notEqual((await trees.of(await placed())).hash, first.hash);
  });
});
