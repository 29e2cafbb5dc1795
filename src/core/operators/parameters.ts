import type { Architecture, Layer } from '../model/architecture.ts';
import type { DataProfile } from '../ports.ts';
import { flagOf, numberOf, pairOf } from './layerArguments.ts';
import { inferShapes, type InferredShape, type Shape } from './shapes.ts';

/** Number of weights of the whole model; `null` when a shape cannot be read from the source. */
export function countParameters(architecture: Architecture, data: DataProfile | null): number | null {
  const shapes = inferShapes(architecture, data);
  let sum = 0;
  for (const layer of architecture.layers) {
    const input = layer.inputs[0] === undefined ? (data?.inputShape ?? 'unknown') : shapes[layer.inputs[0]];
    const weights = weightsOf(layer, input, shapes[layer.index]);
    if (weights === null) return null;
    sum += weights;
  }
  return sum;
}

function weightsOf(layer: Layer, input: InferredShape | undefined, output: InferredShape | undefined): number | null {
  if (!Array.isArray(input) || !Array.isArray(output)) return null;
  return COUNTS[layer.type]?.(layer, input, output) ?? 0;
}

type Count = (layer: Layer, input: Shape, output: Shape) => number;

const last = (shape: Shape): number => shape.at(-1) ?? 0;
const bias = (layer: Layer, units: number): number => (flagOf(layer, 'useBias', true) ? units : 0);
const kernelArea = (layer: Layer): number => (pairOf(layer, 'kernelSize', 1) ?? [1, 1]).reduce((a, b) => a * b);

const recurrent = (gates: number): Count => (layer, input, output) =>
  gates * (last(input) + last(output)) * last(output) + gates * bias(layer, last(output));

const COUNTS: Readonly<Record<string, Count>> = {
  dense: (layer, input, output) => last(input) * last(output) + bias(layer, last(output)),
  conv2d: (layer, input, output) => kernelArea(layer) * last(input) * last(output) + bias(layer, last(output)),
  depthwiseConv2d: (layer, _input, output) => kernelArea(layer) * last(output) + bias(layer, last(output)),
  separableConv2d: (layer, input, output) => kernelArea(layer) * last(input) + last(input) * last(output) + bias(layer, last(output)),
  batchNormalization: (_layer, input) => 4 * last(input),
  layerNormalization: (_layer, input) => 2 * last(input),
  embedding: (layer, _input, output) => (numberOf(layer, 'inputDim') ?? 0) * last(output),
  lstm: recurrent(4), gru: recurrent(3), simpleRNN: recurrent(1),
};
