import type { Architecture, Layer } from '../model/architecture.ts';
import type { DataProfile } from '../ports.ts';
import { argumentOf, flagOf, numberOf, numbersOf, pairOf, stringOf } from './layerArguments.ts';

/** Sizes of one example, without the batch dimension. */
export type Shape = readonly number[];

/** A shape, or why there is none: `unknown` could not be read from the source, `impossible` cannot be built. */
export type InferredShape = Shape | 'unknown' | 'impossible';

type DataShape = Pick<DataProfile, 'inputShape' | 'outputUnits'>;
type Rule = (layer: Layer, inputs: readonly Shape[], data: DataShape | null) => InferredShape;

/** The output shape of every layer, as far as the source and the data tell; conditional layers and all behind them are `unknown`. */
export function inferShapes(architecture: Architecture, data: DataShape | null): readonly InferredShape[] {
  const shapes: InferredShape[] = [];
  for (const layer of architecture.layers) shapes.push(shapeOf(layer, shapes, data));
  return shapes;
}

/** Units of a layer: written as a number, or as the builder's own `outputUnits`. */
export function unitsOf(layer: Layer, data: DataShape | null): number | null {
  const units = argumentOf(layer, 'units');
  if (units?.kind === 'source' && /(^|\.)outputUnits$/.test(units.text)) return data?.outputUnits ?? null;
  return numberOf(layer, 'units');
}

function shapeOf(layer: Layer, shapes: readonly InferredShape[], data: DataShape | null): InferredShape {
  if (layer.conditional) return 'unknown';
  const inputs = layer.inputs.length > 0 ? layer.inputs.map((index) => shapes[index] ?? 'unknown') : [modelInput(layer, data)];
  if (inputs.includes('impossible')) return 'impossible';
  const known = inputs.filter((input): input is Shape => typeof input !== 'string');
  return known.length < inputs.length ? 'unknown' : (RULES[layer.type] ?? unknown)(layer, known, data);
}

/** What the first layer reads: its own literal shape, or the data's where the builder hands its `inputShape` on. */
function modelInput(layer: Layer, data: DataShape | null): InferredShape {
  const name = argumentOf(layer, 'inputShape') ? 'inputShape' : 'shape';
  const written = argumentOf(layer, name);
  if (written?.kind === 'list') return numbersOf(layer, name) ?? 'unknown';
  const handedOn = !written || (written.kind === 'source' && /(^|\.)inputShape( as .*)?$/.test(written.text));
  return handedOn ? (data?.inputShape ?? 'unknown') : 'unknown';
}

const unknown: Rule = () => 'unknown';
const same: Rule = (_layer, [input]) => input ?? 'unknown';
const size = (shape: Shape): number => shape.reduce((product, dimension) => product * dimension, 1);

const dense: Rule = (layer, [input], data) => {
  const units = unitsOf(layer, data);
  return input && units !== null ? [...input.slice(0, -1), units] : 'unknown';
};

/** Sliding windows over two dimensions; `channels` maps the input's channels to the output's. */
const windows = (window: { name: string; size: number; strides: number | null }, channels: (layer: Layer, input: number) => number | null): Rule =>
  (layer, [input]) => {
    const [rows, columns, depth] = input ?? [];
    if (rows === undefined || columns === undefined || depth === undefined) return 'impossible';
    const kernel = pairOf(layer, window.name, window.size);
    const strides = argumentOf(layer, 'strides') || window.strides !== null ? pairOf(layer, 'strides', window.strides ?? 1) : kernel;
    const out = channels(layer, depth);
    if (!kernel || !strides || out === null) return 'unknown';
    const sameSize = stringOf(layer, 'padding') === 'same';
    const shape = [slide(rows, kernel[0], strides[0], sameSize), slide(columns, kernel[1], strides[1], sameSize), out];
    return shape.every((dimension) => dimension >= 1) ? shape : 'impossible';
  };

const slide = (length: number, kernel: number, stride: number, sameSize: boolean): number =>
  sameSize ? Math.ceil(length / stride) : Math.floor((length - kernel) / stride) + 1;

const keep = (_layer: Layer, channels: number): number => channels;
const filters = (layer: Layer): number | null => numberOf(layer, 'filters');
const convolution = windows({ name: 'kernelSize', size: 1, strides: 1 }, filters);
const depthwise = windows({ name: 'kernelSize', size: 1, strides: 1 }, (layer, channels) => channels * (numberOf(layer, 'depthMultiplier') ?? 1));
const pooling = windows({ name: 'poolSize', size: 2, strides: null }, keep);
const globalPooling: Rule = (_layer, [input]) => (input?.length === 3 ? input.slice(-1) : 'impossible');

const recurrent: Rule = (layer, [input], data) => {
  const units = unitsOf(layer, data);
  if (input?.length !== 2) return 'impossible';
  if (units === null) return 'unknown';
  return flagOf(layer, 'returnSequences', false) ? [...input.slice(0, 1), units] : [units];
};

const reshape: Rule = (layer, [input]) => {
  const target = numbersOf(layer, 'targetShape');
  if (!target || !input || target.includes(-1)) return 'unknown';
  return size(target) === size(input) ? target : 'impossible';
};

const merge: Rule = (_layer, inputs) => {
  const [first, ...others] = inputs;
  return first && others.every((other) => other.join() === first.join()) ? first : 'impossible';
};

const concatenate: Rule = (layer, inputs) => {
  const [first] = inputs;
  if (!first || ![null, -1, first.length].includes(numberOf(layer, 'axis'))) return 'unknown';
  if (inputs.some((input) => input.slice(0, -1).join() !== first.slice(0, -1).join())) return 'impossible';
  return [...first.slice(0, -1), inputs.reduce((sum, input) => sum + (input.at(-1) ?? 0), 0)];
};

const RULES: Readonly<Record<string, Rule>> = {
  dense, reshape, concatenate,
  inputLayer: same, activation: same, reLU: same, leakyReLU: same, prelu: same, elu: same, softmax: same, thresholdedReLU: same,
  batchNormalization: same, layerNormalization: same,
  dropout: same, spatialDropout1d: same, alphaDropout: same, gaussianDropout: same, gaussianNoise: same, rescaling: same,
  flatten: (_layer, [input]) => (input ? [size(input)] : 'unknown'),
  embedding: (layer, [input]) => [...(input ?? []), numberOf(layer, 'outputDim') ?? NaN],
  conv2d: convolution, separableConv2d: convolution, depthwiseConv2d: depthwise,
  maxPooling2d: pooling, averagePooling2d: pooling,
  globalAveragePooling2d: globalPooling, globalMaxPooling2d: globalPooling,
  lstm: recurrent, gru: recurrent, simpleRNN: recurrent,
  add: merge, average: merge, maximum: merge, minimum: merge, multiply: merge,
};
