import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { Architecture } from '../../../src/model/architecture.ts';
import type { CortexError } from '../../../src/util/errors.ts';
import type { Language } from '../../../src/model/modelFile.ts';
import { TreeSitterSyntax } from '../../../src/adapters/syntax/treeSitterSyntax.ts';
import { fixture, layersOf, loadSyntax, readOk, wasmPath } from './support.ts';

let syntax: TreeSitterSyntax;
before(async () => {
  syntax = await loadSyntax();
});

const refusal = (text: string, language: Language = 'typescript'): CortexError => {
  const read = syntax.read(text, language);
  assert.ok(!read.ok, 'it should have been refused');
  assert.equal(read.error.kind, 'input');
  return read.error;
};

const builder = (body: string, parameters = '{ inputShape, outputUnits }'): Architecture =>
  readOk(
    syntax,
    `import * as tf from '@tensorflow/tfjs';\nexport function buildModel(${parameters}) ` +
      `{\n${body}\n}\n`,
    'javascript',
  );

describe('what is refused', () => {
  test('no builder', () => {
    const error = refusal('export const answer = 42;\n');
    assert.equal(error.code, 'model-no-builder');
    assert.match(error.message, /lines 1–2/);
    assert.match(error.message, /`build_model` or `buildModel`/);
  });

  test('an empty file, and one that only mentions a builder', () => {
    assert.equal(refusal('').code, 'model-no-builder');
    assert.equal(
      refusal('// function buildModel() {}\nconst s = "buildModel";\n').code,
      'model-no-builder',
    );
    assert.equal(refusal('# def build_model(): pass\n', 'python').code, 'model-no-builder');
  });

  test('two builders, with both lines', () => {
    const error = refusal(
      'export function buildModel() {}\n\nexport const build_model = () => null;\n',
    );
    assert.equal(error.code, 'model-two-builders');
    assert.match(error.message, /`buildModel` in line 1, `build_model` in line 3/);
  });

  test('of two, the exported one counts; overload signatures are not builders', () => {
    const text =
      'function build_model() { return null; }\nexport function buildModel(a: number): ' +
      'null;\nexport function buildModel() { return build_model(); }\n';
    assert.equal(readOk(syntax, text, 'typescript').builder.name, 'buildModel');
    const listed =
      'const buildModel = () => null;\nfunction build_model() {}\nexport { buildModel };\n';
    assert.equal(readOk(syntax, listed, 'javascript').builder.name, 'buildModel');
  });

  test('a syntax error, with its line and what is missing there', () => {
    const error = refusal(
      'export function buildModel() {\n  const model = tf.sequential({ layers: [ });\n  ' +
        'return model;\n}\n',
    );
    assert.equal(error.code, 'model-syntax-error');
    assert.match(error.message, /line 2/);
    const missing = refusal('export function buildModel() {\n  return tf.sequential(;\n}\n');
    assert.match(missing.message, /line 2/);
    assert.equal(refusal('def build_model(:\n    return 1\n', 'python').code, 'model-syntax-error');
    assert.match(
      refusal('def build_model():\n    x = Dense(3\n    return x\n', 'python').message,
      /line [123]/,
    );
  });

  test(
    'reading before the grammar is loaded, and a grammar that is not there, are errors of ' +
      'their own',
    async () => {
      const unloaded = new TreeSitterSyntax(wasmPath);
      assert.throws(() => unloaded.read('', 'python'), { code: 'syntax-grammar-not-loaded' });
      const lost = new TreeSitterSyntax((file) =>
        file.startsWith('tree-sitter-python') ? '/nowhere/python.wasm' : wasmPath(file),
      );
      await assert.rejects(lost.load('python'), { code: 'syntax-grammar-missing' });
    },
  );

  test('further builder names', async () => {
    const further = await loadSyntax('createNet');
    assert.equal(
      readOk(further, 'export const createNet = () => null;\n', 'typescript').builder.name,
      'createNet',
    );
  });
});

describe('positions', () => {
  test('ranges are UTF-16 offsets behind emoji, umlauts and a BOM, in CRLF files too', () => {
    const { text, language } = fixture('mlp.ts');
    const strange =
      `\uFEFF// Größe 😀😀 – ` +
      `大きい\r\n${text.replaceAll('\n', '\r\n').replace('first hidden', 'erste 😀 Schicht: ä')}`;
    const plain = readOk(syntax, text, language);
    const architecture = readOk(syntax, strange, language);
    const slices = architecture.layers.map(({ range }) =>
      strange.slice(range.start, range.end).replaceAll('\r\n', '\n'),
    );
    assert.deepEqual(
      slices,
      plain.layers.map(({ range }) => text.slice(range.start, range.end)),
    );
    assert.deepEqual(
      architecture.layers.map(({ range }) => range.startLine),
      plain.layers.map(({ range }) => range.startLine + 1),
    );
    const rate = architecture.layers[1]?.arguments[0]?.range;
    assert.equal(rate && strange.slice(rate.start, rate.end), 'rate: 0.2');
    assert.ok(strange.slice(architecture.builder.range.start).startsWith('function build_model('));
    assert.ok(strange.slice(0, architecture.builder.range.end).endsWith('return model;\r\n}'));
  });

  test('the same in Python', () => {
    const { text, language } = fixture('sequential.py');
    const strange = `\uFEFF# Größe 😀\r\n${text.replaceAll('\n', '\r\n')}`;
    const dense = readOk(syntax, strange, language).layers[6];
    assert.equal(
      dense && strange.slice(dense.range.start, dense.range.end),
      "layers.Dense(output_units, activation='softmax')",
    );
  });
});

describe('what is followed', () => {
  test('aliases of the runtime and of its parts', () => {
    const text =
      "import * as tfjs from '@tensorflow/tfjs-node';\nconst { layers: L } = tfjs;\nconst " +
      'dense = L.dense;\n' +
      'export const buildModel = () => tfjs.sequential({ layers: [dense({ units: 2, ' +
      'inputShape: [3] }), L.reLU(), tfjs.layers.dense({ units: 1 })] });\n';
    assert.deepEqual(layersOf(readOk(syntax, text, 'javascript')), [
      '0 dense(units: 2, inputShape: [3])',
      '1 reLU() ← 0',
      '2 dense(units: 1) ← 1',
    ]);
    const named =
      "import { layers, sequential } from '@tensorflow/tfjs';\nexport function buildModel() " +
      '{ const m = sequential(); m.add(layers.dense({ units: 1 })); return m; }\n';
    assert.deepEqual(layersOf(readOk(syntax, named, 'typescript')), ['0 dense(units: 1)']);
    assert.deepEqual(
      layersOf(
        builder('return tf.sequential({ layers: [tf.layers.dense({ units: 1 })] });', 'tf, shape'),
      ),
      ['0 dense(units: 1)'],
    );
  });

  test('configuration in a constant, and spread into another', () => {
    const architecture =
      builder(`const common = { activation: 'relu', kernelInitializer: 'heNormal' };
      return tf.sequential({ layers: [tf.layers.dense({ units: 3, ...common }), tf.layers.dense(common)] });`);
    assert.deepEqual(layersOf(architecture), [
      "0 dense(units: 3, activation: 'relu' via common, kernelInitializer: 'heNormal' via common)",
      "1 dense(activation: 'relu' via common, kernelInitializer: 'heNormal' via common) ← 0",
    ]);
  });

  test('a variable that changes is never taken for a constant', () => {
    const architecture = builder(`let units = 64;
      const model = tf.sequential();
      model.add(tf.layers.dense({ units }));
      units = 32;
      model.add(tf.layers.dense({ units }));
      units /= 2;
      model.add(tf.layers.dense({ units }));
      for (let i = 0; i < 3; i++) { model.add(tf.layers.dense({ units: i })); units = i; }
      model.add(tf.layers.dense({ units }));
      return model;`);
    assert.deepEqual(
      layersOf(architecture).map((line) => /units: [^),]*/.exec(line)?.[0]),
      [
        'units: 64 via units',
        'units: 32 via units',
        'units: 16 via units',
        'units: 0 via i',
        'units: 1 via i',
        'units: 2 via i',
        'units: 2 via units',
      ],
    );
  });

  test('layers made by a callback are conditional', () => {
    const architecture = builder(
      'return tf.sequential({ layers: [tf.layers.flatten({ inputShape }), ...[8, ' +
        '4].map((units) => tf.layers.dense({ units })), tf.layers.dense({ units: 1 })] });',
    );
    assert.deepEqual(layersOf(architecture), [
      '0 flatten(inputShape: `inputShape`)',
      '1 dense(units: 8 via units) ← 0 conditional',
      '2 dense(units: 4 via units) ← 1 conditional',
      '3 dense(units: 1) ← 2',
    ]);
    const certain = architecture.layers.map((layer) => layer.certain === true);
    assert.deepEqual(certain, [false, true, true, false]);
  });

  test('a layer that is applied twice is shared: shown twice, not edited', () => {
    const architecture = builder(`const a = tf.input({ shape: [2] });
      const shared = tf.layers.dense({ units: 2 });
      const out = tf.layers.add().apply([shared.apply(a), shared.apply(shared.apply(a))]);
      return tf.model({ inputs: a, outputs: out });`);
    assert.deepEqual(
      architecture.layers.map(({ type, conditional }) => `${type}${conditional ? '?' : ''}`),
      ['inputLayer', 'dense?', 'dense?', 'dense?', 'add'],
    );
  });

  test('layers that the model does not use are left out', () => {
    const architecture = builder(`const a = tf.input({ shape: [2] });
      const unused = tf.layers.dense({ units: 9 }).apply(a);
      return tf.model({ inputs: a, outputs: tf.layers.dense({ units: 1 }).apply(a) });`);
    assert.deepEqual(layersOf(architecture), ['0 inputLayer(shape: [2])', '1 dense(units: 1) ← 0']);
  });

  test(
    'what cannot be followed is opaque: two models, an operation on tensors, a model from ' +
      'elsewhere',
    () => {
      const bodies = [
        'if (inputShape.length > 1) { return tf.sequential({ layers: [tf.layers.flatten()] }); ' +
          '}\nreturn tf.sequential({ layers: [tf.layers.dense({ units: 1 })] });',
        'const a = tf.input({ shape: [2] });\nreturn tf.model({ inputs: a, outputs: ' +
          'tf.layers.dense({ units: 1 }).apply(tf.relu(a)) });',
        'const m = tf.sequential();\nm.add(makeLayer());\nreturn m;',
        'const m = tf.sequential();\nfill(m);\nreturn m;',
        'return this.build();',
        'throw new Error("later");',
        '',
      ];
      for (const body of bodies) {
        const architecture = builder(body);
        assert.equal(architecture.style, 'opaque', body);
        assert.ok(
          architecture.layers.every(({ conditional }) => conditional),
          body,
        );
      }
    },
  );

  test('a helper that calls itself ends', () => {
    const text =
      "import * as tf from '@tensorflow/tfjs';\nconst grow = (x, n) => (n === 0 ? x : " +
      'grow(tf.layers.dense({ units: n }).apply(x), n - 1));\n' +
      'export const buildModel = () => { const i = tf.input({ shape: [1] }); return ' +
      'tf.model({ inputs: i, outputs: grow(i, 3) }); };\n';
    assert.ok(['functional', 'opaque'].includes(readOk(syntax, text, 'javascript').style));
  });
});

describe('source nested too deep to be read', () => {
  const nestings: Readonly<Record<string, readonly [string, string]>> = {
    parentheses: ['(', ')'],
    lists: ['[', ']'],
    negations: ['!', ''],
    conditions: ['1 ? 2 : ', ''],
    objects: ['{ a: ', '}'],
  };
  for (const [name, [open, close]] of Object.entries(nestings)) {
    test(name, async () => {
      const syntax = await loadSyntax();
      const value = `${open.repeat(20_000)}1${close.repeat(20_000)}`;
      const read = syntax.read(
        `export function buildModel() { const a = ${value}; return a; }`,
        'typescript',
      );
      assert.equal(read.ok ? null : read.error.code, 'model-too-deep');
    });
  }
});

describe('what a source imports', () => {
  const importsOf = async (path: string, text: string): Promise<readonly string[]> =>
    (await loadSyntax()).importsOf(path, text);

  test('JavaScript: statements and calls, never comments or strings', async () => {
    const text = [
      "import { a } from './a';",
      "export * from '../b.js';",
      "const c = require('./c');",
      "const d = await import('./d.ts');",
      "// import './secrets.env'",
      'const e = "from \'../secrets.env\'";',
      "import * as tf from '@tensorflow/tfjs';",
    ].join('\n');
    assert.deepEqual([...(await importsOf('m.ts', text))].sort(), [
      '../b.js',
      './a',
      './c',
      './d.ts',
      '@tensorflow/tfjs',
    ]);
  });

  test('Python: modules beside and above, as paths', async () => {
    const text =
      'from .data import load\nfrom .. import lib\nimport utils.blocks as b\n# import x\n';
    assert.deepEqual([...(await importsOf('m.py', text))].sort(), [
      '../',
      '../lib',
      './data',
      './data/load',
      './utils/blocks',
    ]);
  });
});
