import { chmodSync, mkdirSync, rmSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { MODEL, repository, run, temporaryFolder, write } from './helpers.ts';
import { afterChange, digitsOf, type Situation } from './situations.ts';

const FILTERED = { 'data.bin': 'pointer\n', '.gitattributes': '*.bin filter=own\n' };
const POINTER = `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 12\n`;

function configured(settings: Readonly<Record<string, string>>): string {
  const root = repository();
  for (const [key, value] of Object.entries(settings)) run(root, 'config', key, value);
  return root;
}

const files: readonly Situation[] = [
  {
    name: 'pointers of git-lfs, which is not set up',
    make: () =>
      digitsOf(
        repository({
          '.gitattributes': '*.bin filter=lfs diff=lfs merge=lfs -text\n',
          'digits/a.bin': POINTER,
        }),
      ),
  },
  {
    name: 'git-lfs required and missing, its files as they were',
    make: () => {
      const root = repository({ 'digits/a.bin': POINTER });
      // So old that git need not read it again.
      utimesSync(join(root, 'digits', 'a.bin'), 1e9, 1e9);
      run(root, 'update-index', '-q', '--refresh');
      write(root, { '.git/info/attributes': '*.bin filter=lfs\n' });
      run(root, 'config', 'filter.lfs.process', 'git-lfs-is-not-here filter-process');
      run(root, 'config', 'filter.lfs.required', 'true');
      return digitsOf(root);
    },
  },
  {
    name: 'a filter, and a file it changes',
    make: () => {
      const root = repository(FILTERED);
      run(root, 'config', 'filter.own.clean', 'tr a-z A-Z');
      run(root, 'config', 'filter.own.smudge', 'tr A-Z a-z');
      write(root, { 'data.bin': 'changed\n' });
      return digitsOf(root);
    },
  },
  {
    name: 'line ends by attribute',
    make: () => digitsOf(repository({ '.gitattributes': '* text=auto eol=crlf\n' })),
  },
  {
    name: 'line ends of Windows',
    make: () => digitsOf(repository({ 'digits/notes.txt': 'a\r\nb\r\n' })),
  },
  {
    name: 'another encoding by attribute',
    make: () =>
      digitsOf(
        repository({
          '.gitattributes': '*.u16 working-tree-encoding=UTF-16LE\n',
          'a.u16': 'a\u0000b\u0000',
        }),
      ),
  },
  { name: 'idents', make: () => digitsOf(repository({ '.gitattributes': '*.ts ident\n' })) },
  {
    name: 'files that git is told not to look at',
    make: afterChange((root) => {
      run(root, 'update-index', '--skip-worktree', 'README.md');
      run(root, 'update-index', '--assume-unchanged', 'other/notes.txt');
      write(root, { 'README.md': 'mine\n', 'other/notes.txt': 'mine\n' });
    }),
  },
  { name: 'a tracked file deleted', make: afterChange((root) => rmSync(join(root, 'README.md'))) },
  {
    name: 'a file that became a folder, and one that became a link',
    make: afterChange((root) => {
      rmSync(join(root, 'README.md'));
      write(root, { 'README.md/inside.txt': 'x\n' });
      rmSync(join(root, 'other', 'notes.txt'));
      symlinkSync('../digits/model.ts', join(root, 'other', 'notes.txt'));
    }),
  },
  {
    name: 'links that lead nowhere, and outside',
    make: afterChange((root) => {
      symlinkSync('nowhere', join(root, 'digits', 'dangling'));
      symlinkSync('/etc', join(root, 'digits', 'outside'));
      run(root, 'add', '-A');
      run(root, 'commit', '-qm', 'links');
    }),
  },
  {
    name: 'files that may not be written',
    make: afterChange((root) => {
      for (const file of ['model.ts', 'data.ts', 'cortex.json'])
        chmodSync(join(root, 'digits', file), 0o444);
    }),
  },
  {
    name: 'an ignored data module',
    make: () =>
      digitsOf(
        repository({ '.gitignore': 'ignored.ts\n', 'digits/data.ts': "import './ignored.ts';\n" }),
      ),
  },
  {
    name: 'a repository inside, not added',
    make: afterChange((root) => {
      mkdirSync(join(root, 'inner'));
      run(join(root, 'inner'), 'init', '-q');
      write(root, { 'inner/file.txt': 'x\n' });
    }),
  },
  {
    name: 'a model file that is not added',
    make: () => {
      const root = temporaryFolder();
      run(root, 'init', '-q');
      run(root, 'config', 'user.email', 'ada@example.org');
      run(root, 'commit', '-q', '--allow-empty', '-m', 'empty');
      write(root, { 'digits/model.ts': MODEL, 'digits/data.ts': 'export {};\n' });
      return digitsOf(root);
    },
  },
];

const settings: readonly Situation[] = [
  {
    name: 'reflogs of everything, shared, and a collection at every chance',
    make: () =>
      digitsOf(
        configured({
          'core.logAllRefUpdates': 'always',
          'core.sharedRepository': 'group',
          'gc.auto': '1',
          'maintenance.auto': 'true',
        }),
      ),
  },
  {
    name: 'programs of the repository\u2019s own for diffs, pages, words and keys',
    make: () =>
      digitsOf(
        configured({
          'diff.external': '/bin/false',
          'core.pager': '/bin/false',
          'core.editor': '/bin/false',
          'core.askPass': '/bin/false',
          'credential.helper': '!/bin/false',
          'core.sshCommand': '/bin/false',
          'gpg.program': '/bin/false',
        }),
      ),
  },
  {
    name: 'no file modes, no case, no links',
    make: () =>
      digitsOf(
        configured({
          'core.fileMode': 'false',
          'core.ignoreCase': 'true',
          'core.symlinks': 'false',
        }),
      ),
  },
  {
    name: 'short hashes, odd columns and colours',
    make: () =>
      digitsOf(
        configured({
          'core.abbrev': '4',
          'column.ui': 'always',
          'color.ui': 'always',
          'log.decorate': 'full',
          'log.date': 'relative',
          'status.short': 'true',
        }),
      ),
  },
  {
    name: 'a tag of the name of the branch',
    make: afterChange((root) => run(root, 'tag', 'cortex/digits')),
  },
  {
    name: 'a branch beside it',
    make: afterChange((root) => run(root, 'branch', 'cortex/digits-2')),
  },
  {
    name: 'notes, tags and an orphan',
    make: afterChange((root) => {
      run(root, 'notes', 'add', '-m', 'note');
      run(root, 'tag', '-am', 'tag', 'v1');
      run(root, 'branch', 'orphan', run(root, 'commit-tree', 'HEAD^{tree}', '-m', 'orphan').trim());
    }),
  },
  {
    name: 'a tree of its own named in the settings',
    make: afterChange((root) => run(root, 'config', 'core.worktree', root)),
  },
];

/** Rarer states of files and settings. */
export const fileSituations: readonly Situation[] = [...files, ...settings];
