import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { decode as decodePng } from 'fast-png';
import { decode as decodeJpeg } from 'jpeg-js';
import type { ImagesSample, LookedImage } from '../../../propose/start/sample.ts';

const IMAGE = new Set(['.png', '.jpg', '.jpeg']);
/** Images that are opened: enough to know their sizes. */
const MOST_OPENED = 300;

interface Found {
  readonly path: string;
  readonly className: string;
}

/** The images of a folder with a folder for each class, some of them opened. */
export async function imagesSample(path: string): Promise<ImagesSample> {
  const entries = await readdir(path, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
  const found = (await Promise.all(folders.map(({ name }) => imagesIn(path, name)))).flat();
  const opened = spread(found, MOST_OPENED);
  const images: LookedImage[] = [];
  const unread: { path: string; why: string }[] = [];
  for (const one of opened) {
    const bytes = await readFile(one.path);
    const size = sizeOf(bytes);
    if ('why' in size) unread.push({ path: one.path, why: size.why });
    else images.push({ ...one, ...size, hash: createHash('sha256').update(bytes).digest('hex') });
  }
  return {
    ...{ kind: 'images', path, images, unread, isWhole: opened.length === found.length },
    bytes: (await stat(path)).size,
    classes: folders.map(({ name }) => ({
      name,
      count: found.filter(({ className }) => className === name).length,
    })),
  };
}

async function imagesIn(folder: string, className: string): Promise<readonly Found[]> {
  const names = (await readdir(join(folder, className))).sort();
  return names
    .filter((name) => IMAGE.has(extname(name).toLowerCase()))
    .map((name) => ({ path: join(folder, className, name), className }));
}

/** At most `most` of them, from all over the list. */
const spread = (all: readonly Found[], most: number): readonly Found[] => {
  const step = Math.max(1, all.length / most);
  return all.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
};

const JPEG = 0xff;

type Size = Pick<LookedImage, 'height' | 'width' | 'channels'>;

function sizeOf(bytes: Uint8Array): Size | { readonly why: string } {
  try {
    if (bytes[0] === JPEG) {
      const { width, height } = decodeJpeg(bytes, { useTArray: true });
      return { width, height, channels: 3 };
    }
    const { width, height, channels, palette } = decodePng(bytes);
    return { width, height, channels: channels >= 3 || palette ? 3 : 1 };
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error) };
  }
}
