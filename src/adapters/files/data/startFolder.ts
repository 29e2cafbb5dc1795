import { access, mkdir, rm, rmdir, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { CortexError } from '../../../util/errors.ts';

interface NewFile {
  readonly name: string;
  readonly text: string;
}

/** Data as seen from a folder, with `/` between folders on every system. */
export const placeOf = (folder: string, data: string): string =>
  relative(folder, data).split(sep).join('/');

/** Writes the files of a new project; refuses where one of them is there already. */
export async function createFiles(folder: string, files: readonly NewFile[]): Promise<void> {
  for (const { name } of files)
    if (await isThere(join(folder, name))) throw fileThere(join(folder, name));
  await mkdir(folder, { recursive: true });
  for (const { name, text } of files) await writeFile(join(folder, name), text, { flag: 'wx' });
}

/** Writes a file that was made just before. */
export const replaceFile = (folder: string, { name, text }: NewFile): Promise<void> =>
  writeFile(join(folder, name), text);

/** Takes away files that were made just before, and their folder where nothing else is in it. */
export async function removeFiles(folder: string, names: readonly string[]): Promise<void> {
  for (const name of names) await rm(join(folder, name), { force: true });
  await rmdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  });
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

const fileThere = (path: string): CortexError =>
  new CortexError({
    code: 'new-file-there',
    kind: 'input',
    happened: `${path} is there already.`,
    expected: 'a folder without it: nothing of yours is written over.',
    remedy: 'Name another folder with --to.',
  });
