import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import ts from 'typescript';
import type { ArchitectureEdit } from '../../../src/model/edits.ts';
import { boolean, call, number, string } from '../../../src/model/values.ts';
import type { TreeSitterSyntax } from '../../../src/adapters/syntax/treeSitterSyntax.ts';
import { fixture, loadSyntax, readOk, spec } from './support.ts';

/**
 * What is written is loaded for real: it builds, keeps its input and output shapes, and the
 * compiler accepts its types.
 */

const SHAPES: Readonly<Record<string, { inputShape: number[]; outputUnits: number }>> = {
  'mlp.ts': { inputShape: [6], outputUnits: 3 },
  'cnn.ts': { inputShape: [8, 8, 1], outputUnits: 4 },
  'functionalResidual.ts': { inputShape: [5], outputUnits: 2 },
  'functionalConst.js': { inputShape: [5], outputUnits: 2 },
  'nestedApply.ts': { inputShape: [7], outputUnits: 2 },
  'lstm.ts': { inputShape: [4, 3], outputUnits: 1 },
  'embedding.js': { inputShape: [10], outputUnits: 1 },
  'classMethod.ts': { inputShape: [4, 4], outputUnits: 3 },
  'arrow.ts': { inputShape: [3], outputUnits: 1 },
  'commonjs.js': { inputShape: [3], outputUnits: 1 },
  'constants.ts': { inputShape: [3], outputUnits: 1 },
  'loop.ts': { inputShape: [3], outputUnits: 1 },
  'helperBlocks.ts': { inputShape: [3], outputUnits: 1 },
  'mixed.ts': { inputShape: [3], outputUnits: 1 },
  'shapeFirst.js': { inputShape: [8, 8, 1], outputUnits: 2 },
};

const HELPER = {
  name: 'absoluteLoss',
  source: {
    typescript:
      'function absoluteLoss(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {\n  return ' +
      'tf.mean(tf.abs(tf.sub(yTrue, yPred)));\n}',
    javascript:
      'function absoluteLoss(yTrue, yPred) {\n  return tf.mean(tf.abs(tf.sub(yTrue, yPred)));\n}',
  },
};

type Build = (shapes: { inputShape: number[]; outputUnits: number }) => tf.LayersModel;

let syntax: TreeSitterSyntax;
before(async () => {
  syntax = await loadSyntax();
  await tf.setBackend('cpu');
});

/** Runs a builder's text as a CommonJS module whose only library is the real TensorFlow.js. */
function build(name: string, text: string): tf.LayersModel {
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      allowJs: true,
    },
  });
  const module: { exports: Record<string, unknown> } = { exports: {} };
  new Function('module', 'exports', 'require', outputText)(module, module.exports, () => tf);
  const found = module.exports['buildModel'] ?? module.exports['build_model'];
  const shapes = SHAPES[name];
  assert.ok(shapes);
  if (typeof found === 'function') return (found as Build)(shapes);
  const Made = module.exports['DigitsModel'] as new () => { buildModel: Build };
  return new Made().buildModel(shapes);
}

const shapesOf = (model: tf.LayersModel): string =>
  JSON.stringify([model.inputs.map(({ shape }) => shape), model.outputs.map(({ shape }) => shape)]);

const written: Record<string, string> = {};

/** The text after the edits, or `null` where they were refused. */
function write(name: string, label: string, edits: readonly ArchitectureEdit[]): string | null {
  const { text, language } = fixture(name);
  const result = syntax.write(text, readOk(syntax, text, language), edits);
  if (!result.ok) return null;
  if (language === 'typescript') written[`${name.replace('.ts', '')}-${label}.ts`] = result.value;
  return result.value;
}

function assertBuildsAlike(
  name: string,
  label: string,
  edits: readonly ArchitectureEdit[],
): boolean {
  const text = write(name, label, edits);
  if (text === null) return false;
  const [model, original] = [build(name, text), build(name, fixture(name).text)];
  assert.equal(shapesOf(model), shapesOf(original), text);
  const shape = original.inputs[0]?.shape.map((size) => size ?? 1) ?? [1];
  const prediction = model.predict(tf.zeros(shape)) as tf.Tensor;
  assert.ok(prediction.dataSync().every(Number.isFinite));
  return true;
}

/** Layers of the original between whose outputs a residual connection fits. */
function residualPlaces(name: string): { from: number; to: number; width: number | null }[] {
  const { text, language } = fixture(name);
  const { layers, style } = readOk(syntax, text, language);
  const built = build(name, text).layers.filter(
    (layer) =>
      style === 'functional' ||
      layer.getClassName() !== 'InputLayer' ||
      layers[0]?.type === 'inputLayer',
  );
  if (built.length !== layers.length || layers.some(({ conditional }) => conditional)) return [];
  return layers.slice(0, -2).flatMap(({ index }) => {
    const [from, to] = [
      built[index]?.outputShape as number[],
      built[index + 1]?.outputShape as number[],
    ];
    if (from.length !== 2 || to.length !== 2 || !layers[index + 1]?.inputs.includes(index))
      return [];
    return [
      { from: index, to: index + 1, width: from.join() === to.join() ? null : (to[1] ?? null) },
    ];
  });
}

for (const name of Object.keys(SHAPES)) {
  describe(name, () => {
    test('normalisation and dropout behind every layer but the last', () => {
      const { text, language } = fixture(name);
      const { layers } = readOk(syntax, text, language);
      const added = [spec('batchNormalization'), spec('dropout', { rate: number(0.1) })];
      const done = layers
        .slice(0, -1)
        .filter(
          ({ index, type }) =>
            type !== 'embedding' &&
            assertBuildsAlike(name, `insert${index}`, [
              { kind: 'insertLayers', after: index, layers: added },
            ]),
        );
      assert.ok(done.length > 0);
    });

    test('a normalisation of the input', () => {
      const accepted = assertBuildsAlike(name, 'front', [
        { kind: 'insertLayers', after: 'input', layers: [spec('batchNormalization')] },
      ]);
      assert.equal(accepted, name !== 'embedding.js');
    });

    test('arguments, an optimiser and a loss that comes along', () => {
      const { text, language } = fixture(name);
      const dense = readOk(syntax, text, language)
        .layers.filter(({ type, conditional }) => type === 'dense' && !conditional)
        .at(-1);
      assert.ok(dense);
      const edits: ArchitectureEdit[] = [
        {
          kind: 'setArgument',
          layer: dense.index,
          name: 'kernelInitializer',
          value: string('heNormal'),
        },
        {
          kind: 'setArgument',
          layer: dense.index,
          name: 'kernelRegularizer',
          value: call('regularizers.l2', { l2: number(1e-4) }),
        },
        {
          kind: 'setCompile',
          optimizer: { type: 'rmsprop', learningRate: 0.002 },
          loss: { kind: 'helper', helper: HELPER },
          fallback: { optimizer: { type: 'adam', learningRate: 0.001 }, loss: 'meanSquaredError' },
        },
      ];
      const accepted = assertBuildsAlike(name, 'training', edits);
      assert.equal(
        accepted,
        !['functionalConst.js', 'commonjs.js'].includes(name),
        'refused only where nothing names the library',
      );
      if (!accepted) return;
      const model = build(name, write(name, 'training', edits) ?? '');
      assert.equal(model.optimizer.getClassName(), 'RMSProp');
      assert.equal(
        (model.loss as (a: tf.Tensor, b: tf.Tensor) => tf.Tensor)(
          tf.tensor1d([1]),
          tf.tensor1d([3]),
        ).dataSync()[0],
        2,
      );
    });

    test('removing what keeps the shape', () => {
      const { text, language } = fixture(name);
      const { layers } = readOk(syntax, text, language);
      for (const { index, type } of layers) {
        if (/dropout|Normalization|reLU/.test(type))
          assertBuildsAlike(name, `remove${index}`, [{ kind: 'removeLayer', layer: index }]);
      }
    });

    test('residual connections', () => {
      for (const { from, to, width } of residualPlaces(name)) {
        const projection =
          width === null ? null : spec('dense', { units: number(width), useBias: boolean(false) });
        const accepted = assertBuildsAlike(name, `residual${from}`, [
          { kind: 'addResidual', from, to, projection },
        ]);
        assert.equal(accepted, !['commonjs.js', 'embedding.js'].includes(name), `${name} ${from}`);
      }
    });
  });
}

test('the TypeScript compiler accepts the types of everything that was written', () => {
  const folder = import.meta.dirname;
  const files = new Map(Object.entries(written).map(([name, text]) => [join(folder, name), text]));
  assert.ok(files.size > 40);
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    paths: { '@tensorflow/tfjs-node': [join(folder, '../../../node_modules/@tensorflow/tfjs')] },
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (file) => files.has(file) || fileExists(file);
  host.readFile = (file) => files.get(file) ?? readFile(file);
  host.getSourceFile = (file, languageVersion, ...rest) => {
    const text = files.get(file);
    return text === undefined
      ? getSourceFile(file, languageVersion, ...rest)
      : ts.createSourceFile(file, text, languageVersion);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  const problems = [...files.keys()].flatMap((file) =>
    program.getSemanticDiagnostics(program.getSourceFile(file)),
  );
  assert.equal(
    ts.formatDiagnostics(problems, {
      getCurrentDirectory: () => folder,
      getCanonicalFileName: (file) => file,
      getNewLine: () => '\n',
    }),
    '',
  );
});
