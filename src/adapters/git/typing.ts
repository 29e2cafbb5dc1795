import { mkdir, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Study } from '../../study/study.ts';
import { git } from './git.ts';
import { nearestPlace } from './repository.ts';

/** Notes that a person types in the study's repository now, for whoever works on it. */
export async function noteTyping(study: Study): Promise<void> {
  const path = await pathOf(study);
  const now = new Date();
  await utimes(path, now, now).catch(async () => {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, '');
  });
}

/** When that was noted last, in milliseconds since the epoch; `null`: never. */
export const typedAt = async (study: Study): Promise<number | null> =>
  stat(await pathOf(study)).then(
    ({ mtimeMs }) => mtimeMs,
    () => null,
  );

/** An empty file in the common git folder, whose time tells: of no working tree, never pushed. */
async function pathOf({ modelPath }: Study): Promise<string> {
  const place = await nearestPlace(dirname(modelPath));
  const common = await git(place, ['rev-parse', '--git-common-dir']);
  return join(resolve(place, common.trim()), 'cortex', 'typing');
}
