import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { changeOutsideBuilder } from '../../../src/propose/editScope.ts';
import { readOk } from '../syntax/support.ts';
import { apply, baseOf, digits, syntax } from './support.ts';

const applied = (text: string, ...edits: readonly object[]): string => {
  const result = apply(text, ...edits);
  assert.ok(result.ok, JSON.stringify(result));
  return result.value.text;
};
const refusal = (...edits: readonly object[]): string => {
  const result = apply(digits, ...edits);
  assert.ok(!result.ok);
  return result.error.message;
};
const outside = (base: string, changed: string): string | null =>
  changeOutsideBuilder(
    { text: base, builder: baseOf(base).architecture.builder },
    { text: changed, builder: readOk(syntax, changed, 'typescript').builder },
  )?.message ?? null;

describe('text edits', () => {
  test('exact', () => {
    assert.equal(
      applied(digits, { oldText: 'units: 16', newText: 'units: 64' }),
      digits.replace('units: 16', 'units: 64'),
    );
  });
  test('white space is left open', () => {
    assert.equal(
      applied(digits, {
        oldText: 'tf.layers.dense({units:16,\n  activation: "relu"})'.replaceAll('"', "'"),
        newText: "tf.layers.dense({ units: 64, activation: 'relu' })",
      }),
      digits.replace('units: 16', 'units: 64'),
    );
  });
  test('line numbers of the prompt are taken off', () => {
    const changed = applied(digits, {
      oldText: "L14|   model.add(tf.layers.dense({ units: 16, activation: 'relu' }));",
      newText: "L14|   model.add(tf.layers.dense({ units: 64, activation: 'relu' }));",
    });
    assert.equal(changed, digits.replace('units: 16', 'units: 64'));
  });
  test('new lines take the indentation of the old', () => {
    const changed = applied(digits, {
      oldText: "model.add(tf.layers.dense({ units: 16, activation: 'relu' }));",
      newText:
        "model.add(tf.layers.dense({ units: 16, activation: 'relu' " +
        '}));\nmodel.add(tf.layers.dropout({ rate: 0.3 }));',
    });
    assert.match(changed, /\n {2}model\.add\(tf\.layers\.dropout\(\{ rate: 0\.3 \}\)\);\n/);
  });
  test('line ends are those of the file', () => {
    const windows = digits.replaceAll('\n', '\r\n');
    const changed = applied(windows, {
      oldText: "  model.add(tf.layers.dense({ units: 16, activation: 'relu' }));\n",
      newText:
        "  model.add(tf.layers.dense({ units: 16, activation: 'relu' }));\n  " +
        'model.add(tf.layers.dropout({ rate: 0.3 }));\n',
    });
    assert.doesNotMatch(changed, /[^\r]\n/);
  });
  test('several at once, wherever they stand', () => {
    const changed = applied(
      digits,
      { oldText: 'adam(0.001)', newText: 'adam(0.01)' },
      { oldText: 'units: 16', newText: 'units: 64' },
    );
    assert.equal(
      changed,
      digits.replace('units: 16', 'units: 64').replace('adam(0.001)', 'adam(0.01)'),
    );
  });
  test('refused: not there, twice there, overlapping, nothing changed, broken code', () => {
    assert.match(refusal({ oldText: 'units: 17', newText: 'units: 64' }), /does not occur/);
    assert.match(refusal({ oldText: 'tf.layers.dense', newText: 'x' }), /more than once/);
    assert.match(
      refusal(
        { oldText: 'units: 16, activation', newText: 'a' },
        { oldText: "activation: 'relu'", newText: 'b' },
      ),
      /Two edits/,
    );
    assert.match(refusal({ oldText: 'units: 16', newText: 'units: 16' }), /change nothing/);
    assert.match(refusal({ oldText: 'units: 16,', newText: 'units: 16, {{' }), /line \d+/);
  });
  test('text outside the builder is not even found', () => {
    assert.match(
      refusal({ oldText: 'interface Shapes', newText: 'interface Other' }),
      /does not occur/,
    );
  });
});

describe('anchored edits', () => {
  test('each kind', () => {
    assert.match(
      applied(digits, { op: 'setArgument', layer: 1, name: 'units', value: 64 }),
      /units: 64/,
    );
    assert.match(
      applied(digits, {
        op: 'setArgument',
        layer: 1,
        name: 'kernelRegularizer',
        value: { source: 'tf.regularizers.l2({ l2: 1e-4 })' },
      }),
      /kernelRegularizer: tf\.regularizers\.l2/,
    );
    assert.match(
      applied(digits, {
        op: 'insertLayers',
        after: 1,
        layers: [{ type: 'dropout', arguments: { rate: 0.3 } }],
      }),
      /tf\.layers\.dropout\(\{ rate: 0\.3 \}\)/,
    );
    assert.match(
      applied(digits, { op: 'setCompile', optimizer: { type: 'rmsprop', learningRate: 0.002 } }),
      /tf\.train\.rmsprop\(0\.002\)/,
    );
    assert.match(
      applied(digits, {
        op: 'replaceLayer',
        layer: 1,
        with: { type: 'dense', arguments: { units: 32, activation: 'elu' } },
      }),
      /units: 32, activation: 'elu'/,
    );
    assert.doesNotMatch(applied(digits, { op: 'removeLayer', layer: 1 }), /units: 16/);
  });
  test('a layer that does not exist is named', () => {
    assert.match(
      refusal({ op: 'removeLayer', layer: 9 }),
      /no layer 9; the builder has the layers 0 to 2/,
    );
  });
  test('anchored and text edits together', () => {
    const changed = applied(
      digits,
      { op: 'insertLayers', after: 1, layers: [{ type: 'dropout', arguments: { rate: 0.3 } }] },
      { oldText: 'adam(0.001)', newText: 'adam(0.01)' },
    );
    assert.match(changed, /dropout[\s\S]*adam\(0\.01\)/);
  });
  test('a helper goes above the builder’s comment', () => {
    const changed = applied(
      digits,
      { helper: 'const scale = (x: number): number => 2 * x;' },
      { oldText: 'units: 16', newText: 'units: scale(16)' },
    );
    assert.match(changed, /\n\nconst scale = .*;\n\n\/\*\* A small classifier/);
    assert.equal(outside(digits, changed), null);
  });
  test('a candidate that was not offered', () => {
    assert.match(refusal({ candidate: 3 }), /no candidate 3; 0 were offered/);
  });
});

describe('what a change may not bring in', () => {
  const builderEdit = (code: string): string =>
    digits.replace('  model.compile({', `  ${code}\n  model.compile({`);
  for (const code of [
    "require('fs');",
    "eval('1');",
    'new Function("return 1")();',
    'process.exit(1);',
    'void globalThis.fetch;',
    "void fetch('http://example.com');",
    "void import('node:fs');",
    'setTimeout(() => {}, 1);',
    'tf.layers.constructor;',
    'void Date.now();',
    'void new Date();',
    'void performance.now();',
    'void crypto.randomUUID();',
    'Math.random();',
    "Math['random']();",
    'void tf.io;',
    'tf.data.array([1]);',
    'tf.env().set("DEBUG", true);',
    "void tf['env'];",
    'tf.registerKernel({});',
    'tf.util.now();',
    'model.fit = () => null;',
    'model.evaluate = () => 0;',
    'Object.defineProperty(model, "x", {});',
    'void Reflect;',
    'new SharedArrayBuffer(8);',
    'void globalTh\\u0069s;',
    'loadData();',
  ]) {
    test(code, () => {
      assert.match(outside(digits, builderEdit(code)) ?? 'allowed', /reaches outside the model/);
    });
  }
  const imports = (clause: string, from = './data'): string =>
    `import ${clause} from '${from}';\n${digits}`;
  for (const [clause, code] of [
    ['{ loadData }', 'loadData();'],
    ['{ loadData as rows }', 'rows();'],
    ['* as table', "table['load' + 'Data']();"],
    ['table, { CLASSES }', 'void table;'],
  ] as const) {
    test(`the rows, where the file imports ${clause} from its data module`, () => {
      const own = imports(clause);
      const changed = own.replace('  model.compile({', `  ${code}\n  model.compile({`);
      assert.match(
        outside(own, changed) ?? 'allowed',
        /brings in \w+ of the data module, which reaches outside the model/,
      );
      assert.equal(outside(own, own.replace('units: 16', 'units: 64')), null);
    });
  }
  test('helpers of the user’s stay free to use', () => {
    const own = imports('{ wide }', './sizes');
    assert.equal(outside(own, own.replace('units: 16', 'units: wide(16)')), null);
  });
  const above = (code: string): string =>
    digits.replace('interface Shapes', `${code}\ninterface Shapes`);
  test('imports of anything but TensorFlow.js, also over two lines', () => {
    assert.match(
      outside(digits, above("import { readFileSync } from 'node:fs';")) ?? '',
      /imports node:fs/,
    );
    assert.match(
      outside(digits, above("import { x } from\n  'left-pad';")) ?? '',
      /imports left-pad/,
    );
    assert.equal(
      outside(digits, above("import * as wasm from '@tensorflow/tfjs-backend-wasm';")),
      null,
    );
  });
  test('statements above the builder', () => {
    assert.match(
      outside(digits, above('tf.setBackend("cpu");')) ?? '',
      /only functions, constants/,
    );
  });
  test('changes above and below it', () => {
    assert.match(
      outside(digits, digits.replace('outputUnits: number;', 'outputUnits: string;')) ?? '',
      /alters code above/,
    );
    assert.match(outside(digits, `${digits}export const leak = 1;\n`) ?? '', /below the builder/);
  });
  test('the words in a comment are no harm', () => {
    assert.equal(outside(digits, builderEdit('// process the features, then fetch more')), null);
  });
  test('what the user already had stays allowed', () => {
    const own = digits.replace('  model.compile({', '  void process.env;\n  model.compile({');
    assert.equal(outside(own, own.replace('units: 16', 'units: 64')), null);
  });
});
