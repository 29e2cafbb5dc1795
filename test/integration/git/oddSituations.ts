import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MODEL, repository, run, temporaryFolder, write } from './helpers.ts';
import { fileSituations } from './fileSituations.ts';
import { afterChange, digitsOf, type Situation } from './situations.ts';

/** Some commits, so that there is something to stop in. */
function threeCommits(): string {
  const root = repository();
  for (const text of ['two', 'three']) {
    write(root, { 'README.md': `${text}\n` });
    run(root, 'commit', '-qam', text);
  }
  return root;
}

/** Runs a command of git's that ends in a conflict, and leaves it there. */
function stoppedIn(root: string, ...args: readonly string[]): string {
  try {
    run(root, ...args);
  } catch {
    return digitsOf(root);
  }
  throw new Error(`git ${args.join(' ')} met no conflict`);
}

function cloned(...options: readonly string[]): string {
  const origin = threeCommits();
  run(origin, 'config', 'uploadpack.allowFilter', 'true');
  const clone = join(temporaryFolder(), 'clone');
  run(origin, 'clone', '-q', ...options, `file://${origin}`, clone);
  run(clone, 'config', 'user.email', 'ada@example.org');
  return clone;
}

/** A study at a path of any name. */
const at =
  (folder: string, root = ''): Situation['make'] =>
  () => {
    const made = repository({
      [`${folder}/model.ts`]: MODEL,
      [`${folder}/data.ts`]: 'export {};\n',
    });
    if (root === '') return join(made, folder);
    const named = join(temporaryFolder(), root);
    renameSync(made, named);
    return join(named, folder);
  };

const left = (name: string): Situation['make'] =>
  afterChange((root) => writeFileSync(join(root, '.git', name), ''));

const names: readonly Situation[] = [
  { name: 'a folder with a leading dash', make: at('-x') },
  { name: 'a folder with a line end in its name', make: at('one\ntwo') },
  { name: 'a repository with a line end in its name', make: at('digits', 'one\ntwo') },
  { name: 'a repository with blanks and a leading dash', make: at('digits', '- a b') },
  { name: 'quotes, tabs and backslashes', make: at('"a\tb\\c\'') },
  { name: 'what the shell and git take for patterns', make: at('[a]*?:(top)!') },
  { name: 'a name in two ways of Unicode', make: at('e\u0301 \u00e9') },
  {
    name: 'tracked files of all these names, changed',
    make: afterChange((root) => {
      const files = ['-n', 'a\nb', 'a b', '"q"', ':(glob)**'].map((name) => `digits/${name}`);
      write(root, Object.fromEntries(files.map((file) => [file, 'old\n'])));
      run(root, 'add', '-A');
      run(root, 'commit', '-qm', 'names');
      write(root, Object.fromEntries(files.map((file) => [file, 'new\n'])));
    }),
  },
];

const formats: readonly Situation[] = [
  {
    name: 'SHA-256',
    make: () => {
      const root = temporaryFolder();
      run(root, 'init', '-q', '--object-format=sha256');
      run(root, 'config', 'user.email', 'ada@example.org');
      write(root, { 'digits/model.ts': MODEL, 'digits/data.ts': 'export {};\n' });
      run(root, 'add', '-A');
      run(root, 'commit', '-qm', 'first');
      return digitsOf(root);
    },
  },
  {
    name: 'an index of version 4',
    make: afterChange((root) => run(root, 'update-index', '--index-version', '4')),
  },
  {
    name: 'packed refs and objects, a commit graph and an index of packs',
    make: afterChange((root) => {
      run(root, 'gc', '-q');
      run(root, 'commit-graph', 'write', '--reachable');
      run(root, 'multi-pack-index', 'write');
    }),
  },
  {
    name: 'replaced objects',
    make: () => {
      const root = threeCommits();
      run(root, 'replace', 'HEAD~1', 'HEAD~2');
      return digitsOf(root);
    },
  },
  { name: 'a shallow clone', make: () => digitsOf(cloned('--depth=1')) },
  { name: 'a partial clone', make: () => digitsOf(cloned('--filter=blob:none')) },
  { name: 'a partial clone without trees', make: () => digitsOf(cloned('--filter=tree:0')) },
  {
    name: 'a sparse partial clone',
    make: () => {
      const root = cloned('--filter=blob:none', '--sparse');
      run(root, 'sparse-checkout', 'set', 'digits');
      return digitsOf(root);
    },
  },
  {
    name: 'a sparse checkout without cones',
    make: afterChange((root) =>
      run(root, 'sparse-checkout', 'set', '--no-cone', '/digits/', '!/other/'),
    ),
  },
  { name: 'objects of another repository', make: () => digitsOf(cloned('--shared')) },
  {
    name: 'a git folder elsewhere',
    make: () => digitsOf(cloned(`--separate-git-dir=${join(temporaryFolder(), 'elsewhere')}`)),
  },
  {
    name: 'a linked worktree with settings of its own',
    make: () => {
      const main = repository();
      run(main, 'config', 'extensions.worktreeConfig', 'true');
      const tree = join(temporaryFolder(), 'tree');
      run(main, 'worktree', 'add', '-q', '-b', 'side', tree);
      run(tree, 'config', '--worktree', 'core.autocrlf', 'input');
      run(main, 'worktree', 'lock', tree);
      return digitsOf(tree);
    },
  },
];

const underway: readonly Situation[] = [
  {
    name: 'a rebase',
    make: () => {
      const root = threeCommits();
      run(root, 'switch', '-qc', 'side', 'HEAD~1');
      write(root, { 'README.md': 'side\n' });
      run(root, 'commit', '-qam', 'side');
      return stoppedIn(root, 'rebase', 'main');
    },
  },
  {
    name: 'a cherry-pick',
    make: () => {
      const root = threeCommits();
      run(root, 'switch', '-qc', 'side', 'HEAD~2');
      return stoppedIn(root, 'cherry-pick', 'main');
    },
  },
  { name: 'a revert', make: () => stoppedIn(threeCommits(), 'revert', '--no-edit', 'HEAD~1') },
  {
    name: 'a bisection',
    make: () => {
      const root = threeCommits();
      run(root, 'bisect', 'start', 'HEAD', 'HEAD~2');
      return digitsOf(root);
    },
  },
  {
    name: 'a mailed patch',
    make: () => {
      const root = threeCommits();
      const patch = join(temporaryFolder(), 'patch');
      writeFileSync(patch, run(root, 'format-patch', '--stdout', '-1', 'HEAD'));
      return stoppedIn(root, 'am', patch);
    },
  },
  { name: 'the lock of HEAD left behind', make: left('HEAD.lock') },
  { name: 'the lock of the settings left behind', make: left('config.lock') },
  { name: 'the lock of all refs left behind', make: left('packed-refs.lock') },
];

/** Only where this git has it (2.45). */
function reftable(): readonly Situation[] {
  const root = temporaryFolder();
  try {
    run(root, 'init', '-q', '--ref-format=reftable');
  } catch {
    return [];
  }
  run(root, 'config', 'user.email', 'ada@example.org');
  write(root, { 'digits/model.ts': MODEL, 'digits/data.ts': 'export {};\n' });
  run(root, 'add', '-A');
  run(root, 'commit', '-qm', 'first');
  return [{ name: 'refs in tables', make: () => digitsOf(root) }];
}

/** Rarer states than those of `situations`. */
export const oddSituations: readonly Situation[] = [
  ...names,
  ...formats,
  ...underway,
  ...fileSituations,
  ...reftable(),
];
