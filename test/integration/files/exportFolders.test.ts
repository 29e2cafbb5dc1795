import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { DiskExportFolders } from '../../../src/adapters/files/diskExportFolders.ts';

const FOLDERS = join(import.meta.dirname, '../../../src/adapters/files/diskExportFolders.ts');

/** Writes more than the system lets it. */
const program = (folder: string): string => `
  import { DiskExportFolders } from ${JSON.stringify(pathToFileURL(FOLDERS).href)};
  const staged = await new DiskExportFolders().stage(${JSON.stringify(folder)});
  try {
    await staged.add({ name: 'small.bin', bytes: new Uint8Array(10) });
    await staged.add({ name: 'large.bin', bytes: new Uint8Array(1e6) });
    await staged.publish();
  } catch ({ code, happened, remedy }) {
    console.log([code, happened, remedy].join(' '));
  } finally {
    await staged.discard();
  }`;

test('a disk that takes no more: said, and nothing is left, neither whole nor in part', async () => {
  const parent = await mkdtemp(join(tmpdir(), 'cortex-full-'));
  try {
    const asked = ['-c', 'ulimit -f 8; exec "$0" --input-type=module -e "$1"'];
    const told = execFileSync('sh', [...asked, process.execPath, program(join(parent, 'out'))], {
      encoding: 'utf8',
    });
    assert.match(told, /^export-not-written .*\/out: EFBIG.* Make room/);
    assert.deepEqual(await readdir(parent), []);
  } finally {
    await rm(parent, { recursive: true });
  }
});

test('a place that takes no folder: said at once', async () => {
  const parent = await mkdtemp(join(tmpdir(), 'cortex-none-'));
  try {
    await writeFile(join(parent, 'file'), '');
    const below = join(parent, 'file', 'out');
    await assert.rejects(new DiskExportFolders().stage(below), { code: 'export-folder-taken' });
    if (process.platform === 'linux')
      await assert.rejects(new DiskExportFolders().stage('/proc/nowhere/out'), {
        code: 'export-not-written',
      });
    const deep = await new DiskExportFolders().stage(join(parent, 'a', 'b', 'out'));
    await deep.add({ name: 'small.bin', bytes: new Uint8Array(10) });
    await deep.publish();
    assert.deepEqual(await readdir(join(parent, 'a', 'b')), ['out']);
  } finally {
    await rm(parent, { recursive: true });
  }
});
