import type { Layer } from '../../model/architecture.ts';
import { defineOperator } from './defineOperator.ts';
import { isFlatten, isGlobalPooling } from './layerKinds.ts';
import { layerSpec } from './layerSpecs.ts';
import { incomingShapeOf, type Network } from './network.ts';
import type { Idea } from './operator.ts';

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

function exchange(network: Network, layer: Layer): readonly Idea[] {
  const [rows, columns, channels] = incomingShapeOf(network, layer) ?? [];
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
