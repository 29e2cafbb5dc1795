import type { Architecture, Layer } from '../architecture.ts';
import { flopsOf } from './flops.ts';
import { statedWeights, weightsOf } from './parameters.ts';
import type { DataShape, InferredShape, Shape, Surroundings } from './shape.ts';
import { isKnown } from './shape.ts';
import { inferShapes, inputsOf } from './shapes.ts';
import { torchView } from './torchView.ts';
import { withDefaults } from './withDefaults.ts';

/** What the source says of one layer; `null`: it does not say. */
export interface LayerLens {
  readonly layer: Layer;
  /** `impossible`: no layer of this kind can read what it is given. */
  readonly outputShape: InferredShape;
  readonly parameters: number | null;
  /** Of one forward pass of one example; see `flopsOf`. */
  readonly flops: number | null;
}

/** What the source says of a model, without building it. */
export interface Lens {
  readonly layers: readonly LayerLens[];
  /** Of all layers together; `null` where one is not known. */
  readonly parameters: number | null;
  readonly flops: number | null;
}

/**
 * Shapes, parameters and floating-point operations of a builder's layers from its source, and from
 * the data where it is known.
 */
export function lensOf(architecture: Architecture, data: DataShape | null): Lens {
  const shapes = inferShapes(architecture, data);
  const { language, layers: written } = torchView(withDefaults(architecture, data), data);
  const layers = written.map((layer, index): LayerLens => {
    const inputs = inputsOf(layer, shapes, data);
    const output = shapes[index] ?? 'unknown';
    return measure(layer, { inputs, output, surroundings: { data, language } });
  });
  return { layers, parameters: totalOf(layers, 'parameters'), flops: totalOf(layers, 'flops') };
}

/** Number of weights of the whole model; `null` when it cannot be read from the source. */
export const countParameters = (
  architecture: Architecture,
  data: DataShape | null,
): number | null => lensOf(architecture, data).parameters;

function measure(
  layer: Layer,
  {
    inputs,
    output,
    surroundings,
  }: { inputs: readonly InferredShape[]; output: InferredShape; surroundings: Surroundings },
): LayerLens {
  const [first, ...others]: readonly Shape[] = inputs.filter(isKnown);
  const uncertain = layer.conditional && layer.certain !== true;
  const stated = layer.reuses === undefined ? statedWeights(layer) : 0;
  const nothing = {
    layer,
    outputShape: output,
    parameters: uncertain || output === 'impossible' ? null : stated,
    flops: null,
  };
  if (!first || others.length + 1 < inputs.length || !isKnown(output)) return nothing;
  return {
    layer,
    outputShape: output,
    parameters: layer.reuses === undefined ? weightsOf(layer, first, surroundings) : 0,
    flops: flopsOf({ layer, inputs: [first, ...others], output, surroundings }),
  };
}

function totalOf(layers: readonly LayerLens[], key: 'parameters' | 'flops'): number | null {
  const known = layers.map((layer) => layer[key]).filter((value) => value !== null);
  return known.length === layers.length && layers.length > 0
    ? known.reduce((sum, value) => sum + value, 0)
    : null;
}
