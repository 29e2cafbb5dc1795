import { copyFile, mkdtemp, readFile, rm, stat, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileText } from '../../model/notebook.ts';
import type { Study } from '../../study/study.ts';
import { gitError } from './errors.ts';
import { git } from './git.ts';
import { type ImportsOf } from './neededFiles.ts';
import type { StudyPlace } from './studyPlace.ts';
import { readStatus, untrackedNeeded } from './workingTree.ts';

/** The project as it stands, as a git tree. */
interface Snapshot {
  readonly tree: string;
  /** The commit HEAD stands for; `null` on an unborn branch. */
  readonly head: string | null;
  /** Files the study needs that were too large for a commit, with their size. */
  readonly leftOut: readonly string[];
}

/** What a snapshot holds beside the files on disk. */
interface ToSnapshot {
  readonly study: Study;
  readonly variantText: string;
  readonly record: string;
  readonly importsOf: ImportsOf;
}

/** Where an attempt's record stands in its commit. */
export const RECORD_PATH = '.cortex/attempt.json';

/**
 * Writes the project as it is trained: tracked files as on disk, untracked ones the study needs
 * (unless ignored, or larger than 50 MB), the variant in place of the model file, and the record.
 * Works on a copy of the user's index, so that git need not read files again that it knows; the
 * index itself, HEAD and the files are only read.
 */
export async function snapshotProject(
  place: StudyPlace,
  { study, variantText, record, importsOf }: ToSnapshot,
): Promise<Snapshot> {
  const { root, model } = place;
  const text = await textOfFile(study, variantText);
  const [status, needed, variant, recordBlob, mode] = await Promise.all([
    readStatus(root),
    untrackedNeeded(place, study, importsOf),
    git(root, ['hash-object', '-w', `--path=${model}`, '--stdin'], { input: text }),
    git(root, ['hash-object', '-w', '--no-filters', '--stdin'], { input: record }),
    modeOf(study.modelPath),
  ]);
  const ours = [`${mode},${variant.trim()},${model}`, `100644,${recordBlob.trim()},${RECORD_PATH}`];
  const paths = [...status.changed, ...needed.paths].filter(
    (path) => path !== model && path !== RECORD_PATH,
  );
  const tree = await withPrivateIndex(place.indexPath, async (indexFile) => {
    await git(
      root,
      [
        'update-index',
        '--verbose',
        '--add',
        '--remove',
        '--replace',
        ...ours.flatMap((entry) => ['--cacheinfo', entry]),
        '-z',
        '--stdin',
      ],
      {
        indexFile,
        input: paths.map((path) => `${path}\0`).join(''),
      },
    );
    return git(root, ['write-tree'], { indexFile });
  });
  return { tree: tree.trim(), head: status.head, leftOut: needed.leftOut };
}

/** A variant as its file holds it: a notebook keeps its other cells. */
export const textOfFile = async ({ modelPath }: Study, variantText: string): Promise<string> =>
  fileText(modelPath, await readFile(modelPath, 'utf8').catch(() => ''), variantText);

/** The same tree with another record in it. */
export async function replaceRecord(root: string, tree: string, record: string): Promise<string> {
  const folder = dirname(RECORD_PATH);
  const [blob, entries] = await Promise.all([
    git(root, ['hash-object', '-w', '--no-filters', '--stdin'], { input: record }),
    git(root, ['ls-tree', '-z', '--full-tree', tree]),
  ]);
  const inner = await git(root, ['mktree', '-z'], {
    input: `100644 blob ${blob.trim()}\tattempt.json\0`,
  });
  const others = entries
    .split('\0')
    .filter((entry) => entry !== '' && !entry.endsWith(`\t${folder}`));
  const outer = [...others, `040000 tree ${inner.trim()}\t${folder}`]
    .map((entry) => `${entry}\0`)
    .join('');
  // Submodules and objects of a partial clone need not be here.
  return (await git(root, ['mktree', '-z', '--missing'], { input: outer })).trim();
}

const modeOf = (modelPath: string): Promise<string> =>
  stat(modelPath).then(
    (info) => ((info.mode & 0o100) === 0 ? '100644' : '100755'),
    () => '100644',
  );

async function withPrivateIndex(
  indexPath: string,
  use: (indexFile: string) => Promise<string>,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cortex-index-')).catch(failed);
  try {
    const copy = join(folder, 'index');
    await copyIndex(indexPath, copy).catch(failed);
    return await use(copy);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Keeps the time of the index, a little earlier: git reads files again that are not older than
 * their index.
 */
async function copyIndex(indexPath: string, copy: string): Promise<void> {
  const info = await stat(indexPath).catch(() => null);
  if (!info) return;
  await copyFile(indexPath, copy);
  await utimes(copy, info.atimeMs / 1000, (info.mtimeMs - 1) / 1000);
}

const failed = (cause: Error): never => {
  throw gitError({ command: 'index', output: cause.message, cause });
};
