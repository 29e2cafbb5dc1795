import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import assert from 'node:assert/strict';
import type { AttemptOf } from '../../../src/record/attempt.ts';
import type { Study } from '../../../src/study/study.ts';
import { studyConfigSchema } from '../../../src/record/studyConfig.ts';
import { asBaseline } from '../../records.ts';

const folders: string[] = [];
process.once('exit', () => {
  folders.forEach((folder) => {
    rmSync(folder, { recursive: true, force: true });
  });
});

export const MODEL = 'export function buildModel() {\n  return 1;\n}\n';

/** A folder that is removed when the process ends. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cortex-git-test-')));
  folders.push(folder);
  return folder;
}

/** Runs git as a user would. */
export function run(folder: string, ...args: readonly string[]): string {
  return execFileSync('git', args, {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, GIT_OPTIONAL_LOCKS: '0' },
  });
}

export function write(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** A repository with a committed project in `digits/` and a few other files. */
export function repository(files: Readonly<Record<string, string>> = {}): string {
  const folder = temporaryFolder();
  run(folder, 'init', '-q');
  run(folder, 'config', 'user.name', 'Ada');
  run(folder, 'config', 'user.email', 'ada@example.org');
  write(folder, {
    'README.md': 'A project\n',
    'other/notes.txt': 'notes\n',
    '.gitignore': 'ignored/\n',
    'digits/model.ts': MODEL,
    'digits/cortex.json': '{ "data": "data.ts" }\n',
    'digits/data.ts': 'export const loadData = () => 1;\n',
    ...files,
  });
  run(folder, 'add', '-A');
  run(folder, 'commit', '-qm', 'first');
  return folder;
}

export function studyIn(
  folder: string,
  name = 'digits',
  config: object = { data: 'data.ts' },
): Study {
  return {
    name,
    folder,
    modelPath: join(folder, 'model.ts'),
    logPath: null,
    config: studyConfigSchema.parse(config),
  };
}

/** A real-looking record; `change` overrides parts of it. */
export function attempt(
  number: number,
  change: Partial<AttemptOf<'change'>> = {},
): AttemptOf<'change'> {
  const metric = 0.05 - number * 0.001;
  return {
    kind: 'change',
    version: 1,
    id: `digits-${number}-${createHash('sha256').update(`${number} ${process.pid}`).digest('hex').slice(0, 8)}`,
    number,
    study: 'digits',
    model: 'model.ts',
    parents: [],
    createdAt: '2026-11-02T10:00:00.000Z',
    finishedAt: '2026-11-02T10:01:00.000Z',
    proposal: {
      title: 'Batch normalisation after each dense layer',
      operator: 'batch-normalization',
      family: 'normalisation',
      reasoning:
        'val_loss has been flat since epoch 9 while loss still falls, so the activations drift.',
      evidence: [{ text: 'flat since epoch 9', finding: 'plateau', lines: [9] }],
      expectedEffect: { metric: 'val_loss', delta: -0.002 },
      confidence: 0.6,
      proposer: 'offline',
      diff: '',
    },
    review: { reviewer: 'automatic', hunks: [] },
    fingerprint: 'dense:64',
    config: studyConfigSchema.parse({ data: 'data.ts' }),
    dataHash: 'd'.repeat(64),
    environment: null,
    parameters: 25_450,
    trials: [1, 2, 3].map((seed) => ({
      outcome: 'completed' as const,
      seed,
      measures: { val_loss: metric + seed / 10_000 },
      curves: { loss: [1, 0.5], val_loss: [1.1, 0.6] },
      epochs: 2,
      seconds: { fit: 1, total: 2 },
    })),
    verdict: {
      kind: 'better',
      text: 'Better: val_loss −0.0031 (95 % interval −0.004 to −0.002, 3 shared seeds).',
      comparisons: [
        {
          against: 'digits-0',
          seeds: [1, 2, 3],
          meanDifference: -0.0031,
          interval: [-0.004, -0.002],
          confidence: 0.95,
        },
      ],
    },
    repairs: [],
    cost: null,
    ...change,
  };
}

/** The same as a baseline. */
export const baselineAttempt = (
  number: number,
  change: Partial<AttemptOf<'baseline'>> = {},
): AttemptOf<'baseline'> => ({
  ...asBaseline(attempt(number)),
  verdict: { kind: 'baseline', text: 'The file as it is.', comparisons: [] },
  ...change,
});

export const variant = (number: number): string =>
  MODEL.replace('return 1', `return ${number + 100}`);

/** Everything of a repository that Cortex must never change, as one comparable value. */
function footprint(folder: string): Record<string, string> {
  const gitFolder = run(folder, 'rev-parse', '--absolute-git-dir').trim();
  const commonFolder = join(folder, run(folder, 'rev-parse', '--git-common-dir').trim()).replace(
    join(folder, '/'),
    '/',
  );
  const root = run(folder, 'rev-parse', '--show-toplevel').trim();
  const refs = run(folder, 'for-each-ref', '--format=%(refname) %(objectname)')
    .split('\n')
    .filter((line) => !/^refs\/(?:heads\/)?cortex\//.test(line))
    .join('\n');
  return {
    head: readFileSync(join(gitFolder, 'HEAD'), 'utf8'),
    index: hashOfFile(join(gitFolder, 'index')),
    indexTime: existsSync(join(gitFolder, 'index'))
      ? String(statSync(join(gitFolder, 'index')).mtimeMs)
      : '',
    state: readdirSync(gitFolder)
      .filter((name) => /^[A-Z_]+$|lock$/.test(name))
      .sort()
      .map((name) => `${name} ${hashOfFile(join(gitFolder, name))}`)
      .join('\n'),
    sharedIndexes: readdirSync(gitFolder)
      .filter((name) => name.startsWith('sharedindex'))
      .join(),
    status: run(
      root,
      '-c',
      'core.fsmonitor=false',
      'status',
      '--porcelain',
      '--untracked-files=all',
    ),
    stash: run(root, '-c', 'core.fsmonitor=false', 'stash', 'list'),
    config: hashOfFile(join(commonFolder, 'config')) || hashOfFile(join(gitFolder, 'config')),
    refs,
    files: hashOfTree(root),
  };
}

/** Runs something and proves that the user's side of the repository is as it was. */
export async function untouched<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const before = footprint(folder);
  const result = await work();
  assert.deepEqual(footprint(folder), before);
  return result;
}

const hashOfFile = (path: string): string =>
  existsSync(path) && statSync(path).isFile()
    ? createHash('sha256').update(readFileSync(path)).digest('hex')
    : '';

const hashOfTree = (folder: string): string =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.name !== '.git')
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((entry) =>
      entry.isDirectory()
        ? `${entry.name}/[${hashOfTree(join(folder, entry.name))}]`
        : `${entry.name} ${entry.isFile() ? hashOfFile(join(folder, entry.name)) : 'link'}`,
    )
    .join('\n');

// The machine's own git configuration must not decide these tests.
process.env.GIT_CONFIG_NOSYSTEM = '1';
process.env.GIT_CONFIG_GLOBAL = join(temporaryFolder(), 'gitconfig');
writeFileSync(process.env.GIT_CONFIG_GLOBAL, '[init]\n\tdefaultBranch = main\n');

/** The commit that the branch of `studyIn`'s study is at; `null` where there is no such branch. */
export const tipOf = (root: string): string | null =>
  run(root, 'for-each-ref', '--format=%(objectname)', 'refs/heads/cortex/digits').trim() || null;
