import { stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import type { Study } from '../../study/study.ts';
import { git } from './git.ts';
import { neededFiles, type ImportsOf } from './neededFiles.ts';
import type { StudyPlace } from './studyPlace.ts';

const LARGEST_UNTRACKED = 50 * 1024 * 1024;

/** Tracked files whose content on disk is not what the index says, and where HEAD is. */
export async function readStatus(
  root: string,
): Promise<{ head: string | null; changed: readonly string[] }> {
  const output = await git(root, [
    'status',
    '--porcelain=v2',
    '-z',
    '--branch',
    '--no-ahead-behind',
    '--untracked-files=no',
    '--no-renames',
    '--ignore-submodules=dirty',
  ]);
  const lines = output.split('\0');
  const oid = lines.find((line) => line.startsWith('# branch.oid '))?.slice('# branch.oid '.length);
  return {
    head: oid === undefined || oid === '(initial)' ? null : oid,
    changed: lines.flatMap(changedPath),
  };
}

/**
 * `1 XY sub mH mI mW hH hI path` or `u XY sub m1 m2 m3 mW h1 h2 h3 path`; Y is the working tree
 * against the index.
 */
function changedPath(line: string): readonly string[] {
  if (line.startsWith('u ')) return [line.split(' ').slice(10).join(' ')];
  return line.startsWith('1 ') && line[3] !== '.' ? [line.split(' ').slice(8).join(' ')] : [];
}

/** Untracked files that the model needs, small enough to be kept with an attempt. */
export async function untrackedNeeded(
  place: StudyPlace,
  study: Study,
  importsOf: ImportsOf,
): Promise<{ paths: readonly string[]; leftOut: readonly string[] }> {
  const files = await neededFiles(study, importsOf);
  const paths = files
    .map((file) => pathInRepository(place.prefix, dirname(study.modelPath), file))
    .filter((path) => !path.startsWith('../') && !isAbsolute(path));
  // The model file is asked for only so that git prints something (see `git`).
  const listed = await git(place.root, [
    '--literal-pathspecs',
    'ls-files',
    '-z',
    '-t',
    '--cached',
    '--others',
    '--exclude-standard',
    '--',
    place.model,
    ...paths,
  ]);
  const untracked = listed
    .split('\0')
    .flatMap((line) => (line.startsWith('? ') ? [line.slice(2)] : []))
    .filter((path) => paths.includes(path));
  const sizes = await Promise.all(
    untracked.map(async (path) => ({ path, size: await sizeOf(join(place.root, path)) })),
  );
  return {
    paths: sizes.flatMap(({ path, size }) => (size <= LARGEST_UNTRACKED ? [path] : [])),
    leftOut: sizes.flatMap(({ path, size }) =>
      size > LARGEST_UNTRACKED ? [`${path} (${(size / 2 ** 20).toFixed(0)} MB)`] : [],
    ),
  };
}

/** A file that has gone meanwhile is no trouble: git passes it over. */
const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    (info) => info.size,
    () => 0,
  );

/**
 * Starts from git's own prefix, so that symbolic links on the way to the repository do not matter;
 * `../…` when outside.
 */
function pathInRepository(prefix: string, modelFolder: string, file: string): string {
  const steps = relative(modelFolder, file).split(sep);
  const folders = prefix.split('/').filter((part) => part !== '');
  while (steps[0] === '..' && folders.length > 0) {
    steps.shift();
    folders.pop();
  }
  return [...folders, ...steps].join('/');
}
