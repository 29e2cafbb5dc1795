import type { ArchitectureEdit, LayerSpec } from '../../../../model/edits.ts';
import type { PythonReading } from '../read/reading.ts';

/** Activations that are layers of their own in PyTorch, with the type that reading gives them. */
const LAYERS = new Set(['relu', 'elu']);

/**
 * An edit as PyTorch can have it: an activation is a layer of its own, and weights start as
 * PyTorch starts them.
 */
export function torchEdits(edit: ArchitectureEdit, reading: PythonReading): ArchitectureEdit {
  switch (edit.kind) {
    case 'insertLayers':
      return { ...edit, layers: edit.layers.flatMap(separated) };
    case 'replaceLayer':
      return { ...edit, with: plain(edit.with) };
    case 'setArgument':
      return edit.name === 'activation' && edit.value.kind === 'string'
        ? activated(edit, edit.value.value, reading)
        : edit;
    default:
      return edit;
  }
}

/** An activation is put behind the layer. */
const activated = (
  edit: Extract<ArchitectureEdit, { kind: 'setArgument' }>,
  name: string,
  { layers }: PythonReading,
): ArchitectureEdit => {
  const type = layers[edit.layer]?.draft.type ?? '';
  if (type === 'activation')
    return { kind: 'replaceLayer', layer: edit.layer, with: activationLayer(name) };
  return { kind: 'insertLayers', after: edit.layer, layers: [activationLayer(name)] };
};

const activationLayer = (name: string): LayerSpec =>
  LAYERS.has(name)
    ? { type: name === 'relu' ? 'reLU' : name, arguments: [] }
    : {
        type: 'activation',
        arguments: [{ name: 'activation', value: { kind: 'string', value: name } }],
      };

function separated(spec: LayerSpec): readonly LayerSpec[] {
  const activation = spec.arguments.find(({ name }) => name === 'activation')?.value;
  if (spec.type === 'activation') return [plain(spec)];
  const own = plain({
    ...spec,
    arguments: spec.arguments.filter(({ name }) => name !== 'activation'),
  });
  return activation?.kind === 'string' && activation.value !== 'linear'
    ? [own, activationLayer(activation.value)]
    : [own];
}

/** Without what PyTorch has no argument for. */
function plain(spec: LayerSpec): LayerSpec {
  const activation = spec.arguments.find(({ name }) => name === 'activation')?.value;
  if (spec.type === 'activation' && activation?.kind === 'string')
    return activationLayer(activation.value);
  return {
    type: spec.type,
    arguments: spec.arguments.filter(
      ({ name }) => name !== 'kernelInitializer' && name !== 'biasInitializer',
    ),
  };
}
