import { chainOf, withWidths, type ChainLayer } from './chain.ts';
import type { TrainedModel, Weight } from './trainedModel.ts';

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
}

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
  const sized = sizedIn(model);
  if (sized.length !== widths.length || model.facts.topology === null)
    throw new RangeError(`${widths.length} widths for ${sized.length} layers`);
  const changed = new Map(model.weights.map((weight) => [weight.name, weight]));
  for (const [index, each] of sized.entries()) cut(each, widths[index] ?? 0, changed);
  const named = sized.map(({ layer }, index) => {
    const name = SIZED[layer.className] ?? 'units';
    return [layer.name, { name, value: widths[index] ?? 0 }] as const;
  });
  return {
    facts: { ...model.facts, topology: withWidths(model.facts.topology, new Map(named)) },
    weights: model.weights.map(({ name }) => changed.get(name)).filter((each) => !!each),
  };
}

function sizedIn(model: TrainedModel): readonly Sized[] {
  const chain = chainOf(model) ?? [];
  const sized: Sized[] = [];
  for (const [index, layer] of chain.entries()) {
    if (SIZED[layer.className] === undefined) continue;
    const rest = chain.slice(index + 1);
    const next = rest.findIndex(({ weights }, at) => weights.length > 0 && !isBetween(rest[at]));
    const reader = rest[next];
    if (!reader) continue;
    const between = rest.slice(0, next);
    if (SIZED[reader.className] === undefined || !between.every(isBetween)) return [];
    sized.push({ layer, between, reader });
  }
  return sized;
}

const isBetween = (layer: ChainLayer | undefined): boolean =>
  layer !== undefined && BETWEEN.test(layer.className);

const widthOf = ({ weights }: ChainLayer): number => weights[0]?.shape.at(-1) ?? 0;

/** Takes units out of a layer, of what stands behind it, and of what reads from it. */
function cut({ layer, between, reader }: Sized, width: number, all: Map<string, Weight>): void {
  const [kernel] = layer.weights;
  const [reading] = reader.weights;
  const own = kernel && all.get(kernel.name);
  const next = reading && all.get(reading.name);
  if (!own || !next) return;
  const units = widthOf(layer);
  const kept = mostImportant(importanceOf(own, next, units), width);
  for (const { name } of [...layer.weights, ...between.flatMap(({ weights }) => weights)]) {
    const weight = all.get(name);
    if (weight) all.set(name, alongLast(weight, kept));
  }
  all.set(next.name, alongInput(next, kept, units));
}

/** Norm of what comes in, times norm of what goes out, by unit. */
function importanceOf(own: Weight, next: Weight, units: number): readonly number[] {
  const into = new Float64Array(units);
  own.values.forEach((value, index) => {
    into[index % units] = (into[index % units] ?? 0) + value * value;
  });
  const outOf = new Float64Array(units);
  const width = next.shape.at(-1) ?? 1;
  next.values.forEach((value, index) => {
    const unit = Math.floor(index / width) % units;
    outOf[unit] = (outOf[unit] ?? 0) + value * value;
  });
  return Array.from(into, (square, unit) => Math.sqrt(square * (outOf[unit] ?? 0)));
}

function mostImportant(importance: readonly number[], count: number): readonly number[] {
  const order = importance.map((_, unit) => unit);
  order.sort((a, b) => (importance[b] ?? 0) - (importance[a] ?? 0));
  return order.slice(0, count).sort((a, b) => a - b);
}

/** Keeps entries of the last axis. */
function alongLast(weight: Weight, kept: readonly number[]): Weight {
  const width = weight.shape.at(-1) ?? 1;
  const rows = weight.values.length / width;
  const values = new Float32Array(rows * kept.length);
  for (let row = 0; row < rows; row += 1)
    for (const [place, unit] of kept.entries())
      values[row * kept.length + place] = weight.values[row * width + unit] ?? 0;
  return { ...weight, shape: [...weight.shape.slice(0, -1), kept.length], values };
}

/**
 * Keeps entries of the axis before the last. Behind a flattening it is longer than there are units:
 * they then take turns in it.
 */
function alongInput(weight: Weight, kept: readonly number[], units: number): Weight {
  const width = weight.shape.at(-1) ?? 1;
  const inputs = weight.shape.at(-2) ?? 1;
  const rows = weight.values.length / width;
  const isKept = new Set(kept);
  const chosen = Array.from({ length: rows }, (_, row) => row).filter((row) =>
    isKept.has((row % inputs) % units),
  );
  const values = new Float32Array(chosen.length * width);
  for (const [place, row] of chosen.entries())
    values.set(weight.values.subarray(row * width, (row + 1) * width), place * width);
  const narrowed = (inputs / units) * kept.length;
  return { ...weight, shape: [...weight.shape.slice(0, -2), narrowed, width], values };
}
