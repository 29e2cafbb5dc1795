import { layersIn, type JsonLayer } from './chain.ts';
import type { TrainedModel, Weight } from './trainedModel.ts';

/** Layers whose every output is a sum of products with one column of their kernel. */
const FOLDS = new Set(['Dense', 'Conv1D', 'Conv2D']);
const EPSILON = 1e-3;

/** A model without some of its normalisation layers, and how many those are. */
export interface Folded {
  readonly model: TrainedModel;
  readonly count: number;
}

/**
 * The same answers with fewer layers: a batch normalisation that alone reads from a dense or
 * convolutional layer without activation goes into that layer's kernel and bias (Jacob et al. 2018,
 * "Quantization and training of neural networks for efficient integer-arithmetic-only inference").
 */
export function foldNormalization(model: TrainedModel): Folded {
  const topology: unknown = JSON.parse(model.facts.topology ?? 'null');
  const layers = layersIn(topology) ?? [];
  const weights = new Map(model.weights.map((weight) => [weight.name, weight]));
  const pairs = layers.flatMap((layer, index) => pairOf(layer, layers[index + 1], layers));
  for (const { into, from } of pairs) {
    foldWeights(into, from, weights);
    takeOut(from, into, topology);
    layers.splice(layers.indexOf(from), 1);
  }
  const order = orderOf(model, layers);
  return {
    count: pairs.length,
    model: {
      facts: { ...model.facts, topology: JSON.stringify(topology) },
      weights: order.flatMap((name) => weights.get(name) ?? []),
    },
  };
}

interface Pair {
  readonly into: JsonLayer;
  readonly from: JsonLayer;
}

function pairOf(
  into: JsonLayer,
  from: JsonLayer | undefined,
  layers: readonly JsonLayer[],
): readonly Pair[] {
  const isSum = FOLDS.has(into.class_name) && into.config['activation'] === 'linear';
  if (!isSum || from?.class_name !== 'BatchNormalization') return [];
  return readsAlone(from, into, layers) ? [{ into, from }] : [];
}

/** In a sequence each layer reads from the one before; else what it reads from is told. */
function readsAlone(from: JsonLayer, into: JsonLayer, layers: readonly JsonLayer[]): boolean {
  if ((from.inbound_nodes ?? []).length === 0) return true;
  const readers = layers.filter((layer) => readsFrom(layer, into.config.name));
  return readers.length === 1 && readers[0] === from && (from.inbound_nodes ?? []).length === 1;
}

const readsFrom = ({ inbound_nodes: nodes = [] }: JsonLayer, name: string): boolean =>
  JSON.stringify(nodes).includes(`[${JSON.stringify(name)},`);

/** `y = (x·W + b − mean) · gamma / √(variance + ε) + beta`, as one kernel and one bias. */
function foldWeights(into: JsonLayer, from: JsonLayer, weights: Map<string, Weight>): void {
  const kernel = weights.get(`${into.config.name}/kernel`);
  if (!kernel) throw new RangeError(`${into.config.name} has no kernel`);
  const name = `${into.config.name}/bias`;
  const width = kernel.shape.at(-1) ?? 1;
  const filled = (key: string, fallback: number): Float32Array =>
    weights.get(key)?.values ?? new Float32Array(width).fill(fallback);
  const of = (part: string, fallback: number): Float32Array =>
    filled(`${from.config.name}/${part}`, fallback);
  const epsilon = Number(from.config['epsilon'] ?? EPSILON);
  const deviations = of('moving_variance', 1).map((variance) => Math.sqrt(variance + epsilon));
  const scales = divided(of('gamma', 1), deviations);
  const centred = minus(filled(name, 0), of('moving_mean', 0));
  const bias = minus(
    times(centred, scales),
    of('beta', 0).map((value) => -value),
  );
  weights.set(kernel.name, { ...kernel, values: times(kernel.values, scales) });
  weights.set(name, { name, shape: [width], dtype: 'float32', values: bias });
}

/** Number by number; the second takes its turns along the last axis of the first. */
const times = (a: Float32Array, b: Float32Array): Float32Array =>
  a.map((value, index) => value * (b[index % b.length] ?? 1));

const divided = (a: Float32Array, b: Float32Array): Float32Array =>
  a.map((value, index) => value / (b[index] ?? 1));

const minus = (a: Float32Array, b: Float32Array): Float32Array =>
  a.map((value, index) => value - (b[index] ?? 0));

/** What read from the layer reads from the one that it is in now. */
function takeOut(from: JsonLayer, into: JsonLayer, topology: unknown): void {
  into.config['use_bias'] = true;
  renameIn(topology, from.config.name, into.config.name);
}

/** In `inbound_nodes` and `output_layers`, where a layer stands as `["name", 0, 0, …]`. */
function renameIn(value: unknown, from: string, to: string): void {
  if (typeof value !== 'object' || value === null) return;
  if (isPlaceOf(from, value)) value[0] = to;
  for (const each of Object.values(value)) renameIn(each, from, to);
}

const isPlaceOf = (name: string, value: object): value is unknown[] =>
  Array.isArray(value) && value[0] === name && typeof value[1] === 'number';

/** Names of the weights as TensorFlow.js orders them: layer by layer, what trains first. */
function orderOf(model: TrainedModel, layers: readonly JsonLayer[]): readonly string[] {
  const left = new Set(layers.map(({ config }) => config.name));
  const known = model.weights.map(({ name }) => name);
  const isLeft = (name: string): boolean => left.has(name.split('/')[0] ?? '');
  return known.filter(isLeft).flatMap((name) => {
    const bias = name.replace(/\/kernel$/, '/bias');
    return name.endsWith('/kernel') && !known.includes(bias) && isFolded(name, layers)
      ? [name, bias]
      : [name];
  });
}

const isFolded = (kernel: string, layers: readonly JsonLayer[]): boolean =>
  layers.some(({ config }) => `${config.name}/kernel` === kernel && config['use_bias'] === true);
