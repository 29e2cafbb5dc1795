import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Tf } from '../../tf.ts';
import { dataEmpty, dataFileMissing } from '../errors.ts';
import { fromNames } from '../targets.ts';
import { sizeOf, type Table } from '../types.ts';
import { decodeImage } from './decodeImage.ts';
import { scaleImage } from './scaleImage.ts';

/** Rows of images, and the files they were read from. */
export interface ImageTable {
  readonly table: Table;
  readonly files: ReadonlySet<string>;
}

/** The images of a folder with one folder a class, as numbers 0 – 1 of one shape. */
export async function imageFolder(
  tf: Tf,
  folder: string,
  shape: readonly number[],
): Promise<ImageTable> {
  const images = await imagesIn(folder);
  if (images.length === 0) throw dataEmpty(folder);
  const size = sizeOf(shape);
  const values = new Float32Array(images.length * size);
  for (const [row, { path }] of images.entries())
    values.set(scaleImage(tf, decodeImage(path, await readFile(path)), shape), row * size);
  const { values: labels, rows, output } = fromNames(images.map(({ name }) => name));
  return {
    table: {
      inputs: { values, rows: images.length, shape },
      layout: [{ name: null, shape }],
      targets: { values: labels, rows, outputs: [output] },
      weights: null,
    },
    files: new Set(images.map(({ path }) => path)),
  };
}

/** Paths of all images in the folders of a folder, in an order that is the same everywhere. */
export async function imagesIn(
  folder: string,
): Promise<readonly { readonly path: string; readonly name: string }[]> {
  const classes = (await entriesOf(folder)).filter((entry) => entry.isDirectory());
  const found = await Promise.all(
    classes.map(async ({ name }) =>
      (await entriesOf(join(folder, name)))
        .filter((entry) => IMAGE.has(extname(entry.name).toLowerCase()))
        .map((entry) => ({ path: join(folder, name, entry.name), name })),
    ),
  );
  return found.flat().sort((a, b) => (a.path < b.path ? -1 : 1));
}

const IMAGE = new Set(['.png', '.jpg', '.jpeg']);

async function entriesOf(folder: string): ReturnType<typeof entriesIn> {
  try {
    return await entriesIn(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') throw dataFileMissing(folder);
    throw error;
  }
}

const entriesIn = (folder: string) => readdir(folder, { withFileTypes: true });
