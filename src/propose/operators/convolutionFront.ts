import type { Layer } from '../../model/architecture.ts';
import type { ArchitectureEdit, LayerSpec } from '../../model/edits.ts';
import { list, number } from '../../model/values.ts';
import { defineOperator } from './defineOperator.ts';
import { isConvolution, isFlatten, isInput } from './layerKinds.ts';
import { convolutionBlock, layerSpec } from './layerSpecs.ts';
import { incomingShapeOf, inputShapeOf, insertionBefore, type Network } from './network.ts';
import type { Idea } from './operator.ts';
import type { OperatorContext } from './operatorContext.ts';
import type { Shape } from '../../model/lens/shape.ts';

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
