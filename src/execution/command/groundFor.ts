import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { fileText } from '../../model/notebook.ts';
import type { Variant } from '../../model/variant.ts';
import type { Study } from '../../study/study.ts';
import { copyOf } from './copiedGround.ts';
import { noGround } from './errors.ts';
import type { Ground, Placing } from './ground.ts';

/**
 * A mount of the command's own where the system allows it, else a copy: of what git tracks, or of
 * all that stands in `root` where that is given and no repository.
 */
export async function groundFor(
  study: Study,
  { path, text }: Variant,
  given?: string,
): Promise<Ground> {
  const now = await readFile(path, 'utf8').catch(() => '');
  const variant = { path, text: fileText(path, now, text) };
  const root = given ?? rootOf(study.folder);
  if (await mountsOverlays()) return overlay(study, { variant, root });
  if (given === undefined && !existsSync(join(root, '.git'))) throw noGround(study.folder);
  return copyOf(study, { variant, root });
}

/** The repository around a folder, or the folder. */
function rootOf(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) return folder;
  }
}

async function overlay(study: Study, { variant, root }: Placing): Promise<Ground> {
  const scratch = await mkdtemp(join(scratchFolder(), 'cortex-run-'));
  const [upper, work] = [join(scratch, 'upper'), join(scratch, 'work')];
  const renew = async (): Promise<void> => {
    await Promise.all([upper, work].map((path) => rm(path, { recursive: true, force: true })));
    const model = join(upper, relative(root, variant.path));
    await mkdir(work, { recursive: true });
    await mkdir(dirname(model), { recursive: true });
    await writeFile(model, variant.text);
  };
  await renew();
  const options = `lowerdir=${escaped(root)},upperdir=${upper},workdir=${work}`;
  return {
    kind: 'overlay',
    wrap: (command) => [
      'unshare',
      ...NAMESPACE,
      SCRIPT,
      'sh',
      options,
      root,
      study.folder,
      command,
    ],
    written: (path) => join(upper, relative(root, join(study.folder, path))),
    renew,
    remove: () => rm(scratch, { recursive: true, force: true }),
  };
}

const NAMESPACE: readonly string[] = [
  ...(process.getuid?.() === 0 ? ['-m'] : ['-r', '-m']),
  '--propagation',
  'private',
  'sh',
  '-c',
];

const SCRIPT = 'mount -t overlay overlay -o "$1" "$2" && cd "$3" && exec /bin/sh -c "$4"';

/** On a file system that an overlay can stand on; that of a container often cannot. */
const scratchFolder = (): string => (existsSync('/dev/shm') ? '/dev/shm' : tmpdir());

const escaped = (path: string): string =>
  path.replaceAll('\\', '\\\\').replaceAll(':', '\\:').replaceAll(',', '\\,');

const run = promisify(execFile);

let asked: Promise<boolean> | null = null;

/** Whether this system lets us mount; asked once. */
function mountsOverlays(): Promise<boolean> {
  asked ??= process.platform === 'linux' ? tryMount() : Promise.resolve(false);
  return asked;
}

async function tryMount(): Promise<boolean> {
  const folder = await mkdtemp(join(scratchFolder(), 'cortex-mount-'));
  try {
    for (const name of ['lower', 'upper', 'work']) await mkdir(join(folder, name));
    const [lower, upper, work] = ['lower', 'upper', 'work'].map((name) => join(folder, name));
    const options = `lowerdir=${lower ?? ''},upperdir=${upper ?? ''},workdir=${work ?? ''}`;
    await run('unshare', [...NAMESPACE, SCRIPT, 'sh', options, lower ?? '', lower ?? '', 'true']);
    return true;
  } catch {
    return false;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
