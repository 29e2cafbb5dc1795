import { builtinModules } from 'node:module';
import sonarjs from 'eslint-plugin-sonarjs';
import tseslint from 'typescript-eslint';

// Which folder may import what is held by .dependency-cruiser.cjs; here stands how the code reads.
const bareBuiltins = builtinModules
  .filter((name) => !name.startsWith('node:'))
  .map((name) => ({ name, message: 'Write node:… for built-in modules.' }));

const dynamicImport = {
  selector: 'ImportExpression',
  message: 'Dynamic import hides a dependency; only the tfjs worker loads modules at run time.',
};
const noEnum = { selector: 'TSEnumDeclaration', message: 'Use a union of literals.' };

const style = {
  'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
  'max-lines-per-function': ['error', { max: 45, skipBlankLines: true, skipComments: true }],
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
  '@typescript-eslint/switch-exhaustiveness-check': [
    'error',
    { considerDefaultExhaustiveForUnions: true },
  ],
  'no-restricted-syntax': ['error', noEnum],
  '@typescript-eslint/no-restricted-imports': ['error', { paths: bareBuiltins }],
  'max-len': [
    'error',
    { code: 100, ignoreUrls: true, ignoreRegExpLiterals: true, ignorePattern: 'String\\.raw' },
  ],
  'no-restricted-exports': [
    'error',
    {
      restrictDefaultExports: {
        direct: true,
        named: true,
        defaultFrom: true,
        namedFrom: true,
        namespaceFrom: true,
      },
    },
  ],
};

export default tseslint.config(
  {
    ignores: [
      'dist/**',
      'out/**',
      'node_modules/**',
      'examples/**',
      'test/projects/**',
      'test/**/fixtures/**',
      '**/*.js',
      '**/*.mjs',
      '**/*.cjs',
    ],
  },
  {
    files: ['src/**/*.ts', 'scripts/**/*.ts', 'test/**/*.ts'],
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { '@typescript-eslint': tseslint.plugin, sonarjs },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: style,
  },
  // node:test's describe/test return promises that the runner awaits; long arrange–act–assert bodies read better whole.
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': 'off',
      'max-lines-per-function': 'off',
      // Texts of logs and sources stand in tests as they are found.
      'max-len': [
        'error',
        {
          code: 100,
          ignoreUrls: true,
          ignoreStrings: true,
          ignoreTemplateLiterals: true,
          ignoreRegExpLiterals: true,
        },
      ],
    },
  },
  {
    files: ['scripts/**/*.ts', 'test/**/*.ts', 'src/cli.ts', 'src/hosts/terminal/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/workers/tfjs/**'],
    rules: { 'no-restricted-syntax': ['error', dynamicImport, noEnum] },
  },
  // What is shown in a notification is made literal in one place.
  {
    files: ['src/hosts/vscode/**/*.ts'],
    ignores: ['src/hosts/vscode/messages.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        ...['Information', 'Warning', 'Error'].map((kind) => ({
          object: 'window',
          property: `show${kind}Message`,
          message: 'Use messages.ts, which makes no link of a text from outside.',
        })),
      ],
    },
  },
);
