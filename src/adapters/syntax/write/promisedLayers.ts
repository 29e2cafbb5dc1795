import type { Branch, LayerSpec } from '../../../model/edits.ts';
import type { NamedValue } from '../../../model/values.ts';

/** A layer as an edit leaves it. */
export interface PromisedLayer {
  readonly type: string;
  readonly arguments: readonly NamedValue[];
  readonly inputs: readonly number[];
  readonly conditional?: boolean;
  readonly range?: { readonly start: number };
}

/** The layers after an edit, and where each layer from before has gone (`null`: removed). */
export interface Promised {
  readonly layers: readonly PromisedLayer[];
  readonly moved: readonly (number | null)[];
}

/** Whether an argument states the shape of the model's input. */
export const isInputShape = (name: string): boolean =>
  name === 'inputShape' || name === 'batchInputShape';

/** The layer without the named arguments. */
export const withoutArguments = (
  layer: PromisedLayer,
  drop: (name: string) => boolean,
): PromisedLayer => ({
  ...layer,
  arguments: layer.arguments.filter(({ name }) => !drop(name)),
});

/** `args`, with the input shape that `layer` states where they state none. */
export function withShapeOf(
  layer: Pick<PromisedLayer, 'arguments'>,
  args: readonly NamedValue[],
): readonly NamedValue[] {
  if (args.some(({ name }) => isInputShape(name))) return args;
  return [
    ...layer.arguments
      .filter(({ name }) => isInputShape(name))
      .map(({ name, value }) => ({ name, value })),
    ...args,
  ];
}

/** Makes room for `count` layers at `at`. */
function shifted(layers: readonly PromisedLayer[], at: number, count: number): Promised {
  const moved = layers.map((_, index) => (index < at ? index : index + count));
  return {
    layers: layers.map((layer) => ({
      ...layer,
      inputs: layer.inputs.map((input) => moved[input] ?? input),
    })),
    moved,
  };
}

/** Layers after one of a sequence; what followed it follows the last of them. */
export function inserted(
  layers: readonly PromisedLayer[],
  after: number | 'input',
  specs: readonly LayerSpec[],
): Promised {
  const source = after === 'input' ? layers.findIndex(({ type }) => type === 'inputLayer') : after;
  if (source < 0) return insertedFirst(layers, specs);
  const at = source + 1;
  const { layers: old, moved } = shifted(layers, at, specs.length);
  const last = source + specs.length;
  const readers = old.map((layer) => ({
    ...layer,
    inputs: layer.inputs.map((input) => (input === source ? last : input)),
  }));
  const added = specs.map((spec, index) => ({ ...spec, inputs: [source + index] }));
  return { layers: [...readers.slice(0, at), ...added, ...readers.slice(at)], moved };
}

/** In front of a sequential model's first layer, which hands its input shape over. */
function insertedFirst(layers: readonly PromisedLayer[], specs: readonly LayerSpec[]): Promised {
  const { layers: old, moved } = shifted(layers, 0, specs.length);
  const [first, ...rest] = old;
  if (!first) return { layers: old, moved };
  const added = specs.map((spec, index) => ({
    type: spec.type,
    arguments: index === 0 ? withShapeOf(first, spec.arguments) : spec.arguments,
    inputs: index === 0 ? [] : [index - 1],
  }));
  return {
    layers: [
      ...added,
      { ...withoutArguments(first, isInputShape), inputs: [specs.length - 1] },
      ...rest,
    ],
    moved,
  };
}

/** A sequence without one layer; what followed it follows its input. */
export function removed(layers: readonly PromisedLayer[], at: number): Promised {
  const gone = layers[at];
  const source = gone?.inputs[0];
  const moved = layers.map((_, index) => (index === at ? null : index < at ? index : index - 1));
  const input = (index: number): number[] => {
    const to = index === at ? source : index;
    return to === undefined ? [] : [moved[to] ?? to];
  };
  const kept = layers.flatMap((layer, index) => {
    if (index === at) return [];
    const readsGone = source === undefined && layer.inputs.includes(at);
    const args = gone && readsGone ? withShapeOf(gone, layer.arguments) : layer.arguments;
    return [{ ...layer, arguments: args, inputs: layer.inputs.flatMap(input) }];
  });
  return { layers: kept, moved };
}

/** A second way from one layer to another, joined behind the later one. */
export function withBranch(
  layers: readonly PromisedLayer[],
  { from, to, layers: way, merge }: Branch,
): Promised {
  const at = to + 1;
  const last = to + way.length + 1;
  const { layers: old, moved } = shifted(layers, at, way.length + 1);
  const readers = old.map((layer) => ({
    ...layer,
    inputs: layer.inputs.map((input) => (input === to ? last : input)),
  }));
  const added = way.map((spec, index) => ({
    ...spec,
    inputs: [index === 0 ? from : at + index - 1],
  }));
  const joined: PromisedLayer = { ...merge, inputs: [to, way.length > 0 ? last - 1 : from] };
  return { layers: [...readers.slice(0, at), ...added, joined, ...readers.slice(at)], moved };
}
