import type { Layer } from '../architecture.ts';
import {
  argumentOf,
  flagOf,
  innerLayer,
  numberOf,
  ownActivation,
  sizesOf,
  stringOf,
} from '../layerArguments.ts';
import { windowRank } from '../layerDefaults.ts';
import { kernelArea } from './parameters.ts';
import { isKnown, lastOf, sizeOf, unitsOf, type Shape, type Surroundings } from './shape.ts';
import { cellsOf, SHAPE_RULES } from './shapeRules.ts';
import { gridOf } from './windows.ts';
import { OWN_LAYERS } from '../ownLayers/ownLayers.ts';

/** One layer with the shapes it reads and gives. */
export interface Flow {
  readonly layer: Layer;
  readonly inputs: readonly [Shape, ...Shape[]];
  readonly output: Shape;
  readonly surroundings: Surroundings;
}

/**
 * Floating-point operations of one forward pass of one example, as TensorFlow's profiler counts
 * them (tensorflow/python/profiler/internal/ flops_registry.py): a multiply–add is 2, a bias, a sum
 * or an activation 1 an element, softmax 5, pooling one an element of its window; normalisation by
 * moving statistics 2 an element (scale and shift), over the layer's own 7. What only moves numbers
 * is 0; `null`: not known.
 */
export function flopsOf(flow: Flow): number | null {
  const { layer, output } = flow;
  const count = FLOPS[layer.type];
  if (!count) return layer.type in SHAPE_RULES ? 0 : null;
  const own = count(flow);
  return own === null || !ACTIVATED.test(layer.type)
    ? own
    : own + activation(ownActivation(layer), sizeOf(output));
}

type Count = (flow: Flow) => number | null;

/** Layers whose `activation` acts on their output; a recurrent layer's acts inside its cell. */
const ACTIVATED = /^(dense|activation|.*[cC]onv[123]d(Transpose)?)$/;

const activation = (name: string, elements: number): number =>
  name === 'linear' ? 0 : name === 'softmax' ? SOFTMAX * elements : elements;

const SOFTMAX = 5;

const biases = ({ layer, output }: Flow): number =>
  flagOf(layer, 'useBias', true) ? sizeOf(output) : 0;
const each =
  (operations: number): Count =>
  ({ output }) =>
    operations * sizeOf(output);
const channels = ({ layer, inputs: [input] }: Flow): number =>
  gridOf(layer, input)?.channels ?? lastOf(input);

const dense: Count = (flow) => 2 * lastOf(flow.inputs[0]) * sizeOf(flow.output) + biases(flow);

/** `cells`: of the kernel, for each number of the output. */
const convolved =
  (perCell: (flow: Flow) => number): Count =>
  (flow) => {
    const area = kernelArea(flow.layer);
    return area === null ? null : 2 * area * perCell(flow) + biases(flow);
  };

const convolution = convolved(
  (flow) => (channels(flow) / (numberOf(flow.layer, 'groups') ?? 1)) * sizeOf(flow.output),
);
const transposed = convolved(
  ({ layer, inputs: [input] }) => sizeOf(input) * (numberOf(layer, 'filters') ?? NaN),
);
const depthwise = convolved(({ output }) => sizeOf(output));

const separable: Count = (flow) => {
  const area = kernelArea(flow.layer);
  const filters = numberOf(flow.layer, 'filters');
  if (area === null || filters === null) return null;
  const middle =
    channels(flow) *
    (numberOf(flow.layer, 'depthMultiplier') ?? 1) *
    (sizeOf(flow.output) / filters);
  return (
    2 * area * middle +
    2 * (middle / (sizeOf(flow.output) / filters)) * sizeOf(flow.output) +
    biases(flow)
  );
};

const pooling: Count = ({ layer, output }) => {
  const pool = sizesOf(layer, 'poolSize', windowRank(layer.type), 2);
  return pool && sizeOf(pool) * sizeOf(output);
};

/**
 * One step of a cell: a matrix product and a bias for each gate, and what is done element by
 * element.
 */
const step = (layer: Layer, width: number, units: number): number | null => {
  const cell = CELLS[layer.type.replace(/Cell$/, '')];
  return cell
    ? cell.gates * (2 * (width + units) * units + (flagOf(layer, 'useBias', true) ? units : 0)) +
        cell.elementwise * units
    : null;
};

/**
 * LSTM: five activations, three products, one sum; GRU: three activations, three products, two
 * sums; simple: one activation.
 */
const CELLS: Readonly<Record<string, { readonly gates: number; readonly elementwise: number }>> = {
  lstm: { gates: 4, elementwise: 9 },
  gru: { gates: 3, elementwise: 8 },
  simpleRNN: { gates: 1, elementwise: 1 },
};

const recurrent: Count = ({ layer, inputs: [input], surroundings: { data } }) => {
  const units = unitsOf(layer, data);
  const one = units === null ? null : step(layer, lastOf(input), units);
  return one === null ? null : (input[0] ?? 1) * one;
};

const ofCells: Count = ({ layer, inputs: [input], surroundings: { data } }) => {
  let width = lastOf(input);
  let sum = 0;
  for (const cell of cellsOf(layer) ?? []) {
    const units = unitsOf(cell, data) ?? NaN;
    sum += (input[0] ?? 1) * (step(cell, width, units) ?? NaN);
    width = units;
  }
  return Number.isFinite(sum) ? sum : null;
};

/** A layer inside another, `times` over. */
const inside =
  (times: (input: Shape) => number, inputOf: (input: Shape) => Shape): Count =>
  ({ layer, inputs: [input], surroundings }) => {
    const inner = innerLayer(layer, argumentOf(layer, 'layer'));
    const output = inner && SHAPE_RULES[inner.type]?.(inner, [inputOf(input)], surroundings);
    const flops =
      inner && output && isKnown(output)
        ? flopsOf({ layer: inner, inputs: [inputOf(input)], output, surroundings })
        : null;
    return flops === null ? null : times(input) * flops;
  };

const enlarging: Count = ({ layer }) =>
  (stringOf(layer, 'interpolation') ?? 'nearest') === 'nearest' ? 0 : null;

const FLOPS: Readonly<Record<string, Count>> = {
  ...Object.fromEntries(OWN_LAYERS.map(({ type }) => [type, () => null])),
  dense,
  conv1d: convolution,
  conv2d: convolution,
  conv3d: convolution,
  conv1dTranspose: transposed,
  conv2dTranspose: transposed,
  conv3dTranspose: transposed,
  depthwiseConv1d: depthwise,
  depthwiseConv2d: depthwise,
  separableConv1d: separable,
  separableConv2d: separable,
  convLstm2d: () => null,
  maxPooling1d: pooling,
  maxPooling2d: pooling,
  maxPooling3d: pooling,
  averagePooling1d: pooling,
  averagePooling2d: pooling,
  averagePooling3d: pooling,
  ...Object.fromEntries(
    ['Average', 'Max'].flatMap((kind) =>
      ['1d', '2d', '3d'].map((rank) => [
        `global${kind}Pooling${rank}`,
        (({ inputs: [input] }) => sizeOf(input)) satisfies Count,
      ]),
    ),
  ),
  lstm: recurrent,
  gru: recurrent,
  simpleRNN: recurrent,
  rnn: ofCells,
  bidirectional: inside(
    () => 2,
    (input) => input,
  ),
  timeDistributed: inside(
    (input) => input[0] ?? 1,
    (input) => input.slice(1),
  ),
  batchNormalization: each(2),
  rescaling: each(2),
  normalization: each(2),
  layerNormalization: each(7),
  groupNormalization: each(7),
  activation: () => 0,
  reLU: each(1),
  leakyReLU: each(1),
  prelu: each(1),
  elu: each(1),
  thresholdedReLU: each(1),
  softmax: each(SOFTMAX),
  upSampling2d: enlarging,
  ...Object.fromEntries(
    ['add', 'average', 'maximum', 'minimum', 'multiply', 'subtract'].map((type) => [
      type,
      (({ inputs, output }) => (inputs.length - 1) * sizeOf(output)) satisfies Count,
    ]),
  ),
};
