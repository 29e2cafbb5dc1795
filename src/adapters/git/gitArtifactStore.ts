import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { ArtifactFact, ArtifactStore } from '../../ports/artifactStore.ts';
import type { Study } from '../../study/study.ts';
import { sha256 } from '../../util/sha256.ts';
import { artifactNotKept } from './attemptErrors.ts';
import { git } from './git.ts';
import { nearestPlace } from './repository.ts';

const HASH = /^[0-9a-f]{64}$/;
/** A writer that has not ended by then is dead. */
const STALE_MS = 3_600_000;

/**
 * Artifacts as files below `cortex/artifacts/<study>/` in the repository's common git folder: of no
 * working tree, shared by all of them, and never pushed.
 */
export class GitArtifactStore implements ArtifactStore {
  readonly #folders = new Map<string, Promise<string>>();

  /** Written under another name, made durable, then renamed: a file that is there is whole. */
  async put(study: Study, bytes: Uint8Array): Promise<string> {
    const hash = sha256(bytes);
    const folder = await this.#folderOf(study);
    const path = join(folder, hash);
    const known = await stat(path).catch(unlessMissing);
    if (known?.size === bytes.length) {
      const now = new Date();
      await utimes(path, now, now);
      return hash;
    }
    try {
      await mkdir(folder, { recursive: true });
      await write(path, bytes);
    } catch (cause) {
      throw artifactNotKept(folder, bytes.length, cause);
    }
    return hash;
  }

  async get(study: Study, hash: string): Promise<Uint8Array | null> {
    const bytes = await readFile(join(await this.#folderOf(study), hash)).catch(unlessMissing);
    return bytes !== null && sha256(bytes) === hash ? bytes : null;
  }

  async locate(study: Study, hash: string): Promise<string | null> {
    const whole = await this.get(study, hash);
    return whole === null ? null : join(await this.#folderOf(study), hash);
  }

  async list(study: Study): Promise<readonly ArtifactFact[]> {
    const folder = await this.#folderOf(study);
    const names = (await readdir(folder).catch(unlessMissing)) ?? [];
    await Promise.all(names.filter((name) => !HASH.test(name)).map((name) => tidy(folder, name)));
    const facts = await Promise.all(
      names
        .filter((name) => HASH.test(name))
        .map(async (name) => {
          const info = await stat(join(folder, name)).catch(unlessMissing);
          return info === null ? [] : { sha256: name, bytes: info.size, keptAt: info.mtimeMs };
        }),
    );
    return facts.flat();
  }

  async delete(study: Study, hash: string): Promise<void> {
    await rm(join(await this.#folderOf(study), hash), { force: true });
  }

  #folderOf(study: Study): Promise<string> {
    const known = this.#folders.get(study.name + study.folder) ?? folderOf(study);
    this.#folders.set(study.name + study.folder, known);
    known.catch(() => this.#folders.delete(study.name + study.folder));
    return known;
  }
}

async function folderOf({ modelPath, name }: Study): Promise<string> {
  const place = await nearestPlace(dirname(modelPath));
  const common = await git(place, ['rev-parse', '--git-common-dir']);
  return join(resolve(place, common.trim()), 'cortex', 'artifacts', encodeURIComponent(name));
}

async function write(path: string, bytes: Uint8Array): Promise<void> {
  const own = `${path}.${randomUUID()}`;
  try {
    const file = await open(own, 'wx');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(own, path);
  } catch (error) {
    await rm(own, { force: true });
    throw error;
  }
}

/** Takes away what a writer that was killed left behind. */
async function tidy(folder: string, name: string): Promise<void> {
  const path = join(folder, name);
  const info = await stat(path).catch(unlessMissing);
  if (info && Date.now() - info.mtimeMs > STALE_MS) await rm(path, { force: true });
}

function unlessMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
