import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { attachedFolder } from '../../../src/adapters/files/attachedStudy.ts';
import { attachScript, type Attached } from '../../../src/adapters/scripts/attachScript.ts';
import { requireScript } from '../../../src/adapters/scripts/findScript.ts';
import { javascriptObserver } from '../../../src/adapters/scripts/javascriptObserver.ts';
import { CortexError } from '../../../src/util/errors.ts';
import { DIST, makeFolder, makeTrainer, NEVER, studyOn } from '../trainer/harness.ts';

const trainer = makeTrainer();
after(() => trainer.dispose());

/** Learns from one run of the script of a model file. */
async function attachIn(folder: string, file: string, seconds = 60): Promise<Attached> {
  const modelPath = join(folder, file);
  const script = await requireScript(modelPath);
  const place = {
    nodePath: process.execPath,
    workerPath: join(DIST, 'worker.cjs'),
    assetFolder: DIST,
    attachedFolder: attachedFolder(),
  };
  return attachScript(
    { script, modelPath },
    {
      ...place,
      observer: javascriptObserver(script, place),
      studyFile: join(folder, '..', `${basename(folder)}-study.json`),
      seconds,
      signal: NEVER,
    },
  );
}

/** Attaches, and trains the model file's text with what was learned. */
async function trainedIn(folder: string, file: string, text?: string) {
  const attached = await attachIn(folder, file);
  const study = studyOn(folder, JSON.parse(await readFile(attached.studyFile, 'utf8')), file);
  const variant = {
    path: study.modelPath,
    text: text ?? (await readFile(study.modelPath, 'utf8')),
  };
  const built = await trainer.build(study, variant, NEVER);
  return { attached, built, study };
}

/** As people write it: data, model and training in one file, run where it is the program. */
const PROJECT = join(import.meta.dirname, '../../projects/tfjs-script');
const ONE_FILE = (await readFile(join(PROJECT, 'train.js'), 'utf8')).replace(
  'if (require.main',
  'module.exports = { buildModel: createModel };\nif (require.main',
);
const FLOWERS = await readFile(join(PROJECT, 'flowers.csv'), 'utf8');

test('a script with data, model and training in one file is learned, and nothing is written', async () => {
  const { folder, remove } = await makeFolder({ 'train.js': ONE_FILE, 'flowers.csv': FLOWERS });
  const wider = ONE_FILE.replace('units: 6', 'units: 9');
  const { attached, built, study } = await trainedIn(folder, 'train.js', wider);
  assert.deepEqual(attached.rows, { whole: 60 });
  assert.deepEqual(attached.inputShape, [2]);
  assert.equal(attached.outputUnits, 3);
  assert.equal(attached.task, 'classification');
  assert.equal(attached.epochs, 7);
  assert.equal(attached.batchSize, 16);
  assert.equal(attached.loss, 'categoricalCrossentropy');
  assert.equal(attached.optimizer, 'Adam 0.02');
  assert.deepEqual(attached.leftOut, ['onEpochEnd']);
  assert.equal(study.config.split.validation, 0.25);
  assert.ok(built.ok);
  assert.equal(built.value.parameters, 9 * 3 + 10 * 3, 'the variant is built, not the file');
  const { trials } = await trainer.train({
    study,
    variant: { path: study.modelPath, text: wider },
    seeds: [1],
    evaluateOn: 'validation',
    signal: NEVER,
    onProgress: () => undefined,
  });
  assert.equal(trials[0]?.outcome, 'completed', JSON.stringify(trials));
  assert.deepEqual((await readdir(folder)).sort(), ['flowers.csv', 'train.js']);
  await remove();
});

const MODEL_MJS = `import * as tf from '@tensorflow/tfjs';

export function buildModel() {
  const input = tf.input({ shape: [4] });
  const hidden = tf.layers.dense({ units: 5, activation: 'relu' }).apply(input);
  const output = tf.layers.dense({ units: 1 }).apply(hidden);
  const model = tf.model({ inputs: input, outputs: output });
  model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
  return model;
}
`;

test('a dataset that another file fits is learned batch by batch, its validation part too', async () => {
  const { folder, remove } = await makeFolder({
    'model.mjs': MODEL_MJS,
    'run.mjs': `import { pathToFileURL } from 'node:url';
import * as tf from '@tensorflow/tfjs';
import { buildModel } from './model.mjs';

const set = (rows) =>
  tf.data
    .generator(function* () {
      for (let row = 0; row < rows; row += 1)
        yield { xs: tf.tensor1d([row, 1, 2, 3]), ys: tf.tensor1d([row / 2]) };
    })
    .batch(8);

if (import.meta.url === pathToFileURL(process.argv[1]).href)
  await buildModel().fitDataset(set(40), { epochs: 3, validationData: set(16) });
`,
  });
  const { attached, built } = await trainedIn(folder, 'model.mjs');
  assert.equal(attached.script, join(folder, 'run.mjs'));
  assert.deepEqual(attached.rows, { train: 40, validation: 16 });
  assert.equal(attached.task, 'regression');
  assert.equal(attached.batchSize, 8);
  assert.equal(attached.epochs, 3);
  assert.ok(built.ok, JSON.stringify(built));
  await remove();
});

const FITS = `import * as tf from '@tensorflow/tfjs';
import { buildModel } from './model.mjs';
`;

const failing = [
  { what: 'never fits', body: 'console.log(buildModel); // .fit(\n', words: /without calling fit/ },
  { what: 'ends itself', body: 'process.exit(3); // .fit(\n', words: /without calling fit/ },
  { what: 'fails', body: `throw new Error('no GPU'); // .fit(\n`, words: /line 3: no GPU/ },
  {
    what: 'is for a browser',
    body: `document.title = 'x'; // .fit(\n`,
    words: /line 3: document is not defined/,
  },
  {
    what: 'has a wrong word',
    body: 'const = 3; // .fit(\n',
    words: /line 3: Syntax error/,
  },
  {
    what: 'hangs',
    body: 'for (;;); // .fit(\n',
    words: /ran for 8 s and did not come to train/,
    seconds: 8,
  },
  {
    what: 'fits unlike rows',
    body: 'buildModel().fit(tf.zeros([9, 4]), tf.zeros([8, 1]));\n',
    words: /unlike numbers of rows: .*\[9, 4\].*\[8, 1\]/,
  },
  {
    what: 'fits what it has not compiled',
    body: 'tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [4] })] }).fit(tf.zeros([9, 4]), tf.zeros([9, 1]));\n',
    words: /needs to be compiled/,
  },
  {
    what: 'fits a dataset without an end',
    body: `const many = tf.zeros([1e6, 60]);
const one = { xs: many, ys: tf.zeros([1e6, 1]) };
buildModel().fitDataset(tf.data.generator(function* () { for (;;) yield one; }), { epochs: 1 });
`,
    words: /without an end: say batchesPerEpoch/,
  },
];

describe('a script that', { concurrency: 1 }, () => {
  for (const { what, body, words, seconds } of failing) {
    test(`${what}: a clear word`, async () => {
      const { folder, remove } = await makeFolder({
        'model.mjs': MODEL_MJS,
        'train.mjs': FITS + body,
      });
      const error: unknown = await attachIn(folder, 'model.mjs', seconds).catch(
        (thrown: unknown) => thrown,
      );
      await remove();
      assert.ok(error instanceof CortexError, String(error));
      assert.match(error.happened, words);
    });
  }
});
