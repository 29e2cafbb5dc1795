import type { Architecture, Argument, Layer } from '../architecture.ts';
import { numberOf } from '../layerArguments.ts';
import type { Value } from '../values.ts';
import { boolean, list, number, string } from '../values.ts';
import type { DataShape } from './shape.ts';

/**
 * A PyTorch architecture as the rules for shapes need it: channels stand first, a recurrent layer
 * gives every step, and a size that a linear layer says of its input is the size of what it reads.
 */
export function torchView(architecture: Architecture, data: DataShape | null): Architecture {
  if (architecture.framework !== 'torch') return architecture;
  const layers = architecture.layers.map((layer) => {
    const view = GRID.test(layer.type)
      ? withArgument(layer, 'dataFormat', string('channelsFirst'))
      : layer;
    if (RECURRENT.has(layer.type)) return withArgument(view, 'returnSequences', boolean(true));
    if (layer.type === 'batchNormalization') return withArgument(view, 'axis', number(1));
    const size = SIZED.includes(layer.type) ? sizeRead(architecture, layer) : null;
    if (size === null || (layer.type === 'inputLayer' && data)) return view;
    return withArgument(view, 'shape', list(number(size)));
  });
  return { ...architecture, layers };
}

const GRID = /[123]d/i;

const RECURRENT = new Set(['lstm', 'gru', 'simpleRNN']);

const SIZED = ['inputLayer', 'flatten'];

/** The width that every reader of a layer says it reads; `null` where they do not say. */
function sizeRead({ layers }: Architecture, { index }: Layer): number | null {
  const readers = layers.filter(({ inputs }) => inputs.includes(index));
  const sizes = readers.map((reader) =>
    reader.type === 'dense' ? numberOf(reader, 'inFeatures') : null,
  );
  const [size] = sizes;
  return size !== undefined && sizes.every((one) => one === size) ? size : null;
}

function withArgument(layer: Layer, name: string, value: Value): Layer {
  if (layer.arguments.some((argument) => argument.name === name)) return layer;
  const added: Argument = { name, value, range: layer.range, constant: null };
  return { ...layer, arguments: [...layer.arguments, added] };
}
