import type { ArchitectureEdit, LayerSpec } from '../../../../model/edits.ts';
import { boolean, number, type NamedValue } from '../../../../model/values.ts';
import type { PythonReading } from '../read/reading.ts';
import { separable } from './separableEdits.ts';
import { statedWidth } from './widths.ts';

/** Activations that are layers of their own in PyTorch, with the type that reading gives them. */
const LAYERS = new Set(['relu', 'elu']);

/**
 * An edit as PyTorch can have it, in steps: an activation is a layer of its own, weights start as
 * PyTorch starts them, and what is one layer in Keras may be two.
 */
export function torchEdits(
  edit: ArchitectureEdit,
  reading: PythonReading,
): readonly ArchitectureEdit[] {
  switch (edit.kind) {
    case 'insertLayers':
      return [{ ...edit, layers: edit.layers.flatMap(separated) }];
    case 'replaceLayer':
      return replaced(edit, reading);
    case 'addBranch':
      return [{ ...edit, layers: edit.layers.flatMap(ofChannels) }];
    case 'setArgument':
      return edit.name === 'activation' && edit.value.kind === 'string'
        ? [activated(edit, edit.value.value, reading)]
        : [edit];
    default:
      return [edit];
  }
}

type Replacing = Extract<ArchitectureEdit, { kind: 'replaceLayer' }>;

function replaced(edit: Replacing, { layers }: PythonReading): readonly ArchitectureEdit[] {
  const [own, ...behind] = separated(edit.with);
  const old = layers[edit.layer];
  if (!own || !old) return [edit];
  const after = old.inputs[0] ?? 'input';
  switch (own.type) {
    case 'bidirectional':
      return [
        { kind: 'setArgument', layer: edit.layer, name: 'bidirectional', value: boolean(true) },
      ];
    case 'separableConv2d':
      return separable(edit, { after, width: statedWidth(old.draft.arguments) });
    case 'globalAveragePooling2d':
      return old.draft.type === 'flatten'
        ? [{ kind: 'insertLayers', after, layers: [TO_ONE] }]
        : [edit];
    default:
      return [
        { ...edit, with: own },
        ...(behind.length > 0
          ? [{ kind: 'insertLayers', after: edit.layer, layers: behind } as const]
          : []),
      ];
  }
}

/** What is left of each channel is its mean; a flatten behind it makes a row of them. */
const TO_ONE: LayerSpec = {
  type: 'globalAveragePooling2d',
  arguments: [{ name: 'keepdims', value: boolean(true) }],
};

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

/**
 * Channels come first, and what is averaged over rows and columns keeps both: there a dense layer
 * is a convolution of one cell, and nothing has to be put into shape.
 */
function ofChannels(spec: LayerSpec): readonly LayerSpec[] {
  if (spec.type === 'reshape') return [];
  if (spec.type === 'globalAveragePooling2d')
    return [{ ...spec, arguments: [{ name: 'keepdims', value: boolean(true) }] }];
  if (spec.type !== 'dense') return separated(spec);
  const args = spec.arguments.map((it) => (it.name === 'units' ? { ...it, name: 'filters' } : it));
  return separated({
    type: 'conv2d',
    arguments: [...args, { name: 'kernelSize', value: number(1) }],
  });
}

/** Without what PyTorch has no argument for. */
function plain(spec: LayerSpec): LayerSpec {
  const activation = spec.arguments.find(({ name }) => name === 'activation')?.value;
  if (spec.type === 'activation' && activation?.kind === 'string')
    return activationLayer(activation.value);
  return {
    type: spec.type,
    arguments: spec.arguments.filter((argument) => !isUnsaid(argument)),
  };
}

/** PyTorch has no initialisers for an argument, and pads nothing where nothing is said. */
const isUnsaid = ({ name, value }: NamedValue): boolean =>
  name === 'kernelInitializer' ||
  name === 'biasInitializer' ||
  (name === 'padding' && value.kind === 'string' && value.value === 'valid');
