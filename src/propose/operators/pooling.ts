import type { Layer } from '../../model/architecture.ts';
import type { LayerSpec } from '../../model/edits.ts';
import { number, string } from '../../model/values.ts';
import { argumentOf } from '../../model/layerArguments.ts';
import { defineOperator } from './defineOperator.ts';
import { isMaxPooling, isPooling } from './layerKinds.ts';
import { layerSpec } from './layerSpecs.ts';
import { describe, incomingShapeOf, type Network } from './network.ts';
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
