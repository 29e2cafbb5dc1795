import type { Layer } from '../../model/architecture.ts';
import type { ArchitectureEdit, LayerSpec } from '../../model/edits.ts';
import { argumentOf } from '../../model/layerArguments.ts';
import type { Shape } from '../../model/lens/shape.ts';
import { list, number } from '../../model/values.ts';
import { defineOperator } from './defineOperator.ts';
import {
  isCompanion,
  isConvolution,
  isDense,
  isFlatten,
  isGlobalPooling,
  isInput,
  isPooling,
} from './layerKinds.ts';
import { convolutionBlock, layerSpec } from './layerSpecs.ts';
import { type Network, incomingShapeOf, inputShapeOf, insertionBefore } from './network.ts';
import type { Idea } from './operator.ts';
import type { OperatorContext } from './operatorContext.ts';

const FILTERS = [16, 32];
const SMALLEST_SIDE = 4;

/** Convolution and pooling in front of a dense model whose input is an image. */
export const convolutionFront = defineOperator({
  name: 'convolution-front',
  family: 'front',
  source:
    'LeCun, Bottou, Bengio & Haffner, ' +
    'Gradient-Based Learning Applied to Document Recognition, 1998',
  answers: {
    underfitting: 0.6,
    overfitting: 0.45,
    plateau: 0.5,
    'train-validation-gap': 0.3,
    'under-trained': 0.2,
  },
  base: 0.5,
  gain: 0.5,
  ideas(context) {
    const { network } = context;
    if (network.head.length === 0 || network.architecture.layers.some(isConvolution)) return [];
    const place = imageBeforeDense(network) ?? flatImage(context);
    return place ? FILTERS.map((filters, rank) => front(place, filters, 0.95 ** rank)) : [];
  },
});

/** Where the image is, and what has to stand around the convolution there. */
interface Place {
  readonly image: Shape;
  readonly after: number | 'input';
  readonly before: readonly LayerSpec[];
  readonly behind: readonly LayerSpec[];
}

/**
 * An image that a flatten layer (or a reshape into one line) takes apart: the convolution goes
 * right in front of it.
 */
function imageBeforeDense(network: Network): Place | null {
  const flattening = (layer: Layer): boolean =>
    isFlatten(layer) && network.hidden.includes(layer) && isImage(incomingShapeOf(network, layer));
  const flatten = network.architecture.layers.find(flattening);
  const image = flatten ? incomingShapeOf(network, flatten) : null;
  const after = flatten ? insertionBefore(flatten) : null;
  return image && after !== null ? { image, after, before: [], behind: [] } : null;
}

/**
 * Flat rows that the study says are images: put into shape, and flattened again for what follows.
 */
function flatImage({ network, config }: OperatorContext): Place | null {
  const flat = inputShapeOf(network);
  const image = typeof config.data === 'object' ? config.data.inputShape : undefined;
  if (!image || flat?.length !== 1 || !isImage(image) || image.reduce((a, b) => a * b) !== flat[0])
    return null;
  const input = network.architecture.layers.find(isInput);
  const reshape = layerSpec('reshape', { targetShape: list(...image.map(number)) });
  return {
    image,
    after: input?.index ?? 'input',
    before: [reshape],
    behind: [layerSpec('flatten')],
  };
}

const isImage = (shape: Shape | null): boolean =>
  shape?.length === 3 && Math.min(...shape.slice(0, 2)) >= SMALLEST_SIDE;

function front({ image, after, before, behind }: Place, filters: number, fit: number): Idea {
  const edit: ArchitectureEdit = {
    kind: 'insertLayers',
    after,
    layers: [...before, ...convolutionBlock(filters), ...behind],
  };
  return {
    title: `Put a 3×3 convolution of ${filters} filters and max pooling in front`,
    edits: [edit],
    variantKey: `${filters} filters`,
    because:
      `the input is an image of ${image.join('×')} that is read as one flat row; ${filters} ` +
      '3×3 filters with max pooling see neighbouring pixels together and the same stroke ' +
      'anywhere',
    fit,
    growth: filters / 4 / (image[2] ?? 1),
  };
}

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
