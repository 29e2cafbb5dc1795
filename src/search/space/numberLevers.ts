import type { Layer } from '../../model/architecture.ts';
import type { ArchitectureEdit, OptimizerSpec } from '../../model/edits.ts';
import { numberOf } from '../../model/layerArguments.ts';
import { number } from '../../model/values.ts';
import { isInput } from '../../propose/operators/layerKinds.ts';
import { sizedLayers, widthOf } from '../../propose/operators/network.ts';
import type { OperatorContext } from '../../propose/operators/operatorContext.ts';
import { compileWith, optimizerOf } from '../../propose/operators/training.ts';
import type { Configuration, Dimension, NumberDimension } from './dimension.ts';
import type { Lever } from './lever.ts';

export const OPTIMIZER = 'optimizer';
export const LEARNING_RATE = 'learning rate';

/** Numbers that the builder writes, and the optimiser; layers stay as many as they are. */
export const numberLevers = (context: OperatorContext): readonly Lever[] => [
  ...optimizerLever(context),
  ...numbersOfLayers(context),
];

const OPTIMIZERS: readonly OptimizerSpec['type'][] = [
  'adam',
  'rmsprop',
  'momentum',
  'sgd',
  'adamax',
];
const RATES = { low: 1e-4, high: 0.1 } as const;
const LARGEST_RATE = 1;
/** How far a rate of the user's own may be left behind. */
const FURTHER = 30;

function optimizerLever(context: OperatorContext): readonly Lever[] {
  const own = optimizerOf(context);
  if (!own) return [];
  const dimensions: readonly Dimension[] = [
    {
      kind: 'categorical',
      name: OPTIMIZER,
      choices: [...new Set([own.type, ...OPTIMIZERS])],
      initial: own.type,
      rest: 0.5,
    },
    {
      kind: 'real',
      name: LEARNING_RATE,
      low: Math.min(RATES.low, own.learningRate / FURTHER),
      high: Math.min(LARGEST_RATE, Math.max(RATES.high, own.learningRate * FURTHER)),
      log: true,
      initial: own.learningRate,
    },
  ];
  const edits = (values: Configuration, now: OperatorContext): readonly ArchitectureEdit[] => {
    // A mark may have written another one by now.
    const written = optimizerOf(now) ?? own;
    const type = typeOf(values[OPTIMIZER]) ?? written.type;
    const learningRate = Number(values[LEARNING_RATE] ?? written.learningRate);
    return type === written.type && learningRate === written.learningRate
      ? []
      : [
          compileWith(now, {
            optimizer: { ...(type === written.type ? written : { type }), learningRate },
          }),
        ];
  };
  return [{ dimensions, edits }];
}

const typeOf = (value: unknown): OptimizerSpec['type'] | undefined =>
  [...OPTIMIZERS, 'adagrad' as const].find((type) => type === value);

/** A number of a layer, and how far it may go. */
interface Place {
  readonly layer: Layer;
  readonly argument: string;
  readonly dimension: NumberDimension;
}

function numbersOfLayers({ network }: OperatorContext): readonly Lever[] {
  const places = [
    ...sizedLayers(network).flatMap((layer) => widthPlace(network.architecture.layers, layer)),
    ...network.hidden.flatMap((layer) => ratePlace(network.architecture.layers, layer)),
  ];
  return places.map(({ layer, argument, dimension }) => ({
    dimensions: [dimension],
    edits: (values) => {
      const value = values[dimension.name] ?? dimension.initial;
      return value === dimension.initial
        ? []
        : [
            {
              kind: 'setArgument',
              layer: layer.index,
              name: argument,
              value: number(Number(value)),
            },
          ];
    },
  }));
}

const WIDTHS = { factor: 8, least: 2, most: 1024 } as const;

function widthPlace(layers: readonly Layer[], layer: Layer): readonly Place[] {
  const width = widthOf(layer);
  if (!width) return [];
  const { name: argument, value } = width;
  const dimension: NumberDimension = {
    kind: 'integer',
    name: `${argument} of ${nameOf(layers, layer)}`,
    low: Math.max(WIDTHS.least, Math.floor(value / WIDTHS.factor)),
    high: Math.max(value, Math.min(WIDTHS.most, value * WIDTHS.factor)),
    log: true,
    initial: value,
  };
  return [{ layer, argument, dimension }];
}

const MOST_DROPOUT = 0.7;

function ratePlace(layers: readonly Layer[], layer: Layer): readonly Place[] {
  const rate = layer.type === 'dropout' ? numberOf(layer, 'rate') : null;
  if (rate === null) return [];
  const dimension: NumberDimension = {
    kind: 'real',
    name: `rate of ${nameOf(layers, layer)}`,
    low: 0,
    high: Math.max(rate, MOST_DROPOUT),
    log: false,
    initial: rate,
  };
  return [{ layer, argument: 'rate', dimension }];
}

/** `dense layer 2`: counted among its own type, from the input. */
function nameOf(layers: readonly Layer[], layer: Layer): string {
  const alike = layers.filter((other) => other.type === layer.type && !isInput(other));
  const place = alike.findIndex(({ index }) => index === layer.index) + 1;
  return alike.length > 1 ? `${layer.type} layer ${place}` : `${layer.type} layer`;
}
