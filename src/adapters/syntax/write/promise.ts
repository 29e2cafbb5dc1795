import type { ArchitectureEdit, LayerSpec } from '../../../model/edits.ts';
import type { NamedValue } from '../../../model/values.ts';
import {
  inserted,
  removed,
  withResidual,
  isInputShape,
  withoutArguments,
  withShapeOf,
  type PromisedLayer,
  type Promised,
} from './promisedLayers.ts';

/** What an edit promises, in no language: the writer's result is held against it. */
export function promiseOf(layers: readonly PromisedLayer[], edit: ArchitectureEdit): Promised {
  switch (edit.kind) {
    case 'setArgument':
      return changed(layers, edit.layer, (layer) => withArgument(layer, edit));
    case 'removeArgument':
      return changed(layers, edit.layer, (layer) =>
        withoutArguments(layer, (name) => name === edit.name),
      );
    case 'replaceLayer':
      return changed(layers, edit.layer, (layer) => replaced(layer, edit.with));
    case 'insertLayers':
      return inserted(layers, edit.after, edit.layers);
    case 'removeLayer':
      return removed(layers, edit.layer);
    case 'addResidual':
      return withResidual(layers, edit);
    case 'setCompile':
      return { layers, moved: layers.map((_, index) => index) };
  }
}

/** A sequential model written functionally: the input becomes a layer of its own. */
export function functionalPromise(layers: readonly PromisedLayer[]): Promised {
  const [first] = layers;
  if (!first || first.type === 'inputLayer') {
    const input = first
      ? [{ ...first, arguments: first.arguments.map(asInput) }, ...layers.slice(1)]
      : layers;
    return { layers: input, moved: layers.map((_, index) => index) };
  }
  const input: PromisedLayer = {
    type: 'inputLayer',
    arguments: first.arguments.filter(({ name }) => isInputShape(name)).map(asInput),
    inputs: [],
  };
  const rest = layers.map((layer, index) => ({
    ...(index === 0 ? withoutArguments(layer, isInputShape) : layer),
    inputs: index === 0 ? [0] : layer.inputs.map((at) => at + 1),
  }));
  return { layers: [input, ...rest], moved: layers.map((_, index) => index + 1) };
}

/** `inputShape` on a layer is `shape` on an input. */
export const asInput = ({ name, value }: NamedValue): NamedValue => ({
  name: name === 'inputShape' ? 'shape' : name === 'batchInputShape' ? 'batchShape' : name,
  value,
});

function changed(
  layers: readonly PromisedLayer[],
  at: number,
  change: (layer: PromisedLayer) => PromisedLayer,
): Promised {
  return {
    layers: layers.map((layer, index) => (index === at ? change(layer) : layer)),
    moved: layers.map((_, index) => index),
  };
}

const withArgument = (layer: PromisedLayer, argument: NamedValue): PromisedLayer => ({
  ...layer,
  arguments: [
    ...layer.arguments.filter(({ name }) => name !== argument.name),
    { name: argument.name, value: argument.value },
  ],
});

function replaced(layer: PromisedLayer, spec: LayerSpec): PromisedLayer {
  return { ...layer, type: spec.type, arguments: withShapeOf(layer, spec.arguments) };
}
