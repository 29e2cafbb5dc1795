import type { ArchitectureEdit } from '../../model/edits.ts';
import { argumentOf } from '../../model/layerArguments.ts';
import { defineOperator } from './defineOperator.ts';
import {
  isCompanion,
  isConvolution,
  isDense,
  isFlatten,
  isGlobalPooling,
  isPooling,
} from './layerKinds.ts';
import { layerSpec } from './layerSpecs.ts';
import { inputShapeOf, type Network } from './network.ts';

/**
 * The image read as one flat row by dense layers: cheaper where position matters more than
 * neighbourhood.
 */
export const denseFront = defineOperator({
  name: 'dense-front',
  family: 'front',
  source: 'Tolstikhin et al., MLP-Mixer, 2021 (arXiv 2105.01601): dense layers on images',
  answers: { 'not-learning': 0.3, overfitting: -0.3 },
  base: 0.06,
  gain: 0.1,
  ideas({ network }) {
    const edits = replaceFront(network);
    const shape = inputShapeOf(network);
    return edits && shape
      ? [
          {
            title: 'Replace the convolutions by a flat dense front',
            edits,
            variantKey: 'flat',
            because:
              `dense layers read the ${shape.join('×')} input as one row of ` +
              `${shape.reduce((a, b) => a * b)} numbers, which is faster and enough where what ` +
              'matters stands at fixed places',
            growth: 1.5,
          },
        ]
      : [];
  },
});

/**
 * Removes everything from the first convolution to the flattening; the dense layers behind it stay.
 */
function replaceFront(network: Network): readonly ArchitectureEdit[] | null {
  const { layers } = network.architecture;
  const start = layers.findIndex(isConvolution);
  const end = layers.findIndex((layer) => isFlatten(layer) || isGlobalPooling(layer));
  const front = layers.slice(start, end);
  const chain = front.every(
    (layer) =>
      network.hidden.includes(layer) &&
      layer.inputs.length <= 1 &&
      (isConvolution(layer) || isPooling(layer) || isCompanion(layer)),
  );
  const [first, ...rest] = front;
  const flattening = layers[end];
  if (
    start < 0 ||
    !first ||
    !flattening ||
    !chain ||
    !layers.slice(end + 1).some((layer) => network.hidden.includes(layer) && isDense(layer))
  )
    return null;
  const remove = (layer: { readonly index: number }): ArchitectureEdit => ({
    kind: 'removeLayer',
    layer: layer.index,
  });
  const carriesInput = argumentOf(first, 'inputShape') !== null || first.inputs.length === 0;
  if (!carriesInput && isFlatten(flattening)) return front.map(remove);
  return [
    { kind: 'replaceLayer', layer: first.index, with: layerSpec('flatten') },
    ...[...rest, flattening].map(remove),
  ];
}
