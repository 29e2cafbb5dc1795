import type { Layer } from '../architecture.ts';
import { argumentOf, flagOf, innerLayer, numberOf, numbersOf, sizesOf } from '../layerArguments.ts';
import { defaultsOf, windowRank } from '../layerDefaults.ts';
import { lastOf, sizeOf, unitsOf, type Shape, type Surroundings } from './shape.ts';
import { cellsOf, SHAPE_RULES } from './shapeRules.ts';
import { gridOf } from './windows.ts';
import { OWN_LAYERS, ownLayer } from '../ownLayers/ownLayers.ts';

/**
 * Number of weights of one layer that reads `input`, those that are not trained included; `null`
 * where they cannot be read.
 */
export function weightsOf(layer: Layer, input: Shape, surroundings: Surroundings): number | null {
  const stated = statedWeights(layer);
  if (stated !== null && layer.type in COUNTS) return stated;
  const count = COUNTS[layer.type];
  if (count) return count(layer, input, surroundings);
  return layer.type in SHAPE_RULES ? 0 : null;
}

/** The same without knowing the input: PyTorch's layers say what they read. */
export function statedWeights(layer: Layer): number | null {
  const width = numberOf(layer, 'inFeatures') ?? numberOf(layer, 'inChannels');
  const own = ownLayer(layer.type);
  if (own) return width === null ? null : own.weightsOf(layer, width);
  return width === null ? statedOtherwise(layer) : statedOfWidth(layer, width);
}

function statedOtherwise(layer: Layer): number | null {
  const features = statedSizes(layer, 'features');
  if (features !== null) return flagOf(layer, 'affine', affineByDefault(layer)) ? 2 * features : 0;
  switch (layer.type) {
    case 'embedding':
      return times(numberOf(layer, 'inputDim'), numberOf(layer, 'outputDim'));
    case 'parameter':
      return statedSizes(layer, 'shape');
    default:
      return layer.type in SHAPE_RULES && !(layer.type in COUNTS) ? 0 : null;
  }
}

const affineByDefault = ({ type }: Layer): boolean => type !== 'instanceNormalization';

/** A number, or the product of a list of them. */
function statedSizes(layer: Layer, name: string): number | null {
  const sizes = numbersOf(layer, name);
  return sizes ? sizeOf(sizes) : numberOf(layer, name);
}

function statedOfWidth(layer: Layer, width: number): number | null {
  const units = numberOf(layer, 'units') ?? numberOf(layer, 'filters');
  const gates = GATES[layer.type.replace(/Cell$/, '')];
  if (units !== null && gates !== undefined) return stackedWeights(layer, { width, units, gates });
  const kernel = sizesOf(layer, 'kernelSize', windowRank(layer.type), 1);
  if (units === null || !kernel) return null;
  const norms = flagOf(layer, 'weightNormalization', false) ? units : 0;
  return sizeOf(kernel) * (width / groupsOf(layer)) * units + bias(layer, units) + norms;
}

const GATES: Readonly<Record<string, number>> = { lstm: 4, gru: 3, simpleRNN: 1 };

/** PyTorch's recurrent layers: two biases a gate, stacked, one way or both. */
function stackedWeights(
  layer: Layer,
  { width, units, gates }: { width: number; units: number; gates: number },
): number {
  const ways = flagOf(layer, 'bidirectional', false) ? 2 : 1;
  const count = numberOf(layer, 'numLayers') ?? 1;
  const one = (input: number): number =>
    ways * gates * ((input + units) * units + 2 * bias(layer, units));
  return one(width) + (count - 1) * one(ways * units);
}

type Count = (layer: Layer, input: Shape, surroundings: Surroundings) => number | null;

const times = (...factors: readonly (number | null)[]): number | null =>
  factors.reduce<number | null>(
    (product, factor) => (product === null || factor === null ? null : product * factor),
    1,
  );

const plus = (...terms: readonly (number | null)[]): number | null =>
  terms.reduce<number | null>(
    (sum, term) => (sum === null || term === null ? null : sum + term),
    0,
  );

const bias = (layer: Layer, units: number): number => (flagOf(layer, 'useBias', true) ? units : 0);
const biasOf = (layer: Layer, units: number | null): number | null =>
  units === null ? null : bias(layer, units);
const groupsOf = (layer: Layer): number => numberOf(layer, 'groups') ?? 1;
const filtersOf = (layer: Layer): number | null => numberOf(layer, 'filters');

/** Cells of a kernel, e.g. 9 for 3×3. */
export function kernelArea(layer: Layer): number | null {
  const kernel = sizesOf(layer, 'kernelSize', windowRank(layer.type), 1);
  return kernel && sizeOf(kernel);
}

const channelsOf = (layer: Layer, input: Shape): number =>
  gridOf(layer, input)?.channels ?? lastOf(input);

const dense: Count = (layer, input, { data }) =>
  plus(times(lastOf(input), unitsOf(layer, data)), biasOf(layer, unitsOf(layer, data)));

const convolution: Count = (layer, input) =>
  plus(
    times(kernelArea(layer), channelsOf(layer, input) / groupsOf(layer), filtersOf(layer)),
    biasOf(layer, filtersOf(layer)),
  );

const multiplier = (layer: Layer): number => numberOf(layer, 'depthMultiplier') ?? 1;

const depthwise: Count = (layer, input) => {
  const channels = channelsOf(layer, input) * multiplier(layer);
  return plus(times(kernelArea(layer), channels), bias(layer, channels));
};

const separable: Count = (layer, input) => {
  const channels = channelsOf(layer, input) * multiplier(layer);
  return plus(
    times(kernelArea(layer), channels),
    times(channels, filtersOf(layer)),
    biasOf(layer, filtersOf(layer)),
  );
};

/**
 * Matrices of input and state for each gate, and their biases; Keras' GRU has two sets of these.
 */
const recurrent =
  (gates: number): Count =>
  (layer, input, { data, language }) => {
    const units = unitsOf(layer, data);
    const byDefault = defaultsOf(layer.type, language)['resetAfter'];
    const twice = flagOf(layer, 'resetAfter', byDefault?.kind === 'boolean' && byDefault.value);
    return units === null
      ? null
      : gates * ((lastOf(input) + units) * units + (twice ? 2 : 1) * bias(layer, units));
  };

const convolutionalRecurrent: Count = (layer, input) => {
  const filters = filtersOf(layer);
  return filters === null
    ? null
    : times(
        4,
        plus(
          times(kernelArea(layer), channelsOf(layer, input.slice(1)) + filters, filters),
          bias(layer, filters),
        ),
      );
};

/** Learned shift and scale over the normalised axes; `kept`: moving statistics beside them. */
const normalization =
  (kept: number): Count =>
  (layer, input) => {
    const axes = argumentOf(layer, 'axis')
      ? (numbersOf(layer, 'axis') ?? [numberOf(layer, 'axis')])
      : [-1];
    const lengths = axes.map((axis) =>
      axis === null ? null : (input.at(axis < 0 ? axis : axis - 1) ?? null),
    );
    return times(
      ...lengths,
      kept + Number(flagOf(layer, 'center', true)) + Number(flagOf(layer, 'scale', true)),
    );
  };

const slopes: Count = (layer, input) => {
  const stated = numberOf(layer, 'slopes');
  if (stated !== null) return stated;
  const single = numberOf(layer, 'sharedAxes');
  const shared = single === null ? (numbersOf(layer, 'sharedAxes') ?? []) : [single];
  return sizeOf(input.map((length, axis) => (shared.includes(axis + 1) ? 1 : length)));
};

const ofCells: Count = (layer, input, surroundings) => {
  let below: Shape = input;
  let sum: number | null = 0;
  for (const cell of cellsOf(layer) ?? []) {
    const type = cell.type.replace(/Cell$/, '');
    sum = plus(sum, weightsOf({ ...cell, type }, below, surroundings));
    below = [unitsOf(cell, surroundings.data) ?? NaN];
  }
  return cellsOf(layer) === null ? null : sum;
};

const inside =
  (factor: number, inputOf: (input: Shape) => Shape): Count =>
  (layer, input, surroundings) => {
    const inner = innerLayer(layer, argumentOf(layer, 'layer'));
    return inner && times(factor, weightsOf(inner, inputOf(input), surroundings));
  };

const COUNTS: Readonly<Record<string, Count>> = {
  ...Object.fromEntries(
    OWN_LAYERS.map(({ type, weightsOf: count }) => [
      type,
      ((layer, input) => count(layer, lastOf(input))) satisfies Count,
    ]),
  ),
  dense,
  conv1d: convolution,
  conv2d: convolution,
  conv3d: convolution,
  conv1dTranspose: convolution,
  conv2dTranspose: convolution,
  conv3dTranspose: convolution,
  depthwiseConv1d: depthwise,
  depthwiseConv2d: depthwise,
  separableConv1d: separable,
  separableConv2d: separable,
  convLstm2d: convolutionalRecurrent,
  batchNormalization: normalization(2),
  layerNormalization: normalization(0),
  groupNormalization: normalization(0),
  prelu: slopes,
  parameter: () => null,
  instanceNormalization: () => null,
  normalization: () => null,
  embedding: (layer) => times(numberOf(layer, 'inputDim'), numberOf(layer, 'outputDim')),
  lstm: recurrent(4),
  gru: recurrent(3),
  simpleRNN: recurrent(1),
  rnn: ofCells,
  bidirectional: inside(2, (input) => input),
  timeDistributed: inside(1, (input) => input.slice(1)),
};
