import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuiltModel } from '../../../src/model/builtModel.ts';
import { lensOf } from '../../../src/model/lens/lens.ts';
import { languageOf } from '../../../src/model/modelFile.ts';
import type { TreeSitterSyntax } from '../../../src/adapters/syntax/treeSitterSyntax.ts';
import { loadSyntax } from '../../unit/syntax/support.ts';
import {
  BLOBS_JS,
  builderText,
  makeFolder,
  makeTrainer,
  NEVER,
  projectStudy,
  studyOn,
  variantOf,
} from './harness.ts';

const trainer = makeTrainer({ builderNames: ['build_model', 'buildModel', 'makeNetwork'] });
const SEQUENTIAL =
  `const model = tf.sequential(); model.add(tf.layers.dense({ units: 5, activation: 'relu', ` +
  `inputShape })); model.add(tf.layers.dense({ units: outputUnits, activation: 'softmax' }));`;
const PARAMETERS = 4 * 5 + 5 + 5 * 3 + 3;

/** Forms whose layers are not followed: nothing is told of them. */
const UNREAD = ['an ES module in TypeScript with top-level await'];

let syntax: TreeSitterSyntax;
before(async () => {
  syntax = await loadSyntax('makeNetwork');
});

after(() => trainer.dispose());

async function buildText(
  text: string,
  modelName: string,
  files: Readonly<Record<string, string>> = {},
): Promise<BuiltModel> {
  const { folder, remove } = await makeFolder({ 'data.js': BLOBS_JS, ...files });
  try {
    const study = studyOn(folder, {}, modelName);
    const result = await trainer.build(study, variantOf(study, text), NEVER);
    if (!result.ok) assert.fail(JSON.stringify(result.error));
    return result.value;
  } finally {
    await remove();
  }
}

describe('a model file is loaded in memory', () => {
  test(
    'TypeScript with everything tsc accepts: enums, namespaces, parameter properties, ' +
      'decorators, import =, export =, JSON, .js for .ts, a re-exported type',
    async () => {
      const study = projectStudy('typescript');
      const result = await trainer.build(
        study,
        variantOf(study, await readFile(study.modelPath, 'utf8')),
        NEVER,
      );
      assert.ok(result.ok, JSON.stringify(result));
      assert.deepEqual(
        result.value.layers.map((layer) => layer.outputShape),
        [[8], [3]],
      );
    },
  );

  const forms: readonly (readonly [string, string, string])[] = [
    [
      'an ES module in a .js without a package.json',
      'model.js',
      `import * as tf from '@tensorflow/tfjs';\nexport function buildModel({ inputShape, ` +
        `outputUnits }) { ${SEQUENTIAL} return model; }`,
    ],
    [
      'an ES module with the default import',
      'model.mjs',
      `import tf from '@tensorflow/tfjs';\nexport const build_model = ({ inputShape, ` +
        `outputUnits }) => { ${SEQUENTIAL} return model; };`,
    ],
    [
      'CommonJS with require',
      'model.js',
      `const tf = require('@tensorflow/tfjs-node');\nmodule.exports = { buildModel({ ` +
        `inputShape, outputUnits }) { ${SEQUENTIAL} return model; } };`,
    ],
    [
      'CommonJS that is the function',
      'model.cjs',
      `const tf = require('@tensorflow/tfjs');\nmodule.exports = function buildModel({ ` +
        `inputShape, outputUnits }) { ${SEQUENTIAL} return model; };`,
    ],
    [
      'an async arrow function',
      'model.ts',
      `import * as tf from '@tensorflow/tfjs';\nexport const buildModel = async ({ ` +
        `inputShape, outputUnits }: any) => { ${SEQUENTIAL} return model; };`,
    ],
    [
      'a default function',
      'model.ts',
      `import * as tf from '@tensorflow/tfjs';\nexport default function buildModel({ ` +
        `inputShape, outputUnits }: any) { ${SEQUENTIAL} return model; }`,
    ],
    [
      'a default object',
      'model.ts',
      `import * as tf from '@tensorflow/tfjs';\nexport default { buildModel({ inputShape, ` +
        `outputUnits }: any) { ${SEQUENTIAL} return model; } };`,
    ],
    [
      'a static method',
      'model.ts',
      `import * as tf from '@tensorflow/tfjs';\nexport class Net { static buildModel({ ` +
        `inputShape, outputUnits }: any) { ${SEQUENTIAL} return model; } }`,
    ],
    [
      'an instance method',
      'model.ts',
      `import * as tf from '@tensorflow/tfjs';\nexport class Net { units = 5; buildModel({ ` +
        'inputShape, outputUnits }: any) { if (this.units !== 5) throw new Error(); ' +
        `${SEQUENTIAL} return model; } }`,
    ],
    [
      'a further name from the settings',
      'model.ts',
      `import * as tf from '@tensorflow/tfjs';\nexport function makeNetwork({ inputShape, ` +
        `outputUnits }: any) { ${SEQUENTIAL} return model; }`,
    ],
    [
      'an ES module in TypeScript with top-level await',
      'model.ts',
      `const tf = await import('@tensorflow/tfjs');\nexport function buildModel({ ` +
        `inputShape, outputUnits }: any) { ${SEQUENTIAL} return model; }`,
    ],
    [
      '.mts with names from the layers package',
      'model.mts',
      `import { sequential, layers } from '@tensorflow/tfjs-layers';\nexport function ` +
        'buildModel({ inputShape, outputUnits }: any) { const tf = { sequential, layers }; ' +
        `${SEQUENTIAL} return model; }`,
    ],
    [
      '.cts with require',
      'model.cts',
      `import tf = require('@tensorflow/tfjs');\nexport = { buildModel({ inputShape, ` +
        `outputUnits }: any) { ${SEQUENTIAL} return model; } };`,
    ],
    [
      'TypeScript with __dirname and require',
      'model.ts',
      `import * as tf from '@tensorflow/tfjs';\nconst path = require('node:path');\nif ` +
        `(!path.isAbsolute(__dirname)) throw new Error();\nexport function buildModel({ ` +
        `inputShape, outputUnits }: any) { ${SEQUENTIAL} return model; }`,
    ],
    [
      '.tsx',
      'model.tsx',
      `import * as tf from '@tensorflow/tfjs';\nexport function buildModel({ inputShape, ` +
        `outputUnits }: any) { ${SEQUENTIAL} return model; }`,
    ],
    [
      'a functional model',
      'model.ts',
      `import * as tf from '@tensorflow/tfjs';\nexport function buildModel({ inputShape, ` +
        'outputUnits }: any) { const input = tf.input({ shape: inputShape }); const hidden = ' +
        'tf.layers.dense({ units: 5 }).apply(input); return tf.model({ inputs: input, outputs: ' +
        'tf.layers.dense({ units: outputUnits }).apply(hidden) as tf.SymbolicTensor }); }',
    ],
  ];
  for (const [title, modelName, text] of forms) {
    test(title, async () => {
      assert.equal((await buildText(text, modelName)).parameters, PARAMETERS);
      const read = syntax.read(text, languageOf(modelName) ?? 'typescript');
      const told = read.ok
        ? lensOf(read.value, { inputShape: [4], outputUnits: 3 }).parameters
        : null;
      assert.equal(
        told,
        UNREAD.includes(title) ? null : PARAMETERS,
        'what the source tells is what is built, or nothing',
      );
    });
  }

  test('relative imports: extensionless, index, .js for .ts, JSON, CommonJS, both ways round', async () => {
    const files = {
      'parts/index.ts': `export { units } from './units';\nexport * from './more.js';`,
      'parts/units.ts': `import sizes from '../sizes.json';\nexport const units: number = sizes.units;`,
      'parts/more.ts':
        `import type { LayersModel } from '@tensorflow/tfjs';\nexport const finish = (model: ` +
        'LayersModel): LayersModel => model;',
      'sizes.json': '{ "units": 5 }',
      'old.cjs': `exports.activation = 'softmax';`,
    };
    const text = (head: string): string =>
      `import * as tf from '@tensorflow/tfjs';\n${head}\nexport function buildModel({ ` +
      'inputShape, outputUnits }) { const model = tf.sequential({ layers: [tf.layers.dense({ ' +
      'units, inputShape }), tf.layers.dense({ units: outputUnits, activation: ' +
      'old.activation })] }); return finish(model); }';
    const head = `import { units, finish } from './parts';\nimport old from './old.cjs';`;
    assert.equal((await buildText(text(head), 'model.js', files)).parameters, PARAMETERS);
    assert.equal(
      (
        await buildText(
          text(
            `${head}\nimport sizes from './sizes.json' with { type: 'json' };\nif ` +
              '(sizes.units !== units) throw new Error();',
          ),
          'model.mjs',
          files,
        )
      ).parameters,
      PARAMETERS,
    );
    assert.equal(
      (await buildText(text(head).replace('})  {', '}: any) {'), 'model.ts', files)).parameters,
      PARAMETERS,
    );
  });
});

describe('a warm worker never serves an old module', () => {
  test('another variant, a changed helper, imported or required', async () => {
    const { folder, remove } = await makeFolder({
      'data.js': BLOBS_JS,
      'helper.ts': 'export const units = 5;',
      'old.cjs': 'exports.extra = 0;',
      'esm.mjs': 'export const more = 0;',
    });
    const study = studyOn(folder, {}, 'model.mjs');
    const text =
      `import tf from '@tensorflow/tfjs';\nimport { units } from './helper';\nimport { more } ` +
      `from './esm.mjs';\nimport old from './old.cjs';\nexport const buildModel = ({ ` +
      'inputShape, outputUnits }) => tf.sequential({ layers: [tf.layers.dense({ units: units + ' +
      'more + old.extra, inputShape }), tf.layers.dense({ units: outputUnits })] });';
    const units = async (variant: string): Promise<unknown> => {
      const result = await trainer.build(study, variantOf(study, variant), NEVER);
      return result.ok ? result.value.layers[0]?.outputShape[0] : result.error;
    };
    try {
      assert.equal(await units(text), 5);
      assert.equal(await units(text.replace('units: units', 'units: 1 + units')), 6);
      await writeFile(join(folder, 'helper.ts'), 'export const units = 7;');
      assert.equal(await units(text), 7);
      await writeFile(join(folder, 'old.cjs'), 'exports.extra = 10;');
      await writeFile(join(folder, 'esm.mjs'), 'export const more = 100;');
      assert.equal(await units(text), 117);
    } finally {
      await remove();
    }
  });

  test("what is on disk under the model file's path is not read", async () => {
    const study = projectStudy('blobs');
    const text = builderText({ layers: 'tf.layers.dense({ units: 3, inputShape })' });
    const result = await trainer.build(study, variantOf(study, text), NEVER);
    assert.ok(result.ok);
    assert.equal(result.value.layers.length, 1);
  });
});
