import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { sha256 } from '../../util/sha256.ts';
import type { Tree, TreeFile } from './bridgeMessages.ts';

/** Where a file comes to stand in a tree, and where it stands here. */
export interface Placed {
  /** With `/` between its parts, and none before. */
  readonly path: string;
  readonly from: string;
}

/** Hashes of files by their name, size and time: a data set is read once a session. */
export class Trees {
  readonly #known = new Map<string, { readonly stamp: string; readonly sha256: string }>();

  /** The tree of these files; those that are gone are left out. */
  async of(placed: readonly Placed[]): Promise<Tree> {
    const files: TreeFile[] = [];
    for (const each of placed) {
      const file = await this.#file(each);
      if (file) files.push(file);
    }
    const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
    const content = sorted.map((file) => [file.path, file.sha256, file.executable]);
    return { hash: sha256(JSON.stringify(content)), files: sorted };
  }

  async #file({ path, from }: Placed): Promise<TreeFile | null> {
    const found = await stat(from).catch(() => null);
    if (!found?.isFile()) return null;
    const stamp = `${found.size} ${found.mtimeMs} ${found.ino}`;
    const known = this.#known.get(from);
    const hash = known?.stamp === stamp ? known.sha256 : await hashOf(from);
    this.#known.set(from, { stamp, sha256: hash });
    return { path, from, sha256: hash, executable: (found.mode & OWN_EXECUTE) !== 0 };
  }
}

const OWN_EXECUTE = 0o100;

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** All files below a folder but those in folders, or under names, that are left out. */
export async function filesBelow(
  folder: string,
  isLeftOut: (name: string) => boolean,
): Promise<readonly string[]> {
  const seen = new Set<string>();
  const found: string[] = [];
  const visit = async (at: string): Promise<void> => {
    const real = await realpath(at);
    if (seen.has(real)) return;
    seen.add(real);
    for (const { name } of await readdir(at, { withFileTypes: true })) {
      if (isLeftOut(name)) continue;
      const path = join(at, name);
      const what = await stat(path).catch(() => null);
      if (what?.isDirectory()) await visit(path);
      else if (what?.isFile()) found.push(path);
    }
  };
  await visit(folder);
  return found;
}
