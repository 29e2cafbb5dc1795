import type { Layer } from '../architecture.ts';
import {
  argumentOf,
  flagOf,
  innerLayer,
  numberOf,
  numbersOf,
  stringOf,
} from '../layerArguments.ts';
import type { InferredShape, Shape, ShapeRule } from './shape.ts';
import { isKnown, lastOf, sizeOf, unitsOf } from './shape.ts';
import { WINDOW_RULES } from './windows.ts';
import { OWN_LAYERS } from '../ownLayers/ownLayers.ts';
import type { OwnLayer } from '../ownLayers/ownLayer.ts';

const same: ShapeRule = (_layer, [input]) => input;

const dense: ShapeRule = (layer, [input], { data }) => {
  const units = unitsOf(layer, data);
  return units === null ? 'unknown' : [...input.slice(0, -1), units];
};

const sequence = (layer: Layer, input: Shape, units: number | null): InferredShape => {
  if (input.length !== 2) return 'impossible';
  if (units === null || flagOf(layer, 'returnState', false)) return 'unknown';
  const width = flagOf(layer, 'bidirectional', false) ? 2 * units : units;
  return flagOf(layer, 'returnSequences', false) ? [...input.slice(0, 1), width] : [width];
};

const recurrent: ShapeRule = (layer, [input], { data }) =>
  sequence(layer, input, unitsOf(layer, data));

/** Cells stacked in an `rnn`, from the input on; `null` where one cannot be read. */
export function cellsOf(layer: Layer): readonly Layer[] | null {
  const value = argumentOf(layer, 'cell');
  const stacked =
    value?.kind === 'call' && value.callee.endsWith('stackedRNNCells')
      ? (value.arguments.find(({ name }) => name === 'cells')?.value ?? null)
      : value;
  const cells = (stacked?.kind === 'list' ? stacked.items : [stacked]).map((item) =>
    innerLayer(layer, item),
  );
  return cells.every((cell) => cell !== null) ? cells : null;
}

const ofCells: ShapeRule = (layer, [input], { data }) => {
  const last = cellsOf(layer)?.at(-1);
  return sequence(layer, input, last ? unitsOf(last, data) : null);
};

const bothWays: ShapeRule = (layer, inputs, surroundings) => {
  const inner = innerLayer(layer, argumentOf(layer, 'layer'));
  const shape = inner && SHAPE_RULES[inner.type]?.(inner, inputs, surroundings);
  if (!shape || !isKnown(shape)) return shape ?? 'unknown';
  const mode = argumentOf(layer, 'mergeMode') ? stringOf(layer, 'mergeMode') : 'concat';
  if (mode === null) return 'unknown';
  return mode === 'concat' ? [...shape.slice(0, -1), 2 * lastOf(shape)] : shape;
};

const everyStep: ShapeRule = (layer, [input], surroundings) => {
  const inner = innerLayer(layer, argumentOf(layer, 'layer'));
  const shape = inner && SHAPE_RULES[inner.type]?.(inner, [input.slice(1)], surroundings);
  return shape && isKnown(shape) ? [...input.slice(0, 1), ...shape] : (shape ?? 'unknown');
};

const reshape: ShapeRule = (layer, [input]) => {
  const target = numbersOf(layer, 'targetShape');
  if (!target) return 'unknown';
  const rest = sizeOf(input) / sizeOf(target.filter((size) => size !== -1));
  const shape = target.map((size) => (size === -1 ? rest : size));
  return sizeOf(shape) === sizeOf(input) && shape.every(Number.isInteger) ? shape : 'impossible';
};

const permute: ShapeRule = (layer, [input]) => {
  const axes = numbersOf(layer, 'dims');
  if (!axes) return 'unknown';
  const shape = axes.map((axis) => input[axis - 1] ?? NaN);
  return shape.length === input.length && !shape.some(Number.isNaN) ? shape : 'impossible';
};

const repeat: ShapeRule = (layer, [input]) => {
  const times = numberOf(layer, 'n');
  return times === null ? 'unknown' : [times, ...input];
};

const embedding: ShapeRule = (layer, [input]) => {
  const width = numberOf(layer, 'outputDim');
  return width === null ? 'unknown' : [...input, width];
};

/** Element by element; a dimension of 1 is stretched. */
const merge: ShapeRule = (_layer, inputs) => {
  const [first, ...others] = inputs;
  if (others.some((other) => other.length !== first.length)) return 'unknown';
  const shape = first.map((_, axis) => Math.max(...inputs.map((input) => input[axis] ?? 1)));
  return inputs.every((input) =>
    input.every((length, axis) => length === shape[axis] || length === 1),
  )
    ? shape
    : 'impossible';
};

const concatenate: ShapeRule = (layer, inputs) => {
  const written = argumentOf(layer, 'axis') ? numberOf(layer, 'axis') : -1;
  if (written === null) return 'unknown';
  const [first] = inputs;
  const axis = written < 0 ? first.length + written : written - 1;
  const agree = inputs.every(
    (input) =>
      input.length === first.length &&
      input.every((length, at) => at === axis || length === first[at]),
  );
  return agree
    ? first.map((length, at) =>
        at === axis ? inputs.reduce((sum, input) => sum + (input[at] ?? 0), 0) : length,
      )
    : 'impossible';
};

/** Products summed over an axis of each; `axes` counts the rows as axis 0. */
const dot: ShapeRule = (layer, [first, second]) => {
  const one = numberOf(layer, 'axes');
  const axes = one === null ? numbersOf(layer, 'axes') : [one, one];
  if (!axes || !second || axes.length !== 2) return 'unknown';
  const [a, b] = [first, second].map((shape, index) => {
    const axis = axes[index] ?? 0;
    return axis < 0 ? shape.length + axis : axis - 1;
  });
  if (a === undefined || b === undefined || first[a] !== second[b]) return 'impossible';
  const shape = [...first.filter((_, at) => at !== a), ...second.filter((_, at) => at !== b)];
  return shape.length > 0 ? shape : [1];
};

const ALIKE = [
  'inputLayer',
  'activation',
  'reLU',
  'leakyReLU',
  'prelu',
  'elu',
  'softmax',
  'thresholdedReLU',
  'batchNormalization',
  'layerNormalization',
  'masking',
  'dropout',
  'spatialDropout1d',
  'spatialDropout2d',
  'spatialDropout3d',
  'alphaDropout',
  'gaussianDropout',
  'gaussianNoise',
  'rescaling',
  'randomFlip',
  'randomTranslation',
  'randomRotation',
  'randomZoom',
  'randomContrast',
  'randomBrightness',
  'normalization',
  'unitNormalization',
  'groupNormalization',
  'instanceNormalization',
  'activityRegularization',
];

/** Layers without weights whose output Cortex does not work out. */
const UNTOLD = [
  'operation',
  'lambda',
  'pixelShuffle',
  'channelShuffle',
  'unflatten',
  'resizing',
  ...['1d', '2d', '3d'].flatMap((rank) => [
    `adaptiveAveragePooling${rank}`,
    `adaptiveMaxPooling${rank}`,
    `reflectionPadding${rank}`,
    `replicationPadding${rank}`,
  ]),
];

/** Cortex does not know what becomes of the shape; there are no weights. */
const unknownShape: ShapeRule = () => 'unknown';

/** Of a layer whose source came along: all but the last dimension stay. */
const brought =
  (own: OwnLayer): ShapeRule =>
  (layer, [input]) => {
    const width = own.widthOf(layer, lastOf(input));
    return width === null ? 'unknown' : [...input.slice(0, -1), width];
  };

/** The output shape of every kind of layer Cortex knows, by tfjs name. */
export const SHAPE_RULES: Readonly<Record<string, ShapeRule>> = {
  ...Object.fromEntries(ALIKE.map((type) => [type, same])),
  ...WINDOW_RULES,
  ...Object.fromEntries(OWN_LAYERS.map((own) => [own.type, brought(own)])),
  ...Object.fromEntries(UNTOLD.map((type) => [type, unknownShape])),
  parameter: (_layer, [input]) => input,
  dense,
  reshape,
  permute,
  embedding,
  concatenate,
  dot,
  repeatVector: repeat,
  flatten: (_layer, [input]) => [sizeOf(input)],
  lstm: recurrent,
  gru: recurrent,
  simpleRNN: recurrent,
  rnn: ofCells,
  bidirectional: bothWays,
  timeDistributed: everyStep,
  add: merge,
  average: merge,
  maximum: merge,
  minimum: merge,
  multiply: merge,
  subtract: merge,
};
