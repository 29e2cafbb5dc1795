import type { Architecture, Layer } from '../../model/architecture.ts';
import type { Value } from '../../model/values.ts';
import type { DataProfile } from '../../record/dataProfile.ts';
import { numberOf, ownActivation } from '../../model/layerArguments.ts';
import {
  isActivation,
  isCompanion,
  isDense,
  isDropout,
  isInput,
  isWeighted,
} from './layerKinds.ts';
import { modelInput } from '../../model/lens/modelInput.ts';
import { countParameters } from '../../model/lens/lens.ts';
import { isKnown, type InferredShape, type Shape } from '../../model/lens/shape.ts';
import { inferShapes } from '../../model/lens/shapes.ts';

/** An architecture as operators look at it. */
export interface Network {
  readonly architecture: Architecture;
  readonly data: DataProfile | null;
  readonly shapes: readonly InferredShape[];
  readonly parameters: number | null;
  /**
   * The layers that make the output: the last weighted layer and what follows it. Their units and
   * position stay.
   */
  readonly head: readonly Layer[];
  /**
   * Every layer that operators may edit: not the input, not the head, nothing conditional; empty
   * for an opaque builder.
   */
  readonly hidden: readonly Layer[];
  /**
   * Those, and layers in a loop, a branch or a helper that are hidden for certain: their place is
   * not known, but their arguments may change, wherever their line runs. A line stands here once.
   */
  readonly tunable: readonly Layer[];
}

/** Reads an {@link Architecture} the way operators need it. */
export function networkOf(architecture: Architecture, data: DataProfile | null): Network {
  const ends = headOf(architecture);
  const head = architecture.style === 'opaque' ? [] : ends;
  const editable = (layer: Layer): boolean =>
    !layer.conditional && !isInput(layer) && !head.includes(layer);
  return {
    architecture,
    data,
    shapes: inferShapes(architecture, data),
    parameters: countParameters(architecture, data),
    head,
    hidden: head.length === 0 ? [] : architecture.layers.filter(editable),
    tunable: oncePerLine(
      architecture.layers.filter(
        (layer) =>
          (head.length > 0 && editable(layer)) ||
          (layer.writable === true && !ends.includes(layer) && isSurelyHidden(layer)),
      ),
    ),
  };
}

const oncePerLine = (layers: readonly Layer[]): readonly Layer[] =>
  layers.filter((layer, index) => layers.findIndex((one) => isSameLine(one, layer)) === index);

/** The same call of the source, which several layers of a loop or a helper come from. */
const isSameLine = (a: Layer, b: Layer): boolean =>
  a.index === b.index || (a.conditional && b.conditional && a.range.start === b.range.start);

/** By what it is: outputs have no activation of these, and their units are told by the data. */
const isSurelyHidden = (layer: Layer): boolean =>
  isWeighted(layer)
    ? !isDense(layer) || HIDDEN_ACTIVATIONS.has(ownActivation(layer))
    : isDropout(layer) || layer.type === 'embedding';

const HIDDEN_ACTIVATIONS = new Set([
  'relu',
  'relu6',
  'elu',
  'selu',
  'swish',
  'mish',
  'gelu',
  'tanh',
]);

/** The layers that read from `layer`. */
export const consumersOf = (architecture: Architecture, layer: Layer): readonly Layer[] =>
  architecture.layers.filter((other) => other.inputs.includes(layer.index));

/**
 * The one layer that reads from `layer`; `null` where there is none, several, or a conditional one.
 */
export function nextOf(network: Network, layer: Layer): Layer | null {
  const [next, ...others] = consumersOf(network.architecture, layer);
  return next && others.length === 0 && !next.conditional ? next : null;
}

/**
 * The layers of a block: `layer` and the activation, normalisation and dropout layers that directly
 * follow it.
 */
export function blockOf(network: Network, layer: Layer): readonly [Layer, ...Layer[]] {
  const block: [Layer, ...Layer[]] = [layer];
  let next = nextOf(network, layer);
  while (next && network.hidden.includes(next) && isCompanion(next)) {
    block.push(next);
    next = nextOf(network, next);
  }
  return block;
}

/** The last layer of {@link blockOf}. */
export const endOfBlock = (network: Network, layer: Layer): Layer =>
  blockOf(network, layer).at(-1) ?? layer;

/**
 * Where to insert so that the new layer feeds `layer`; `null` when it reads from several layers.
 */
export function insertionBefore(layer: Layer): number | 'input' | null {
  const [input, ...others] = layer.inputs;
  return others.length > 0 ? null : (input ?? 'input');
}

/** A known shape, channels last; or `null`. */
export const shapeOf = (network: Network, layer: Layer): Shape | null =>
  channelsLast(network, known(network.shapes[layer.index]));

/** PyTorch has the channels of an image first. */
function channelsLast({ architecture }: Network, shape: Shape | null): Shape | null {
  if (architecture.framework !== 'torch' || shape?.length !== 3) return shape;
  const [channels = NaN, ...grid] = shape;
  return [...grid, channels];
}

/** The shape of what the model reads; `null` when neither data nor source tell. */
export function inputShapeOf(network: Network): Shape | null {
  const { architecture, data } = network;
  const input = architecture.layers.find(isInput);
  const [first] = architecture.layers;
  const stated = input ? (data?.inputShape ?? null) : first && known(modelInput(first, data));
  return (input && shapeOf(network, input)) ?? channelsLast(network, stated ?? null);
}

/** The shape of what `layer` reads; `null` where it is unknown or there are several inputs. */
export function incomingShapeOf(network: Network, layer: Layer): Shape | null {
  const before = insertionBefore(layer);
  return before === 'input'
    ? inputShapeOf(network)
    : channelsLast(network, known(network.shapes[before ?? -1]));
}

/** `units` or `filters` of a layer, where it is written as a number. */
export function widthOf(
  layer: Layer,
): { readonly name: 'units' | 'filters'; readonly value: number } | null {
  const name = numberOf(layer, 'units') === null ? 'filters' : 'units';
  const value = numberOf(layer, name);
  return value === null ? null : { name, value };
}

/** The weighted layers whose arguments may change. */
export const tunableLayers = (network: Network): readonly Layer[] =>
  network.tunable.filter(isWeighted);

/** The weighted layers of `hidden` whose width is a number. */
export const sizedLayers = (network: Network): readonly Layer[] =>
  network.hidden.filter((layer) => isWeighted(layer) && widthOf(layer) !== null);

/**
 * The activation of a weighted layer: its own argument, or the activation layer behind it; `linear`
 * when there is none.
 */
export function activationOf(
  network: Network,
  layer: Layer,
): { readonly name: string; readonly at: Layer } {
  const own = ownActivation(layer);
  const separate = blockOf(network, layer).find(isActivation);
  if (!separate || own !== 'linear') return { name: own, at: layer };
  return {
    name: separate.type === 'activation' ? ownActivation(separate) : separate.type,
    at: separate,
  };
}

/**
 * A copy in which some layers' arguments have another value: to count what an edit costs before it
 * is written.
 */
export function withArgument(
  architecture: Architecture,
  layers: readonly Layer[],
  change: { readonly name: string; readonly value: (layer: Layer) => Value },
): Architecture {
  const changed = (layer: Layer): Layer => ({
    ...layer,
    arguments: layer.arguments.map((argument) =>
      argument.name === change.name ? { ...argument, value: change.value(layer) } : argument,
    ),
  });
  return {
    ...architecture,
    layers: architecture.layers.map((layer) =>
      layers.some((one) => isSameLine(one, layer)) ? changed(layer) : layer,
    ),
  };
}

/**
 * How people call a layer: `dense layer 2 (64 units)`; counted among its own type, from the input.
 */
export function describe(network: Network, layer: Layer): string {
  const alike = network.architecture.layers.filter((other) => other.type === layer.type);
  const place = alike.length > 1 ? ` ${alike.indexOf(layer) + 1}` : '';
  const width = widthOf(layer);
  const where = layer.conditional ? ' wherever its line runs' : '';
  return `${layer.type} layer${place}${width ? ` (${width.value} ${width.name})` : ''}${where}`;
}

/**
 * Several layers in words: by name when it is one, `all 3 hidden layers` when there are no others,
 * else their number.
 */
export function describeAll(network: Network, layers: readonly Layer[]): string {
  const [first, ...others] = layers;
  if (first && others.length === 0) return describe(network, first);
  const everyOne = layers.length === tunableLayers(network).length;
  return (
    `${everyOne ? (layers.length === 2 ? 'both' : `all ${layers.length}`) : layers.length} ` +
    'hidden layers'
  );
}

const known = (shape: InferredShape | undefined): Shape | null => (isKnown(shape) ? shape : null);

/** From each output back to its last weighted layer. */
function headOf(architecture: Architecture): readonly Layer[] {
  const sinks = architecture.layers.filter(
    (layer) => consumersOf(architecture, layer).length === 0,
  );
  const head = new Set<Layer>();
  for (const sink of sinks) {
    let layer: Layer | undefined = sink;
    while (layer && !head.has(layer)) {
      head.add(layer);
      const [input, ...others]: readonly number[] = layer.inputs;
      layer =
        isWeighted(layer) || input === undefined || others.length > 0
          ? undefined
          : architecture.layers[input];
    }
  }
  return architecture.layers.filter((layer) => head.has(layer));
}
