import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Architecture } from '../../../src/model/architecture.ts';
import { lensOf } from '../../../src/model/lens/lens.ts';
import { toExecutable } from '../../../src/workers/tfjs/modules/executable.ts';
import { transpile } from '../../../src/workers/tfjs/transpile.ts';
import { loadSyntax } from './support.ts';

// How public code calls its builders, and what a worker makes of the files they stand in.

const syntax = await loadSyntax();

const IMPORT = "import * as tf from '@tensorflow/tfjs';\n";

function read(text: string): Architecture {
  const found = syntax.read(text, 'javascript');
  assert.ok(found.ok, found.ok ? '' : found.error.message);
  return found.value;
}

function runnable(text: string): string {
  const made = syntax.runnable(text, 'javascript', {});
  assert.ok(made !== null);
  return made;
}

describe('what the file itself says of its builder’s parameters', () => {
  const called = (caller: string): string =>
    `function createModel(size, wide) { const m = tf.sequential();
      m.add(tf.layers.dense({ inputShape: [size], units: wide })); return m; }
    ${caller}`;
  const CALLERS: Readonly<Record<string, readonly [string, number | null]>> = {
    'constants of the function that calls it': [
      'async function main() { const size = 4; const wide = 8; createModel(size, wide); }',
      4 * 8 + 8,
    ],
    'of a function around that one': [
      'function App() { const size = 4, wide = 8; const run = () => createModel(size, wide); run(); }',
      4 * 8 + 8,
    ],
    'not what its caller is given under that name': [
      'function main(size) { const wide = 8; createModel(size, wide); }',
      null,
    ],
    'not what may change': [
      'function main() { let size = 4; const wide = 8; size += 1; createModel(size, wide); }',
      null,
    ],
  };
  for (const [form, [caller, parameters]] of Object.entries(CALLERS))
    test(form, () => {
      assert.equal(lensOf(read(IMPORT + called(caller)), null).parameters, parameters);
    });

  test('so it is called, too', () => {
    const text = called(
      'async function main() { const wide = [8][0], size = 4; createModel(size, 8); }',
    );
    assert.match(runnable(IMPORT + text), /await createModel\(4, 8\)/);
  });
});

describe('what a worker makes of it', () => {
  test('of rows that only the caller has, the shapes are given', () => {
    const text = `${IMPORT}async function train(xTrain, yTrain) {
  const model = tf.sequential();
  model.add(tf.layers.dense({ inputShape: [xTrain.shape[1]], units: yTrain.shape[1] }));
  await model.fit(xTrain, yTrain);
}\n`;
    assert.match(
      runnable(text),
      /await train\(\{ shape: \[null, \.\.\.inputShape\] \}, \{ shape: \[null, outputUnits\] \}\)/,
    );
  });

  test('the runtime of a page’s object is the runtime', () => {
    const text = `class Net { async setUp() { if (!window.tf) return;
  this.model = window.tf.sequential();
  this.model.add(window.tf.layers.dense({ inputShape: [4], units: 8 })); } }\n`;
    assert.deepEqual(
      read(text).layers.map(({ type }) => type),
      ['dense'],
    );
    assert.match(runnable(text), /^const cortexTf = require\('@tensorflow\/tfjs'\);/);
    assert.match(runnable(text), /this\.model = cortexTf\.sequential\(\)/);
    assert.doesNotMatch(runnable(text), /window/);
  });

  test('a model that a script keeps in an object is taken from there', () => {
    const text = `${IMPORT}const app = { rows: document.rows };
app.model = tf.sequential();
app.model.add(tf.layers.dense({ inputShape: [4], units: 8 }));
app.model.fit(app.rows);\n`;
    assert.equal(read(text).layers.length, 1);
    assert.match(runnable(text), /return app\.model;/);
    assert.doesNotMatch(runnable(text), /fit\(/);
  });

  test('layers that a constructor has its method make stand there once', () => {
    const { layers } = read(`${IMPORT}class Trainer {
  constructor(options) { this.setUp(options); }
  setUp(options) {
    const first = tf.input({ shape: [4] });
    let last = first;
    for (const layer of options.layers) last = layer.apply(last);
    const out = tf.layers.dense({ units: 1 }).apply(last);
    this.model = tf.model({ inputs: first, outputs: out });
  }
}\n`);
    assert.deepEqual(
      layers.map(({ type }) => type),
      ['inputLayer', 'layer', 'dense'],
    );
  });

  test('markup in a file that is called .js loads', () => {
    const text = `${IMPORT}export class App { render() { return <b>{this.name}</b>; } }\n`;
    const { source } = toExecutable('/nowhere/App.js', text, transpile);
    assert.match(source, /createElement/);
    assert.doesNotMatch(source, /<b>/);
    assert.deepEqual(toExecutable('/nowhere/a.js', "exports.html = '<br/>';", transpile), {
      source: "exports.html = '<br/>';",
      format: 'commonjs',
      map: null,
    });
  });
});
