import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Architecture, Layer } from '../../../src/model/architecture.ts';
import type { ArchitectureEdit } from '../../../src/model/edits.ts';
import { boolean, call, number, string } from '../../../src/model/values.ts';
import { fixture, readOk, spec, words } from './support.ts';
import { isOfLine, written, onEveryLayer, syntax } from './writtenProperties.ts';

/**
 * For every builder and every edit that fits it somewhere: parse → write → parse gives what the
 * edit promises.
 */

const NAMES = [
  'mlp.ts',
  'cnn.ts',
  'functionalResidual.ts',
  'functionalConst.js',
  'nestedApply.ts',
  'lstm.ts',
  'embedding.js',
  'classMethod.ts',
  'arrow.ts',
  'commonjs.js',
  'constants.ts',
  'loop.ts',
  'helperBlocks.ts',
  'shapeFirst.js',
  'mixed.ts',
];

const SPECS = [spec('batchNormalization'), spec('dropout', { rate: number(0.25) })];

const fallback = {
  optimizer: { type: 'adam', learningRate: 0.001 },
  loss: 'meanSquaredError',
} as const;

const short = (layer: Layer | undefined): string =>
  layer
    ? `${layer.type}(${layer.arguments
        .map(({ name, value }) => `${name}: ${words(value)}`)
        .toSorted()
        .join(', ')})`
    : 'none';

const at = ({ layers }: Architecture, index: number): Layer => {
  const layer = layers[index];
  assert.ok(layer);
  return layer;
};

const readers = ({ layers }: Architecture, of: number): number[] =>
  layers.flatMap(({ inputs, index }) => (inputs.includes(of) ? [index] : []));

for (const name of NAMES) {
  describe(name, () => {
    const source = fixture(name);

    test('no edit, no change', () => {
      const result = syntax.write(source.text, readOk(syntax, source.text, source.language), []);
      assert.ok(result.ok && result.value === source.text);
    });

    test('setArgument', () => {
      const accepted = onEveryLayer(
        source,
        ({ index }) => ({ kind: 'setArgument', layer: index, name: 'units', value: number(77) }),
        (layer, a, b) => {
          assert.deepEqual(
            b.layers.filter(({ index }) => !isOfLine(layer, at(a, index))).map(short),
            a.layers.filter((other) => !isOfLine(layer, other)).map(short),
          );
          assert.match(short(b.layers[layer.index]), /\bunits: 77\b/);
          assert.equal(
            b.layers[layer.index]?.arguments.length,
            layer.arguments.length + (layer.arguments.some((it) => it.name === 'units') ? 0 : 1),
          );
        },
      );
      assert.ok(accepted > 0);
    });

    test('setArgument with a call of the runtime', () => {
      const value = call('regularizers.l2', { l2: number(1e-5) });
      const accepted = onEveryLayer(
        source,
        ({ index }) => ({ kind: 'setArgument', layer: index, name: 'kernelRegularizer', value }),
        (layer, _, b) => {
          assert.match(
            short(b.layers[layer.index]),
            /kernelRegularizer: regularizers\.l2\(l2: 0\.00001\)/,
          );
        },
      );
      assert.equal(
        accepted > 0,
        !['functionalConst.js', 'commonjs.js'].includes(name),
        'refused only where nothing names the library',
      );
    });

    test('removeArgument', () => {
      for (const argument of ['activation', 'rate', 'units']) {
        onEveryLayer(
          source,
          ({ index }) => ({ kind: 'removeArgument', layer: index, name: argument }),
          (layer, a, b) => {
            const kept = layer.arguments.filter((it) => it.name !== argument);
            assert.equal(short(b.layers[layer.index]), short({ ...layer, arguments: kept }));
            assert.equal(b.layers.length, a.layers.length);
          },
        );
      }
    });

    test('replaceLayer', () => {
      const added = spec('dense', { units: number(7), activation: string('selu') });
      const accepted = onEveryLayer(
        source,
        ({ index }) => ({ kind: 'replaceLayer', layer: index, with: added }),
        (layer, a, b) => {
          const shape = layer.arguments
            .filter((it) => it.name === 'inputShape')
            .map(({ value }) => `inputShape: ${words(value)}, `);
          assert.equal(
            short(b.layers[layer.index]),
            `dense(activation: 'selu', ${shape.join('')}units: 7)`,
          );
          assert.deepEqual(
            b.layers.map(({ inputs }) => inputs),
            a.layers.map(({ inputs }) => inputs),
          );
        },
      );
      assert.ok(accepted > 0);
    });

    test('insertLayers', () => {
      const accepted = onEveryLayer(
        source,
        ({ index }) => ({ kind: 'insertLayers', after: index, layers: SPECS }),
        (layer, a, b) => {
          const at = layer.index + 1;
          assert.deepEqual(b.layers.map(short), [
            ...a.layers.slice(0, at).map(short),
            'batchNormalization()',
            'dropout(rate: 0.25)',
            ...a.layers.slice(at).map(short),
          ]);
          assert.deepEqual(
            { first: b.layers[at]?.inputs, second: b.layers[at + 1]?.inputs },
            { first: [layer.index], second: [at] },
          );
          assert.deepEqual(readers(b, layer.index), [at], 'only the new layer reads the old one');
          assert.deepEqual(
            readers(b, at + 1),
            readers(a, layer.index).map((index) => index + 2),
          );
        },
      );
      assert.ok(accepted > 0);
    });

    test('insertLayers in front', () => {
      const architecture = readOk(syntax, source.text, source.language);
      const result = written({
        source,
        before: architecture,
        edit: { kind: 'insertLayers', after: 'input', layers: SPECS.slice(0, 1) },
      });
      assert.equal(
        result === null,
        name === 'embedding.js',
        'only an embedding states its input in a way of its own',
      );
      if (!result) return;
      const position = architecture.layers[0]?.type === 'inputLayer' ? 1 : 0;
      const inserted = result.after.layers[position];
      assert.equal(inserted?.type, 'batchNormalization');
      assert.equal(
        result.after.layers.flatMap((layer) =>
          layer.arguments.filter((it) => /^(inputShape|shape|batchInputShape)$/.test(it.name)),
        ).length,
        1,
      );
      assert.deepEqual(
        result.after.layers.filter(({ index }) => index !== position).map(({ type }) => type),
        architecture.layers.map(({ type }) => type),
      );
    });

    test('removeLayer', () => {
      const accepted = onEveryLayer(
        source,
        ({ index }) => ({ kind: 'removeLayer', layer: index }),
        (layer, a, b) => {
          assert.deepEqual(
            b.layers.map(({ type }) => type),
            a.layers.filter((it) => it !== layer).map(({ type }) => type),
          );
          const shapes = (all: readonly Layer[]): number =>
            all.filter((it) => it.arguments.some(({ name: argument }) => argument === 'inputShape'))
              .length;
          assert.equal(shapes(b.layers), shapes(a.layers), 'the input shape is still stated');
          const uses = (all: readonly Layer[], of: number): number =>
            all.flatMap(({ inputs }) => inputs).filter((input) => input === of).length;
          const [input] = layer.inputs;
          if (input !== undefined)
            assert.equal(
              uses(b.layers, input),
              uses(a.layers, input) - 1 + uses(a.layers, layer.index),
            );
        },
      );
      assert.ok(accepted > 0);
    });

    test('addResidual', () => {
      for (const projection of [
        null,
        spec('dense', { units: number(5), useBias: boolean(false) }),
      ]) {
        const accepted = onEveryLayer(
          source,
          ({ index }) => ({ kind: 'addResidual', from: index, to: index + 1, projection }),
          (layer, a, b) => {
            assert.equal(b.style, 'functional');
            const offset = a.layers[0]?.type === 'inputLayer' ? 0 : 1;
            const [from, to] = [layer.index + offset, layer.index + 1 + offset];
            const sum = b.layers[to + (projection ? 2 : 1)];
            assert.deepEqual(
              { type: sum?.type, inputs: sum?.inputs },
              { type: 'add', inputs: [to, projection ? to + 1 : from] },
            );
            assert.deepEqual(readers(b, to), [sum?.index]);
            assert.equal(b.layers.length, a.layers.length + offset + (projection ? 2 : 1));
          },
        );
        assert.equal(accepted > 0, !['loop.ts', 'embedding.js', 'commonjs.js'].includes(name));
      }
    });

    test('setCompile', () => {
      const architecture = readOk(syntax, source.text, source.language);
      for (const optimizer of [
        { type: 'adam', learningRate: 0.003 },
        { type: 'momentum', learningRate: 1e-4 },
        { type: 'sgd', learningRate: 0.5 },
      ] as const) {
        const edit: ArchitectureEdit = { kind: 'setCompile', optimizer, fallback };
        const result = written({ source, before: architecture, edit });
        assert.ok(result || !/\btrain\b|\btf\b/.test(source.text));
        const { type, learningRate } = optimizer;
        const given = result?.after.compile?.optimizer;
        assert.deepEqual(
          { type: given?.type, learningRate: given?.learningRate },
          { type, learningRate },
        );
        assert.deepEqual(
          result?.after.compile?.loss,
          architecture.compile ? architecture.compile.loss : string('meanSquaredError'),
        );
        assert.deepEqual(result?.after.layers.map(short), architecture.layers.map(short));
      }
      const both = written({
        source,
        before: architecture,
        edit: {
          kind: 'setCompile',
          optimizer: { type: 'rmsprop', learningRate: 0.01 },
          loss: { kind: 'named', name: 'hinge' },
          fallback,
        },
      });
      const compile = both?.after.compile;
      assert.deepEqual(
        { loss: compile?.loss, optimizer: compile?.optimizer?.type },
        { loss: string('hinge'), optimizer: 'rmsprop' },
      );
    });

    test('several edits at once name the layers as they were before the first', () => {
      const architecture = readOk(syntax, source.text, source.language);
      const free = architecture.layers.filter(
        ({ conditional, type }) => !conditional && type !== 'inputLayer',
      );
      const [first, last] = [free[0], free.at(-1)];
      assert.ok(first && last);
      const edits: ArchitectureEdit[] = [
        { kind: 'insertLayers', after: first.index, layers: SPECS },
        { kind: 'setArgument', layer: last.index, name: 'name', value: string('last') },
        { kind: 'setArgument', layer: first.index, name: 'name', value: string('first') },
      ];
      const result = syntax.write(source.text, architecture, edits);
      assert.ok(result.ok, result.ok ? '' : result.error.message);
      const after = readOk(syntax, result.value, source.language);
      assert.match(short(after.layers[first.index]), /name: 'first'/);
      assert.match(short(after.layers[last.index + (last === first ? 0 : 2)]), /name: 'last'/);
    });
  });
}
