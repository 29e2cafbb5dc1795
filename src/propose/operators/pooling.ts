import type { Layer } from '../../model/architecture.ts';
import type { LayerSpec } from '../../model/edits.ts';
import { argumentOf } from '../../model/layerArguments.ts';
import type { Shape } from '../../model/lens/shape.ts';
import { number, string } from '../../model/values.ts';
import { defineOperator } from './defineOperator.ts';
import { isFlatten, isGlobalPooling, isMaxPooling, isPooling } from './layerKinds.ts';
import { layerSpec } from './layerSpecs.ts';
import { type Network, describe, incomingShapeOf } from './network.ts';
import type { Idea } from './operator.ts';

/** Maximum ↔ average, or a strided convolution that learns how to pool. */
export const pooling = defineOperator({
  name: 'pooling',
  family: 'pooling',
  source:
    'Springenberg et al., Striving for Simplicity, 2014 (arXiv 1412.6806); Boureau, Ponce & ' +
    'LeCun, 2010',
  answers: { underfitting: 0.25, plateau: 0.25, overfitting: 0.1 },
  base: 0.12,
  gain: 0.12,
  ideas: ({ network }) =>
    network.hidden
      .filter(isPooling)
      .flatMap((layer) => [otherKind(network, layer), ...strided(network, layer)]),
});

function otherKind(network: Network, layer: Layer): Idea {
  const [from, to] = isMaxPooling(layer)
    ? (['max', 'average'] as const)
    : (['average', 'max'] as const);
  const why =
    to === 'average'
      ? 'keeps the whole window instead of its strongest point, which is less noisy'
      : 'keeps the strongest response of each window, which is sharper';
  return {
    title: `Pool by ${to} instead of ${from} in ${describe(network, layer)}`,
    edits: [{ kind: 'replaceLayer', layer: layer.index, with: poolingLayer(layer, to) }],
    variantKey: `layer ${layer.index}, ${to}`,
    because: `${to} pooling in place of ${describe(network, layer)} ${why}`,
  };
}

function poolingLayer(layer: Layer, kind: 'max' | 'average'): LayerSpec {
  const kept = layer.arguments.filter(({ name }) =>
    ['poolSize', 'strides', 'padding'].includes(name),
  );
  return layerSpec(
    `${kind}Pooling2d`,
    Object.fromEntries(kept.map(({ name, value }) => [name, value])),
  );
}

/** Windows and steps stay those of the pooling, so every shape behind stays too. */
function strided(network: Network, layer: Layer): readonly Idea[] {
  const channels = incomingShapeOf(network, layer)?.[2];
  if (!channels) return [];
  const window = argumentOf(layer, 'poolSize') ?? number(2);
  const strides = argumentOf(layer, 'strides') ?? window;
  const padding = argumentOf(layer, 'padding') ?? string('valid');
  const convolution = layerSpec('conv2d', {
    filters: number(channels),
    kernelSize: window,
    strides,
    padding,
    activation: string('relu'),
  });
  return [
    {
      title: `Replace ${describe(network, layer)} by a strided convolution`,
      edits: [{ kind: 'replaceLayer', layer: layer.index, with: convolution }],
      variantKey: `layer ${layer.index}, strided`,
      because:
        `a strided convolution of ${channels} filters in place of ${describe(network, layer)} ` +
        'learns what to keep of each window',
      fit: 0.8,
      growth: network.parameters ? 1 + (4 * channels * channels) / network.parameters : 1,
    },
  ];
}

const FEWEST_CHANNELS = 32;

/** Flatten ↔ global average pooling behind convolutions. */
export const globalPooling = defineOperator({
  name: 'global-pooling',
  family: 'pooling',
  source: 'Lin, Chen & Yan, Network in Network, 2013 (arXiv 1312.4400)',
  answers: { overfitting: 0.4, 'train-validation-gap': 0.25, underfitting: 0.1 },
  base: 0.1,
  gain: 0.15,
  ideas: ({ network }) => network.hidden.flatMap((layer) => exchange(network, layer)),
});

const FEWEST_FEATURES = 8;

/** What a sequence holds on average, wherever in it that stands. */
function overSteps(layer: Layer, [steps, features]: Shape): readonly Idea[] {
  if (!isFlatten(layer) || !steps || !features) return [];
  if (steps < 2 || features < FEWEST_FEATURES || layer.inputs.length === 0) return [];
  return [
    swap(
      layer,
      'globalAveragePooling1d',
      `averaging over ${steps} steps leaves ${features} numbers instead of ${steps * features}: ` +
        'far fewer weights behind it, and what was seen counts wherever it stood',
      0.5,
    ),
  ];
}

function exchange(network: Network, layer: Layer): readonly Idea[] {
  const incoming = incomingShapeOf(network, layer) ?? [];
  if (incoming.length === 2) return overSteps(layer, incoming);
  const [rows, columns, channels] = incoming;
  if (!rows || !columns || !channels || layer.inputs.length === 0) return [];
  const sizes = `${rows}×${columns}×${channels}`;
  if (isFlatten(layer) && channels >= FEWEST_CHANNELS && rows * columns > 1) {
    return [
      swap(
        layer,
        'globalAveragePooling2d',
        `global average pooling turns ${sizes} into ${channels} numbers instead of ` +
          `${rows * columns * channels}: far fewer weights behind it, and no place to memorise`,
        0.5,
      ),
    ];
  }
  return isGlobalPooling(layer)
    ? [
        swap(
          layer,
          'flatten',
          `flattening keeps where in ${sizes} something was seen, which global pooling throws away`,
          2,
        ),
      ]
    : [];
}

const swap = (layer: Layer, type: string, because: string, growth: number): Idea => ({
  title: `Replace ${layer.type} by ${type}`,
  edits: [{ kind: 'replaceLayer', layer: layer.index, with: layerSpec(type) }],
  variantKey: `layer ${layer.index}, ${type}`,
  because,
  growth,
});
