import type { Host } from '../host.ts';
import { ask } from '../messages.ts';

/** Makes a folder a git repository where its user says so; whether it is one now. */
export async function makeRepository(
  { engine, studies }: Pick<Host, 'engine' | 'studies'>,
  folder: string,
): Promise<boolean> {
  const create = 'Initialize Repository';
  const choice = await ask(
    `Create a git repository in ${folder}?`,
    'Cortex keeps every attempt as a commit on a branch of its own (cortex/…). Your files are ' +
      'not changed.',
    create,
  );
  if (choice !== create) return false;
  await (await engine.get()).initRepository(folder);
  await studies.reload();
  return true;
}
