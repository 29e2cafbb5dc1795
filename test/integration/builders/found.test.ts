import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { dense, inFolder, rows, TF } from './publicCode.ts';

const SMALL = `const model = tf.sequential();
  model.add(${dense("inputShape: [4], units: 3, activation: 'softmax'")});`;

describe('builders of public code: where they stand and what they import', () => {
  test('names of folders that the project’s settings give are followed', () =>
    inFolder(
      {
        'tsconfig.json':
          '{ "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["lib/*"] } } } // names',
        'lib/sizes.ts': 'export const UNITS: number = 8;',
        'nets/model.ts': `${TF}import { UNITS } from '@/sizes';
export function createModel() {
  const model = tf.sequential();
  model.add(${dense('inputShape: [4], units: UNITS')});
  return model;
}
`,
      },
      async (run) => {
        const { code, stdout, stderr } = await run('inspect', 'nets/model.ts');
        assert.equal(code, 0, stderr);
        assert.match(stdout, /40 parameters/);
        assert.doesNotMatch(stdout, /not built/i);
      },
    ));

  test('a model in a handler of a page is taken out of it, built and trained', () =>
    inFolder(
      {
        'model.mjs': `${TF}const UNITS = 5;
document.querySelector('button').addEventListener('click', async () => {
  const status = document.querySelector('p');
  const model = tf.sequential();
  model.add(${dense('inputShape: [4], units: UNITS')});
  model.add(${dense("units: 3, activation: 'softmax'")});
  await model.fit(status.xs, status.ys);
});
`,
        'data.mjs': rows('i % 3'),
      },
      async (run) => {
        assert.match((await run('inspect', 'model.mjs')).stdout, /43 parameters/);
        const { code, stdout, stderr } = await run('train', 'model.mjs');
        assert.equal(code, 0, stderr);
        assert.match(stdout, /val_loss/);
      },
    ));

  test('a method fills the model that its constructor made', () =>
    inFolder(
      {
        'model.mjs': `${TF}export class Net {
  constructor(units = 3) { this.units = units; this.model = tf.sequential(); }
  setUp() {
    this.model.add(${dense("inputShape: [4], units: this.units, activation: 'softmax'")});
  }
}
`,
        'data.mjs': rows('i % 3'),
      },
      async (run) => {
        assert.match(
          (await run('inspect', 'model.mjs')).stdout,
          /^Net\.setUp in [^]*15 parameters/,
        );
        const { code, stderr } = await run('train', 'model.mjs');
        assert.equal(code, 0, stderr);
      },
    ));

  test('other builders of the file are named, and how to mean one', () =>
    inFolder(
      {
        'model.mjs': `${TF}export function createModel() { ${SMALL} return model; }
function createWide() { ${SMALL} model.add(${dense('units: 9')}); return model; }
`,
      },
      async (run) => {
        const { stdout } = await run('inspect', 'model.mjs');
        assert.match(stdout, /Also in this file: createWide in line 4\. .*--builder createWide/);
        const wide = await run('inspect', 'model.mjs', '--builder', 'createWide');
        assert.match(wide.stdout, /^createWide in [^]*51 parameters/);
        assert.doesNotMatch(wide.stdout, /Also in this file/);
        const named = await run(
          'inspect',
          'model.mjs',
          '--builder-names',
          'createSmall, createWide',
        );
        assert.match(named.stdout, /^createWide in [^]*51 parameters/);
        const json = JSON.parse((await run('inspect', 'model.mjs', '--json')).stdout) as {
          otherBuilders: unknown;
        };
        assert.deepEqual(json.otherBuilders, [{ name: 'createWide', line: 4 }]);
      },
    ));

  test('a file beside it that is no text is passed over', () =>
    inFolder(
      { 'model.mjs': `${TF}export function buildModel() { ${SMALL} return model; }` },
      async (run, folder) => {
        await writeFile(
          join(folder, '._model.min.js'),
          new Uint8Array([0, 5, 0x16, 7, 0xff, 0xfe]),
        );
        const { code, stdout, stderr } = await run('inspect', '.');
        assert.equal(code, 0, stderr);
        assert.match(stdout, /^buildModel in model\.mjs/);
      },
    ));
});
