import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { documents } from '../../../src/show/documents/contract.ts';
import { cortex, git } from '../cli/cortex.ts';
import { makeFolder } from '../trainer/harness.ts';
import { testPython } from './pythonStudies.ts';

const code = (source: string): object => ({
  cell_type: 'code',
  metadata: {},
  execution_count: 1,
  outputs: [{ output_type: 'stream', name: 'stdout', text: ['as it was'] }],
  source: source.split(/(?<=\n)/),
});

const TITLE = { cell_type: 'markdown', metadata: {}, source: ['# A line through points'] };

const SET_UP = code(
  '%matplotlib inline\nimport keras\nimport numpy as np\nfrom keras import layers',
);

/** A notebook as people keep them: set-up, data, model, training, a look at it. */
const CELLS = [
  TITLE,
  SET_UP,
  code('random = np.random.default_rng(0)\nx = random.random((120, 4))\ny = x.sum(axis=1)'),
  code(
    'model = keras.Sequential([\n    keras.Input(shape=(4,)),\n' +
      '    layers.Dense(8, activation="relu"),\n    layers.Dense(1),\n])\n' +
      'model.compile(optimizer=keras.optimizers.Adam(0.001), loss="mse")',
  ),
  code('history = model.fit(x, y, epochs=3, validation_split=0.25)'),
  code('!ls\nmodel.predict(x[:2])'),
];

const NOTEBOOK = { cells: CELLS, metadata: { kernelspec: { name: 'python3' } }, nbformat: 4 };

const cellsIn = (text: string): readonly { readonly source: readonly string[] }[] =>
  (JSON.parse(text) as { readonly cells: readonly { readonly source: readonly string[] }[] }).cells;

describe('a notebook as the model file', () => {
  let place: Awaited<ReturnType<typeof makeFolder>>;
  let best: string;

  before(async () => {
    process.env['KERAS_BACKEND'] = 'jax';
    place = await makeFolder({ 'line.ipynb': JSON.stringify(NOTEBOOK) });
    await git(place.folder, 'init', '--quiet');
  });
  after(() => place.remove());

  test('inspect reads its cells as a script', async () => {
    const { stdout, stderr } = await cortex(place.folder, 'inspect', 'line.ipynb');
    assert.match(stdout, /dense .*\[8\].*40/, stderr);
  });

  test('improve learns from its run and trains it; the record holds a notebook', async () => {
    const words = ['improve', 'line.ipynb', '--rounds', '1', '--no-check', '--json'];
    const run = await cortex(place.folder, ...words, '--python', testPython());
    assert.equal(run.code, 0, run.stderr);
    const { attempts } = documents.improve.parse(JSON.parse(run.stdout));
    const [attempt] = attempts;
    assert.ok(attempt?.metric, run.stderr);
    best = attempt.id;
    const recorded = await git(place.folder, 'show', `${attempt.commit}:line.ipynb`);
    const cells = cellsIn(recorded);
    assert.deepEqual(cells.slice(0, 2), [TITLE, SET_UP]);
    assert.notDeepEqual(cells, CELLS);
    const now = await readFile(join(place.folder, 'line.ipynb'), 'utf8');
    assert.deepEqual(JSON.parse(now), NOTEBOOK, 'the file is untouched');
  });

  test('apply puts the code into its cell', async () => {
    const { code: exit, stderr } = await cortex(place.folder, 'apply', best);
    assert.equal(exit, 0, stderr);
    const now = await readFile(join(place.folder, 'line.ipynb'), 'utf8');
    const recorded = await git(
      place.folder,
      'log',
      '-1',
      '--format=%H',
      'cortex/' + (await name()),
    );
    const kept = await git(place.folder, 'show', `${recorded.trim()}:line.ipynb`);
    assert.deepEqual(JSON.parse(now), JSON.parse(kept));
    assert.notDeepEqual(JSON.parse(now), NOTEBOOK);
  });

  const name = async (): Promise<string> => {
    const refs = await git(
      place.folder,
      'for-each-ref',
      '--format=%(refname)',
      'refs/heads/cortex',
    );
    return refs.trim().replace('refs/heads/cortex/', '');
  };
});

test('a file that is called a notebook and is none is told of', async () => {
  const { folder, remove } = await makeFolder({ 'broken.ipynb': '{"cells": 3}' });
  const { code: exit, stderr } = await cortex(folder, 'inspect', 'broken.ipynb');
  await remove();
  assert.equal(exit, 2);
  assert.match(stderr, /no Jupyter notebook.*\n?.*a list of cells/);
});
