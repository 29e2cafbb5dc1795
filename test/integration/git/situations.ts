import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MODEL, repository, run, temporaryFolder, write } from './helpers.ts';

/** A repository in a state of its own. */
export interface Situation {
  readonly name: string;
  /** Makes the repository and returns the folder of the study. */
  readonly make: () => string;
  /** The commit the branch must start from; `null`: a root commit. Default: HEAD. */
  readonly base?: null;
}

/** Each hook leaves a file that `untouched` would see. */
const HOOKS = [
  'pre-commit',
  'commit-msg',
  'post-commit',
  'reference-transaction',
  'post-index-change',
  'fsmonitor',
  'prepare-commit-msg',
  'pre-auto-gc',
];

/** The folder of the study in `repository()`. */
export const digitsOf = (root: string): string => join(root, 'digits');

/** Does something to a fresh repository. */
export const afterChange =
  (change: (root: string) => void): Situation['make'] =>
  () => {
    const root = repository();
    change(root);
    return digitsOf(root);
  };

function conflicting(): string {
  const root = repository();
  run(root, 'switch', '-qc', 'theirs');
  write(root, { 'digits/model.ts': '// theirs\n', 'README.md': 'theirs\n' });
  run(root, 'commit', '-qam', 'theirs');
  run(root, 'switch', '-q', 'main');
  write(root, { 'digits/model.ts': '// ours\n', 'README.md': 'ours\n' });
  run(root, 'rm', '-q', 'other/notes.txt');
  run(root, 'commit', '-qam', 'ours');
  assert.throws(() => run(root, 'merge', 'theirs'));
  return root;
}

function withHooks(hooksFolder: string): string {
  const root = repository();
  mkdirSync(join(root, hooksFolder), { recursive: true });
  for (const name of HOOKS) {
    const path = join(root, hooksFolder, name);
    writeFileSync(path, `#!/bin/sh\ntouch "${root}/.git/HOOK_RAN"\nexit 1\n`);
    chmodSync(path, 0o755);
  }
  return root;
}

/** What a user's repository may look like when a study is begun in it. */
export const situations: readonly Situation[] = [
  { name: 'clean', make: () => digitsOf(repository()) },
  {
    name: 'dirty and staged',
    make: () => {
      const root = repository();
      write(root, { 'README.md': 'staged\n' });
      run(root, 'add', 'README.md');
      write(root, {
        'README.md': 'dirty\n',
        'digits/model.ts': '// dirty\n',
        'new.txt': 'new\n',
        'intended.txt': 'x\n',
      });
      run(root, 'add', '-N', 'intended.txt');
      return digitsOf(root);
    },
  },
  {
    name: 'with a stash',
    make: () => {
      const root = repository();
      write(root, { 'README.md': 'stashed\n' });
      run(root, 'stash', '-q');
      return digitsOf(root);
    },
  },
  {
    name: 'a detached HEAD',
    make: () => {
      const root = repository();
      run(root, 'switch', '-q', '--detach');
      return digitsOf(root);
    },
  },
  {
    name: 'a merge in progress with conflicts in the model file',
    make: () => digitsOf(conflicting()),
  },
  {
    name: 'an unborn branch',
    base: null,
    make: () => {
      const root = temporaryFolder();
      run(root, 'init', '-q');
      write(root, { 'digits/model.ts': MODEL, 'digits/data.ts': 'export {};\n' });
      return digitsOf(root);
    },
  },
  {
    name: 'an unborn branch with a staged file',
    base: null,
    make: () => {
      const root = temporaryFolder();
      run(root, 'init', '-q');
      write(root, { 'digits/model.ts': MODEL, 'README.md': 'x\n' });
      run(root, 'add', 'README.md');
      return digitsOf(root);
    },
  },
  {
    name: 'an index.lock left behind',
    make: () => {
      const root = repository();
      writeFileSync(join(root, '.git', 'index.lock'), '');
      return digitsOf(root);
    },
  },
  {
    name: 'a split index, an fsmonitor and an untracked cache',
    make: () => {
      const root = repository();
      run(root, 'update-index', '--split-index', '--untracked-cache');
      run(root, 'config', 'core.splitIndex', 'true');
      run(root, 'config', 'core.fsmonitor', 'false');
      return digitsOf(root);
    },
  },
  {
    name: 'a submodule',
    make: () => {
      const root = repository();
      run(
        root,
        '-c',
        'protocol.file.allow=always',
        'submodule',
        '--quiet',
        'add',
        repository(),
        'part',
      );
      run(root, 'commit', '-qm', 'submodule');
      write(root, {
        'part/README.md': 'dirty inside\n',
        'digits/data.ts': "import '../part/other.ts';\n",
        'part/other.ts': 'export {};\n',
      });
      return digitsOf(root);
    },
  },
  {
    name: 'a study inside a submodule',
    make: () => {
      const root = repository();
      run(
        root,
        '-c',
        'protocol.file.allow=always',
        'submodule',
        '--quiet',
        'add',
        repository(),
        'part',
      );
      return join(root, 'part', 'digits');
    },
  },
  {
    name: 'a linked worktree',
    make: () => {
      const worktree = join(temporaryFolder(), 'tree');
      run(repository(), 'worktree', 'add', '-q', worktree);
      return digitsOf(worktree);
    },
  },
  {
    name: 'a worktree of a bare repository',
    make: () => {
      const bare = join(temporaryFolder(), 'bare.git');
      run(repository(), 'clone', '-q', '--bare', '.', bare);
      const worktree = join(temporaryFolder(), 'tree');
      run(bare, 'worktree', 'add', '-q', worktree);
      run(worktree, 'config', 'user.email', 'ada@example.org');
      return digitsOf(worktree);
    },
  },
  {
    name: 'a sparse checkout',
    make: () => {
      const root = repository();
      run(root, 'sparse-checkout', 'set', '--cone', '--sparse-index', 'digits');
      assert.equal(existsSync(join(root, 'other')), false);
      return digitsOf(root);
    },
  },
  {
    name: 'a folder behind a symbolic link',
    make: () => {
      const link = join(temporaryFolder(), 'link');
      symlinkSync(digitsOf(repository()), link);
      return link;
    },
  },
  { name: 'hooks that refuse everything', make: () => digitsOf(withHooks('.git/hooks')) },
  {
    name: 'hooks in core.hooksPath',
    make: () => {
      const root = withHooks('.githooks');
      run(root, 'config', 'core.hooksPath', '.githooks');
      run(root, 'config', 'core.fsmonitor', '.githooks/fsmonitor');
      return digitsOf(root);
    },
  },
  {
    name: 'signed commits, CRLF, another encoding and a shown signature',
    make: () => {
      const root = repository();
      for (const [key, value] of [
        ['commit.gpgSign', 'true'],
        ['gpg.program', '/bin/false'],
        ['core.autocrlf', 'true'],
        ['core.safecrlf', 'true'],
        ['i18n.commitEncoding', 'ISO-8859-1'],
        ['log.showSignature', 'true'],
        ['core.quotePath', 'true'],
        ['status.branch', 'true'],
        ['color.ui', 'always'],
      ] as const) {
        run(root, 'config', key, value);
      }
      return digitsOf(root);
    },
  },
  {
    name: 'no user name at all',
    make: () => {
      const root = repository();
      run(root, 'config', '--unset', 'user.name');
      run(root, 'config', '--unset', 'user.email');
      run(root, 'config', 'user.useConfigOnly', 'true');
      return digitsOf(root);
    },
  },
  {
    name: 'names with spaces, umlauts and signs',
    make: () =>
      join(repository({ 'ä b/$(x)/model.ts': MODEL, 'ä b/$(x)/*.txt': 'star\n' }), 'ä b', '$(x)'),
  },
  { name: 'a file named .cortex', make: () => digitsOf(repository({ '.cortex': 'mine\n' })) },
];
