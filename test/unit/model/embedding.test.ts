import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { mapArchitectures } from '../../../src/show/views/architectureMap.ts';
import { embedding, embeddingNames } from '../../../src/model/embedding.ts';
import { traits } from '../../../src/model/traits.ts';

const net = (
  layers: string,
  compile = "adam(learningRate: 0.001), 'categoricalCrossentropy'",
): string => `input(shape: [64]) > ${layers} | ${compile}`;
const plain = net('dense(units: 32) > relu > dense(units: 10) > softmax');

const distance = (a: string, b: string): number =>
  Math.hypot(...embedding(a).map((value, index) => value - (embedding(b)[index] ?? 0)));
const at = (name: string, fingerprint: string): number =>
  embedding(fingerprint)[embeddingNames.indexOf(name)] ?? Number.NaN;

describe('the vector of an architecture', () => {
  test('has a name for each of its components', () => {
    assert.equal(embedding(plain).length, embeddingNames.length);
    assert.ok(embedding(plain).every(Number.isFinite));
  });

  test('is equal for equal architectures and another for any other', () => {
    const others = [
      net('dense(units: 33) > relu > dense(units: 10) > softmax'),
      net('dense(units: 32) > tanh > dense(units: 10) > softmax'),
      net("dense(kernelInitializer: 'heNormal', units: 32) > relu > dense(units: 10) > softmax"),
      'opaque | source #1',
    ];
    assert.deepEqual(embedding(plain), embedding(`${plain}`));
    for (const other of others) assert.ok(distance(plain, other) > 0, other);
  });

  test('puts a little change nearer than another network', () => {
    const wider = net('dense(units: 48) > relu > dense(units: 10) > softmax');
    const convolution = net(
      'conv2d(filters: 16, kernelSize: [3, 3]) > relu > flatten > dense(units: 10) > softmax',
    );
    assert.ok(distance(plain, wider) < distance(plain, convolution) / 3);
  });

  test('tells normalisation, regularisation, activation, loss, optimiser, learning rate and skips', () => {
    const rich = net(
      'batchNormalization > dense(kernelRegularizer: regularizers.l2(l2: 0.01), units: 32) > ' +
        'elu > dropout(rate: 0.5) > add@1+4',
      "sgd(learningRate: 0.1), 'meanSquaredError'",
    );
    for (const name of [
      'batch normalisation',
      'L2',
      'smooth rectifier',
      'dropout',
      'squared error',
      'sgd',
      'skip connections',
    ])
      assert.ok(at(name, rich) > 0 && at(name, plain) === 0, name);
    assert.equal(at('learning rate', rich) - at('learning rate', plain), 1);
  });
});

test('traits are what people would say of it', () => {
  assert.deepEqual(traits(plain), ['2 deep', '32+ wide', 'adam', 'rate 1e-3']);
  assert.deepEqual(traits('opaque'), ['unreadable builder']);
});

describe('the map', () => {
  const attempts = Array.from({ length: 40 }, (_, index) => ({
    id: `a${index}`,
    fingerprint:
      index % 2 === 0
        ? net(`dense(units: ${20 + index}) > relu > dense(units: 10)`)
        : net(
            `conv2d(filters: ${8 + index}, kernelSize: [3, 3]) > relu > maxPooling2d > ` +
              'flatten > dense(units: 10)',
          ),
  }));

  test('is the same for the same attempts, with one point for an architecture', () => {
    const twice = [
      ...attempts,
      { id: 'again', fingerprint: attempts[0]?.fingerprint ?? null },
      { id: 'unread', fingerprint: null },
    ];
    const map = mapArchitectures(twice);
    assert.deepEqual(map, mapArchitectures(twice));
    assert.equal(map.points.length, 40);
    assert.deepEqual(map.points[0]?.ids, ['a0', 'again']);
    assert.equal(map.unread, 1);
    for (const { pca, umap } of map.points)
      for (const value of [...pca, ...(umap ?? [])]) assert.ok(value >= 0 && value <= 1);
  });

  test('keeps kinds apart, and names clusters by what sets them apart', () => {
    const { points, clusters } = mapArchitectures(attempts);
    const ofKind = (even: boolean): Set<number> =>
      new Set(
        points.filter((_, index) => (index % 2 === 0) === even).map(({ cluster }) => cluster),
      );
    assert.deepEqual(
      [...ofKind(true)].filter((cluster) => ofKind(false).has(cluster)),
      [],
    );
    assert.ok(
      [...ofKind(false)].every((cluster) => /convolution|pooling/.test(clusters[cluster] ?? '')),
      clusters.join(' | '),
    );
    assert.equal(new Set(clusters).size, clusters.length, clusters.join(' | '));
  });

  test('leaves every architecture in its place when a new one comes', () => {
    const placesOf = (count: number) => mapArchitectures(attempts.slice(0, count)).points;
    const [before, after] = [placesOf(22), placesOf(23)];
    assert.equal(after.length, 23);
    for (const [index, { pca, umap, depth }] of before.entries()) {
      assert.deepEqual(after[index]?.umap, umap);
      assert.ok(
        pca.every((value, axis) => Math.abs(value - (after[index]?.pca[axis] ?? 9)) < 1e-9),
      );
      assert.equal(depth, 2);
    }
  });

  test('stands for one attempt, and for none', () => {
    assert.deepEqual(
      mapArchitectures(attempts.slice(0, 1)).points.map(({ pca }) => pca),
      [[0.5, 0.5]],
    );
    assert.deepEqual(mapArchitectures([]).points, []);
  });
});
