import { builtinModules } from 'node:module';
import sonarjs from 'eslint-plugin-sonarjs';
import tseslint from 'typescript-eslint';

// A folder's name says which outside world its code may touch. Core knows nobody; adapters never know each other;
// the roots (extension.ts, engine.ts, cli.ts) know everybody and hold no logic.
const rooms = ['core', 'util', 'syntax', 'llm', 'git', 'files', 'terminal', 'mcp', 'mapping', 'vscode', 'webview', 'trainer/client', 'trainer/worker'];
const leaf = (room) => room.split('/').at(-1);

// Exact names go in `paths`: `patterns` use .gitignore rules, so 'util' would also match '../util/lines'.
const exact = (names, message) => names.map((name) => ({ name, message }));
const bareBuiltins = exact(builtinModules.filter((name) => !name.startsWith('node:')), 'Write node:… for built-in modules.');
const noVscode = exact(['vscode'], 'Only src/vscode and src/extension.ts may import vscode.');
const noIo = { group: ['node:*'], message: 'This room performs no I/O.' };
const noTensorFlow = { group: ['@tensorflow/*'], message: 'Only src/trainer/worker may import TensorFlow.' };
const noRoots = { group: ['**/cli.ts', '**/extension.ts', '**/engine.ts', '!**/core/engine.ts', '!./engine.ts'], message: 'Composition roots are imported by nobody.' };
const noProtocol = { group: ['**/trainer/protocol.ts'], message: 'Only src/trainer speaks the worker protocol.' };
const noGit = { group: ['simple-git'], message: 'Only src/git may import simple-git.' };
const noParser = { group: ['web-tree-sitter'], message: 'Only src/syntax may import tree-sitter.' };
const noModel = { group: ['openai', 'openai/*'], message: 'Only src/llm may import openai.' };

const noAgents = { group: ['@modelcontextprotocol/*'], message: 'Only src/mcp may import the Model Context Protocol.' };

const noDomain = { group: ['**/core/*', '!**/core/views', '!**/core/attempts', '**/core/attempts/*', '!**/core/attempts/format.ts'], message: 'Pages know what they are sent (core/views) and how numbers are written; no more of the core.' };

const dynamicImport = { selector: 'ImportExpression', message: 'Dynamic import hides a dependency; only the roots and src/trainer/worker load modules at run time.' };
const noEnum = { selector: 'TSEnumDeclaration', message: 'Use a union of literals.' };

/** One complete block per room: for one file, a later block for the same rule replaces the earlier one. */
const boundary = (room, allowed, { paths = [], patterns = [] }) => ({
  files: [`src/${room}/**/*.ts`, `src/${room}.ts`],
  rules: {
    'no-restricted-syntax': room === 'trainer/worker' ? ['error', noEnum] : ['error', dynamicImport, noEnum],
    '@typescript-eslint/no-restricted-imports': ['error', {
      paths: [...bareBuiltins, ...paths],
      patterns: [...patterns, noRoots, {
        group: rooms.filter((other) => other !== room && !allowed.includes(other)).map((other) => `**/${leaf(other)}/**`),
        message: `src/${room} may import only: ${[...allowed, 'itself'].join(', ')}.`,
      }],
    }],
  },
});

const style = {
  'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
  'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
  'max-params': ['error', 4],
  'sonarjs/cognitive-complexity': ['error', 8],
  'sonarjs/no-commented-code': 'error',
  'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'] }],
  'no-empty': ['error', { allowEmptyCatch: false }],
  'no-console': 'error',
  'prefer-const': 'error',
  eqeqeq: 'error',
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/no-non-null-assertion': 'error',
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/no-misused-promises': 'error',
  '@typescript-eslint/consistent-type-imports': 'error',
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
  'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true, defaultFrom: true, namedFrom: true, namespaceFrom: true } }],
};

const inner = [noIo, noTensorFlow, noProtocol, noGit, noParser, noModel, noAgents];

export default tseslint.config(
  { ignores: ['dist/**', 'out/**', 'node_modules/**', 'examples/**', 'test/projects/**', 'test/**/fixtures/**', '**/*.js', '**/*.mjs', '**/*.cjs'] },
  {
    files: ['src/**/*.ts', 'scripts/**/*.ts', 'test/**/*.ts'],
    languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { '@typescript-eslint': tseslint.plugin, sonarjs },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: style,
  },
  // node:test's describe/test return promises that the runner awaits; long arrange–act–assert bodies read better whole.
  { files: ['test/**/*.ts'], rules: { '@typescript-eslint/no-floating-promises': 'off', 'max-lines-per-function': 'off' } },
  { files: ['scripts/**/*.ts', 'test/**/*.ts', 'src/cli.ts', 'src/terminal/**/*.ts'], rules: { 'no-console': 'off' } },
  boundary('util', [], { paths: noVscode, patterns: [{ group: ['node:*', '!node:crypto'], message: 'This room performs no I/O; hashing is none.' }, ...inner.filter((rule) => rule !== noIo)] }),
  boundary('core', ['util'], { paths: noVscode, patterns: inner }),
  boundary('syntax', ['core', 'util'], { paths: noVscode, patterns: [noTensorFlow, noProtocol, noGit, noModel, noAgents] }),
  boundary('llm', ['core', 'util'], { paths: noVscode, patterns: [noTensorFlow, noProtocol, noGit, noParser, noAgents] }),
  boundary('git', ['core', 'util'], { paths: noVscode, patterns: [noTensorFlow, noProtocol, noParser, noModel, noAgents] }),
  boundary('files', ['core', 'util'], { paths: noVscode, patterns: [noTensorFlow, noProtocol, noGit, noParser, noModel, noAgents] }),
  boundary('mapping', ['core', 'util'], { paths: noVscode, patterns: inner.filter((rule) => rule !== noIo) }),
  boundary('terminal', ['core', 'util'], { paths: noVscode, patterns: [noTensorFlow, noProtocol, noGit, noParser, noModel, noAgents] }),
  boundary('mcp', ['core', 'util'], { paths: noVscode, patterns: [noTensorFlow, noProtocol, noGit, noParser, noModel] }),
  boundary('trainer/client', ['core', 'util'], { paths: noVscode, patterns: [noTensorFlow, noGit, noParser, noModel, noAgents] }),
  boundary('trainer/worker', ['core', 'util'], { paths: noVscode, patterns: [noGit, noParser, noModel, noAgents] }),
  boundary('vscode', ['core', 'util'], { patterns: [noTensorFlow, noProtocol, noGit, noParser, noModel, noAgents] }),
  boundary('webview', ['core'], { paths: noVscode, patterns: [...inner, noDomain] }),
  boundary('trainer/protocol', ['core'], { paths: noVscode, patterns: inner.filter((rule) => rule !== noProtocol) }),
);
