import { chainOf, withWidths, type ChainLayer } from './chain.ts';
import { asInKeras, asInTorch, layersInOrder } from './torchLayout.ts';
import type { TrainedModel, Weight } from './trainedModel.ts';
import { alongInput, alongLast, importanceOf, mostImportant } from './unitWeights.ts';

/** Layers whose units or filters can be taken out, and what their number is called. */
const SIZED: Readonly<Record<string, 'units' | 'filters'>> = {
  Dense: 'units',
  Conv1D: 'filters',
  Conv2D: 'filters',
};

/** What a unit passes through unchanged, on its way to the next sized layer. */
const BETWEEN =
  /^(?:Activation|ReLU|LeakyReLU|ELU|ThresholdedReLU|Dropout|SpatialDropout\dD|GaussianNoise|GaussianDropout|AlphaDropout|BatchNormalization|Flatten|(?:Global)?(?:Max|Average)Pooling\dD|ZeroPadding2D)$/;

/** A layer that can be made narrower, with the one that reads from it. */
interface Sized {
  readonly layer: ChainLayer;
  readonly between: readonly ChainLayer[];
  readonly reader: ChainLayer;
  readonly unitOf: UnitOf;
}

/** Which unit an input of the next layer is of; behind a flattening there are more of them. */
type UnitOf = (input: number, inputs: number, units: number) => number;

const channelsLast: UnitOf = (input, _, units) => input % units;
const channelsFirst: UnitOf = (input, inputs, units) => Math.floor(input / (inputs / units));

/** Widths of the layers that could be made narrower, in their order; none where none can. */
export const widthsOf = (model: TrainedModel): readonly number[] =>
  sizedIn(model).map(({ layer }) => widthOf(layer));

/**
 * The model with so many units or filters in each of its narrowable layers, those that matter most
 * kept: by the norm of what comes into a unit times that of what goes out of it (Li et al. 2017,
 * "Pruning filters for efficient ConvNets"; He et al. 2014, "Reshaping deep neural network for fast
 * decoding by node-pruning"). Throws a `RangeError` for as many widths as it has no layers.
 */
export function pruneUnits(model: TrainedModel, widths: readonly number[]): TrainedModel {
  const { facts } = model;
  const sized = sizedIn(model);
  if (sized.length !== widths.length)
    throw new RangeError(`${widths.length} widths for ${sized.length} layers`);
  const isTorch = facts.framework === 'torch';
  const laid = isTorch ? model.weights.map(asInKeras) : model.weights;
  const changed = new Map(laid.map((weight) => [weight.name, weight]));
  for (const [index, each] of sized.entries()) cut(each, widths[index] ?? 0, changed);
  const named = sized.map(({ layer }, index) => {
    const name = SIZED[layer.className] ?? 'units';
    return [layer.name, { name, value: widths[index] ?? 0 }] as const;
  });
  const weights = model.weights.flatMap(({ name }) => changed.get(name) ?? []);
  const topology = facts.topology && withWidths(facts.topology, new Map(named));
  return { facts: { ...facts, topology }, weights: isTorch ? weights.map(asInTorch) : weights };
}

function sizedIn(model: TrainedModel): readonly Sized[] {
  const isTorch = model.facts.framework === 'torch';
  const chain = isTorch ? layersInOrder(model) : (chainOf(model) ?? []);
  const found = chain.map((layer, index) =>
    SIZED[layer.className] === undefined ? null : readerOf(layer, chain.slice(index + 1)),
  );
  if (found.includes('unknown')) return [];
  const unitOf = isTorch ? channelsFirst : channelsLast;
  return found.flatMap((each) =>
    each === null || each === 'unknown' ? [] : [{ ...each, unitOf }],
  );
}

/**
 * The next layer with weights of its own, and what stands between; `null`: the layer is the last
 * one, `unknown`: a layer does more than pass units on, or does not fit.
 */
function readerOf(
  layer: ChainLayer,
  rest: readonly ChainLayer[],
): Omit<Sized, 'unitOf'> | 'unknown' | null {
  const next = rest.findIndex((each) => each.weights.length > 0 && !isBetween(each));
  const reader = rest[next];
  if (!reader) return null;
  const between = rest.slice(0, next);
  const isFit = inputsOf(reader) % widthOf(layer) === 0;
  return SIZED[reader.className] !== undefined && between.every(isBetween) && isFit
    ? { layer, between, reader }
    : 'unknown';
}

const isBetween = ({ className }: ChainLayer): boolean => BETWEEN.test(className);

const widthOf = ({ weights }: ChainLayer): number => weights[0]?.shape.at(-1) ?? 0;
const inputsOf = ({ weights }: ChainLayer): number => weights[0]?.shape.at(-2) ?? 0;

/** Takes units out of a layer, of what stands behind it, and of what reads from it. */
function cut({ layer, between, reader, unitOf }: Sized, width: number, all: Map<string, Weight>) {
  const [kernel] = layer.weights;
  const [reading] = reader.weights;
  const own = kernel && all.get(kernel.name);
  const next = reading && all.get(reading.name);
  if (!own || !next) return;
  const units = widthOf(layer);
  const ofRow = (row: number): number => {
    const inputs = next.shape.at(-2) ?? 1;
    return unitOf(row % inputs, inputs, units);
  };
  const kept = mostImportant(importanceOf(own, next, { units, ofRow }), width);
  for (const { name } of [...layer.weights, ...between.flatMap(({ weights }) => weights)]) {
    const weight = all.get(name);
    if (weight?.shape.at(-1) === units) all.set(name, alongLast(weight, kept));
  }
  all.set(next.name, alongInput(next, kept, { units, ofRow }));
}
