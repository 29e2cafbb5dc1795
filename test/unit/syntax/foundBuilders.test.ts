import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Architecture } from '../../../src/model/architecture.ts';
import { loadSyntax } from './support.ts';

// Where public code puts a model together, and what is said where it does not.

const syntax = await loadSyntax();

const IMPORT = "import * as tf from '@tensorflow/tfjs';\n";

function read(text: string): Architecture {
  const found = syntax.read(IMPORT + text, 'javascript');
  assert.ok(found.ok, found.ok ? '' : found.error.message);
  return found.value;
}

function refusal(text: string): string {
  const found = syntax.read(text, 'javascript');
  assert.ok(!found.ok);
  return found.error.message;
}

const added = (
  model: string,
): string => `${model}.add(tf.layers.dense({ inputShape: [4], units: 8 }));
    ${model}.add(tf.layers.dense({ units: 3 }));`;

/** Made empty in one place, filled in another: who is the builder, by name. */
const FILLED_ELSEWHERE: Readonly<Record<string, readonly [string, string]>> = {
  'a method adds to what the constructor made': [
    'Net.setUp',
    `class Net { constructor() { this.model = tf.sequential(); }
    setUp() { ${added('this.model')} } }`,
  ],
  'a method adds to a field': [
    'Net.setUp',
    `export class Net { model = tf.sequential(); setUp() { ${added('this.model')} } }`,
  ],
  'a method of an object adds to the object’s model': [
    'net.create',
    `const net = { model: tf.sequential(), create() { ${added('this.model')} return this.model; } };
    module.exports = net;`,
  ],
  'a function adds to the model of the file': [
    'setUp',
    `const model = tf.sequential();\nfunction setUp() { ${added('model')} return model; }`,
  ],
  'a function within a function, on an object of another file': [
    'createModel',
    `export default function worker() {
    self.createModel = () => { self.model = tf.sequential(); ${added('self.model')}
      return self.model; }; }`,
  ],
  'the constructor calls the method that adds': [
    'Net',
    `export class Net { constructor() { this.model = tf.sequential(); this.setUp(); }
    setUp() { ${added('this.model')} } }`,
  ],
  'a saved model is taken where there is one': [
    'getModel',
    `async function getModel() {
      try { return await tf.loadLayersModel('localstorage://it'); } catch (error) { console.log(error); }
      const model = tf.sequential(); ${added('model')} return model; }`,
  ],
  'a method that is called again where there is no model yet': [
    'Net.create',
    `export class Net { create() { this.model = tf.sequential(); ${added('this.model')} this.compile(); }
    compile() { if (this.model === undefined) this.create(); else this.model.compile({ loss }); } }`,
  ],
  'what a page calls when it is there': [
    'onload',
    `window.onload = async () => { const model = tf.sequential(); ${added('model')}
      await model.fit(xs, ys); };`,
  ],
  'a page’s handler': [
    'model',
    `document.querySelector('button').addEventListener('click', async () => {
      const model = tf.sequential(); ${added('model')} await model.fit(xs, ys); });`,
  ],
};

describe('models that are made in one place and filled in another', () => {
  for (const [form, [name, text]] of Object.entries(FILLED_ELSEWHERE))
    test(form, () => {
      const architecture = read(text);
      assert.equal(architecture.builder.name, name);
      assert.deepEqual(
        architecture.layers.map(({ type }) => type),
        ['dense', 'dense'],
      );
    });

  test('the runtime under its own name out of a file of the user’s', () => {
    const { layers } = read(
      `import { tf } from '@/globalTf';\nexport const getModel = () => { const m = tf.sequential(); ${added('m')} return m; };`,
    );
    assert.equal(layers.length, 2);
  });

  test('a model that is made outside of its builder stays sequential', () => {
    const text = `${IMPORT}const model = tf.sequential();\nfunction setUp() { ${added('model')} return model; }`;
    const found = syntax.read(text, 'javascript');
    assert.ok(found.ok);
    const written = syntax.write(text, found.value, [
      { kind: 'addResidual', from: 0, to: 1, projection: null },
    ]);
    assert.ok(!written.ok);
    assert.match(written.error.message, /made outside of the function that adds its layers/);
  });
});

describe('a builder within other functions is taken out of them to be built', () => {
  const runnable = (text: string): string => {
    const made = syntax.runnable(IMPORT + text, 'javascript', {});
    assert.ok(made !== null);
    return made;
  };

  test('statements of a handler, with what they need around them, on their lines', () => {
    const made = runnable(`import React from 'react';
export default function App({ numFeatures }) {
  const size = 8;
  const [state, setState] = React.useState(0);
  const run = async () => {
    const model = tf.sequential();
    model.add(tf.layers.dense({ inputShape: [numFeatures], units: size }));
    await model.fit(state.xs, state.ys);
  };
  return <button onClick={run} />;
}
`);
    const lines = made.split('\n');
    assert.match(made, /cortexLifted/);
    assert.doesNotMatch(made, /useState|onClick|from 'react'|\.fit\(/);
    assert.match(lines[3] ?? '', /const size = 8/);
    assert.match(lines[7] ?? '', /units: size.*return model/);
    assert.match(lines[2] ?? '', /let numFeatures = inputShape\.at\(-1\)/);
  });

  test('a function within a function is called with what the data say', () => {
    const made = runnable(`export const useModel = () => {
  const create = (inputShape) => {
    const model = tf.sequential();
    model.add(tf.layers.dense({ inputShape, units: 2 }));
    return model;
  };
  const load = () => document.title;
  return { create, load };
};
`);
    assert.match(made, /return await \(\(inputShape\) => \{|create\(inputShape\)/);
  });

  test('not where it takes from an object that only its function has', () => {
    const text = `export function Agent() {
  const fill = () => { this.model = tf.sequential(); ${added('this.model')} };
  fill();
}`;
    assert.doesNotMatch(runnable(text), /cortexLifted/);
  });
});

describe('several builders', () => {
  const TWO = `export function createModel() { const m = tf.sequential(); ${added('m')} return m; }
function createOther() { const m = tf.sequential(); ${added('m')} return m; }`;

  test('the others of the file are named with their lines where nobody has chosen', () => {
    const { builder, others } = read(TWO);
    assert.equal(builder.name, 'createModel');
    assert.deepEqual(others, [{ name: 'createOther', line: 4 }]);
    const chosen = syntax.read(IMPORT + TWO, 'javascript', { builder: 'createOther' });
    assert.ok(chosen.ok);
    assert.equal(chosen.value.others, undefined);
  });

  test('a part of the builder is no other one', () => {
    const parts = read(`const block = () => { const m = tf.sequential(); ${added('m')} return m; };
export function buildModel() { const input = tf.input({ shape: [4] });
  return tf.model({ inputs: input, outputs: block().apply(input) }); }`);
    assert.equal(parts.others, undefined);
  });

  test('where none is likelier, all are named', () => {
    const message =
      refusal(`${IMPORT}export function createA() { const m = tf.sequential(); ${added('m')} return m; }
export function createB() { const m = tf.sequential(); ${added('m')} return m; }
function helperModel() { const m = tf.sequential(); ${added('m')} return m; }`);
    assert.match(message, /3 builders: `createA` in line 2, `createB` in line 4, `helperModel`/);
  });
});

describe('no builder: the line that says why', () => {
  const CASES: readonly (readonly [string, string, RegExp])[] = [
    [
      'operations of its own',
      'const tf = require("x");\n// tf.sequential()\nconst w = tf.variable(tf.zeros([2]));\n',
      /line 3 computes with tensors itself \(`tf\.variable`\).*its own command/,
    ],
    [
      'a model that is a text',
      'const page = `<script>\nmodel = tf.sequential();\n</script>`;\n',
      /line 2 holds a model as text/,
    ],
    [
      'a ready-made model',
      'async function go() {\n  return mobilenet.load();\n}\n',
      /line 2 uses a ready-made model \(`mobilenet\.load`\)/,
    ],
  ];

  for (const [name, text, words] of CASES) test(name, () => assert.match(refusal(text), words));
});
