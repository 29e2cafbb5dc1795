import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import type { Command } from 'commander';
import { createProgram } from '../../../src/hosts/terminal/program.ts';
import { contributedCommands, manifest } from '../vscode/manifest.ts';

const files = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'ARCHITECTURE.md'],
  ...globSync('docs/*.md'),
  ...globSync('examples/**/*.md', { exclude: ['**/node_modules/**'] }),
];
const texts = files.map((file) => ({ file, text: readFileSync(file, 'utf8') }));

/** What a pattern's first group finds, with its file. */
const found = (pattern: RegExp): readonly { readonly file: string; readonly name: string }[] =>
  texts.flatMap(({ file, text }) =>
    [...text.matchAll(pattern)].map(([, name = '']) => ({ file, name })),
  );

const missing = (
  named: readonly { readonly file: string; readonly name: string }[],
  known: (name: string) => boolean,
): readonly string[] =>
  named.filter(({ name }) => !known(name)).map(({ file, name }) => `${file}: ${name}`);

const program = createProgram(
  '0',
  () => Promise.resolve(),
  () => Promise.resolve(),
);
const ofCortex = new Map(program.commands.map((command) => [command.name(), command]));

/** `cortex word …` as it is typed: in a line of a block, or between backticks. */
const TYPED = /(?:^\s*(?:npx )?|`(?:npx )?|&& )cortex ([a-z][^\n`]*)/gm;

test('every command of the terminal that a page names is there, with its flags', () => {
  const typed = found(TYPED);
  assert.ok(typed.length > 50, 'the pages are read');
  assert.deepEqual(
    missing(typed, (line) => isUnderstood(line)),
    [],
  );
});

test('every flag that a page names is one of a command', () => {
  const flags = found(/`(--[\w-]+)/g);
  assert.ok(flags.length > 50);
  const all = [...ofCortex.values()];
  assert.deepEqual(
    missing(flags, (flag) => all.some((command) => isFlagOf(command, flag))),
    [],
  );
});

test('every setting and command of VS Code that a page names is there', () => {
  const { configuration } = manifest.contributes;
  const known = new Set([...Object.keys(configuration.properties), ...contributedCommands]);
  const named = found(/`(cortex\.[\w.]+)`/g).filter(({ name }) => !name.endsWith('.json'));
  assert.ok(named.length > 10);
  assert.deepEqual(
    missing(named, (name) => known.has(name)),
    [],
  );
});

test('every script that a page names is in package.json', () => {
  const scripts = found(/npm (?:run )?((?:(?<=run )[\w-]+)|test|start)\b/g);
  assert.ok(scripts.length > 10);
  assert.deepEqual(
    missing(scripts, (name) => name in manifest.scripts),
    [],
  );
});

test('every file and heading that a page links to is there', () => {
  const links = texts.flatMap(({ file, text }) =>
    [...text.matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, link = '']) => ({ file, link })),
  );
  assert.ok(links.length > 30);
  for (const { file, link } of links) {
    const [path = '', heading] = link.split('#');
    const target = path === '' ? file : join(dirname(file), path);
    assert.ok(existsSync(target), `${file}: ${link}`);
    assert.ok(heading === undefined || headingsOf(target).includes(heading), `${file}: ${link}`);
  }
});

function isUnderstood(line: string): boolean {
  const [name = '', ...words] = line.split(/\s+#/)[0]?.split(/[\s[\]|]+/) ?? [];
  const command = ofCortex.get(name);
  return command !== undefined && words.every((word) => isFlagOf(command, word));
}

const isFlagOf = (command: Command, word: string): boolean =>
  !word.startsWith('--') ||
  command.options.some(({ long }) => long === /^--[\w-]+/.exec(word)?.[0]) ||
  command.commands.some((below) => isFlagOf(below, word));

const headingsOf = (file: string): readonly string[] =>
  [...readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  );
