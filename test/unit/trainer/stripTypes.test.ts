import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { compileFunction } from 'node:vm';
import { stripTypes } from '../../../src/workers/tfjs/stripTypes.ts';

const ofTheCompiler: Readonly<Record<string, string>> = {
  'a class, whose fields depend on the options': 'class Scale<T> extends Base { rate = 2; }',
  'a class without a name': 'export default class { rate = 2; }',
  'a namespace': 'namespace sizes { export const units = 3; }',
  'await at the top': 'export const rows = await load();',
  'import.meta': 'export const here = import.meta.url;',
  'exports of another file': `export { units } from './units';`,
  'all exports of another file': `export * from './units';`,
  'what does not parse': 'export function buildModel( { return 1; }',
};

describe('types are stripped', () => {
  test('line for line, and the file exports what it says', () => {
    const text = [
      `import type { Sizes } from './sizes';`,
      `import { log } from 'node:console';`,
      '/** One unit a class. */',
      'enum Kind { Small = 2, Large = 8 }',
      'interface Shape { readonly units: number; }',
      'export const units = (shape: Shape): number => (shape.units as number) * Kind.Large;',
      'export function fails(this: void, sizes?: Sizes): never { throw new Error(`${sizes}`); }',
      'export default units({ units: 2 } satisfies Shape)!;',
      'log;',
    ].join('\n');
    const code = stripTypes(text, '/home/me/model.ts');
    assert.ok(code !== null);
    assert.equal(code.split('\n').length, text.split('\n').length);
    assert.match(code.split('\n')[6] ?? '', /throw new Error/);
    const exported: Record<string, unknown> = {};
    compileFunction(code, ['exports', 'require'])(exported, () => ({ log: () => undefined }));
    assert.equal(exported['default'], 16);
    assert.deepEqual(Object.keys(exported).toSorted(), ['default', 'fails', 'units']);
  });

  for (const [what, text] of Object.entries(ofTheCompiler))
    test(`${what} is the compiler’s`, () => {
      assert.equal(stripTypes(text, '/home/me/model.ts'), null);
    });

  test('JSX and ES modules are the compiler’s, too', () => {
    for (const name of ['model.tsx', 'model.jsx', 'model.mts'])
      assert.equal(stripTypes('export const units = 3;', `/home/me/${name}`), null);
  });

  test('the examples need no compiler', () => {
    const text = readFileSync('examples/digits/model.ts', 'utf8');
    assert.match(stripTypes(text, '/home/me/model.ts') ?? '', /exports\.buildModel = buildModel/);
  });
});
