import { branchOf, type ArchitectureEdit, type LayerSpec } from '../../../model/edits.ts';
import type { NamedValue } from '../../../model/values.ts';
import {
  inserted,
  removed,
  withBranch,
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
    case 'addBranch':
      return withBranch(layers, branchOf(edit));
    case 'setCompile':
      return { layers, moved: layers.map((_, index) => index) };
  }
}

function changed(
  layers: readonly PromisedLayer[],
  at: number,
  change: (layer: PromisedLayer) => PromisedLayer,
): Promised {
  return {
    layers: layers.map((layer, index) =>
      index === at || isSameLine(layers[at], layer) ? change(layer) : layer,
    ),
    moved: layers.map((_, index) => index),
  };
}

/** One call in a loop or a helper makes several layers, and all of them change. */
const isSameLine = (at: PromisedLayer | undefined, layer: PromisedLayer): boolean =>
  at?.conditional === true && at.range !== undefined && at.range.start === layer.range?.start;

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
