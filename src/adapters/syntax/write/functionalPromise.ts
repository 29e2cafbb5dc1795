import type { NamedValue } from '../../../model/values.ts';
import { isInputShape, withoutArguments } from './promisedLayers.ts';
import type { Promised, PromisedLayer } from './promisedLayers.ts';

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
