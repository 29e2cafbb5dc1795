import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { ExportFolders, StagedExport } from '../../ports/exportFolders.ts';
import { exportFolderTaken, exportNotWritten } from './exportErrors.ts';

/**
 * Exports on the disk: written into a hidden folder beside the final one and renamed at the end, so
 * that a killed export leaves nothing under the final name.
 */
export class DiskExportFolders implements ExportFolders {
  async stage(folder: string): Promise<StagedExport> {
    await requireEmpty(folder);
    const path = join(dirname(folder), `.${basename(folder)}.${randomUUID().slice(0, 8)}`);
    await writing(folder, () => makeFolder(path));
    return {
      path,
      add: ({ name, bytes }) => writing(folder, () => write(join(path, name), bytes)),
      publish: async () => {
        await requireEmpty(folder);
        await writing(folder, async () => {
          await rmdir(folder).catch(unlessMissing);
          await rename(path, folder);
        });
      },
      discard: () => rm(path, { recursive: true, force: true }),
    };
  }
}

/** With those above it. Node's own `recursive` never ends where the system refuses by ENOENT. */
async function makeFolder(path: string): Promise<void> {
  const above = dirname(path);
  if (above !== path && !existsSync(above)) await makeFolder(above);
  await mkdir(path).catch(unlessThere);
}

async function requireEmpty(folder: string): Promise<void> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    if (error.code === 'ENOTDIR') throw exportFolderTaken(folder, 'a file');
    throw exportNotWritten(folder, error);
  });
  const [first] = names;
  if (first !== undefined) throw exportFolderTaken(folder, `not empty (${first} …)`);
}

async function write(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'wx');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function writing<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw exportNotWritten(folder, cause);
  }
}

function unlessMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}

function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}
