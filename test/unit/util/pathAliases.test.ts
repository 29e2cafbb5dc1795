import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aliasesIn, unaliased } from '../../../src/util/pathAliases.ts';

const meant = (name: string, text: string, specifier: string): readonly string[] =>
  unaliased(specifier, aliasesIn(name, text));

describe('names that a project gives its folders', () => {
  test('paths of TypeScript, from their base, with comments and commas', () => {
    const text = `{ // settings
      "compilerOptions": { "baseUrl": "./app", "paths": { "@lib/*": ["lib/*", "old/*"], "cfg": ["c.ts"], }, },
    }`;
    assert.deepEqual(meant('tsconfig.json', text, '@lib/nets/a'), [
      './app/lib/nets/a',
      './app/old/nets/a',
      './app/@lib/nets/a',
    ]);
    assert.deepEqual(meant('tsconfig.json', text, 'cfg')[0], './app/c.ts');
    assert.deepEqual(
      meant('tsconfig.json', '{ "compilerOptions": { "paths": {"~/*": ["src/*"]} } }', '~/a'),
      ['./src/a'],
    );
  });

  test('aliases of webpack, Vite and Babel', () => {
    const webpack =
      "resolve: { alias: { '@': path.resolve(__dirname, 'src'), nets: path.join(__dirname, 'lib/nets') } }";
    assert.deepEqual(meant('webpack.config.js', webpack, '@/model'), ['src/model']);
    assert.deepEqual(meant('webpack.config.js', webpack, 'nets'), ['lib/nets']);
    const vite = "alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) }";
    assert.deepEqual(meant('vite.config.ts', vite, '@/model'), ['./src/model']);
    const babel = '{ "plugins": [["module-resolver", { "alias": { "#nets": "./nets" } }]] }';
    assert.deepEqual(meant('.babelrc', babel, '#nets/a'), ['./nets/a']);
  });

  test('what is usual where nothing is said; packages stay packages', () => {
    assert.deepEqual(meant('package.json', '{}', '@/model'), ['src/model', 'app/model', 'model']);
    assert.deepEqual(meant('package.json', '{}', '@tensorflow/tfjs'), []);
    assert.deepEqual(meant('tsconfig.json', 'no settings', '@/model'), []);
  });
});
