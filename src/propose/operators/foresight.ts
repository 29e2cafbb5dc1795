import type { Architecture, Layer } from '../../model/architecture.ts';
import { numberOf, stringOf } from '../../model/layerArguments.ts';

/** Layers whose answer at a step takes in all steps. */
const ALL_STEPS = new Set(['bidirectional', 'selfAttention', 'spectralMixing', 'permute']);
/** Windows over steps, or over the columns of a picture of one row. */
const WINDOW = /conv|pooling/i;

/** Some layer lets a step see those behind it: no model may that is to foretell them. */
export const looksAhead = ({ layers }: Architecture): boolean =>
  layers.some((layer) => ALL_STEPS.has(layer.type) || (WINDOW.test(layer.type) && isAround(layer)));

/** A window with padding on both sides; one that has none takes steps away, and shapes tell. */
const isAround = (layer: Layer): boolean =>
  stringOf(layer, 'padding') === 'same' && numberOf(layer, 'kernelSize') !== 1;
