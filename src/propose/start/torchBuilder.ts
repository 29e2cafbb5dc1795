import type { LayerSpec } from '../../model/edits.ts';
import type { Value } from '../../model/values.ts';
import type { Sketch } from './sketch.ts';

/** Shape of an input as a person has it: channels last. */
export type InputShape = readonly number[];

/** What a layer comes to in PyTorch, and the shape behind it (channels last). */
interface Torch {
  /** `self.name = …`; `null` for what is a call alone. */
  readonly module: string | null;
  /** A line of `forward`, with `it` for the module's name. */
  readonly line: (it: string) => string;
  readonly shape: readonly number[];
}

/**
 * A sketch as a module of PyTorch, whose layers are told their sizes. Steps and places come with
 * their channels last, as the data module gives sequences; pictures come with channels first.
 */
export function torchBuilder(sketch: Sketch, shape: InputShape, outputs: number): string {
  const placed = placedIn(sketch, shape);
  const last = placed.at(-1)?.torch.shape ?? shape;
  const modules = [
    ...placed.flatMap(({ name, torch }) =>
      torch.module === null ? [] : [`self.${name} = ${torch.module}`],
    ),
    `self.out = nn.Linear(${last.at(-1) ?? 1}, ${outputs})`,
  ];
  return `import torch
from torch import nn


class Net(nn.Module):
    """The model that is trained; Cortex changes it from here."""

    def __init__(self):
        super().__init__()
${indented(modules)}

    def forward(self, x):
${indented(forward(sketch, placed))}
        return self.out(x)
`;
}

const indented = (lines: readonly string[]): string =>
  lines.map((line) => `        ${line}`).join('\n');

interface Placed {
  readonly name: string;
  readonly torch: Torch;
}

function placedIn({ layers }: Sketch, input: InputShape): readonly Placed[] {
  let shape: readonly number[] = input;
  return layers.map((layer, index) => {
    const torch = torchOf(layer, shape);
    shape = torch.shape;
    return { name: `${nameOf(layer.type)}_${index + 1}`, torch };
  });
}

const nameOf = (type: string): string =>
  type.replaceAll(/(\d)d/g, '$1d').replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function forward({ shortcuts }: Sketch, placed: readonly Placed[]): readonly string[] {
  return placed.flatMap(({ name, torch }, index) => [
    `x = ${torch.line(`self.${name}`)}`,
    ...shortcuts.flatMap(({ to }, place) => (to === index ? [`x = x + shortcut${place + 1}`] : [])),
    ...shortcuts.flatMap(({ from }, place) => (from === index ? [`shortcut${place + 1} = x`] : [])),
  ]);
}

const ACTIVATIONS: Readonly<Record<string, string>> = {
  relu: 'torch.relu',
  tanh: 'torch.tanh',
  sigmoid: 'torch.sigmoid',
};

type Make = (layer: LayerSpec, shape: readonly number[]) => Torch;

const numberIn = ({ arguments: args }: LayerSpec, name: string): number => {
  const value = args.find((one) => one.name === name)?.value;
  return value?.kind === 'number' ? value.value : 0;
};

const valueIn = ({ arguments: args }: LayerSpec, name: string): Value | undefined =>
  args.find((one) => one.name === name)?.value;

function activated(layer: LayerSpec, inner: string): string {
  const activation = valueIn(layer, 'activation');
  const name = activation?.kind === 'string' ? ACTIVATIONS[activation.value] : undefined;
  return name === undefined ? inner : `${name}(${inner})`;
}

const dense: Make = (layer, shape) => ({
  module: `nn.Linear(${shape.at(-1) ?? 1}, ${numberIn(layer, 'units')})`,
  line: (it) => activated(layer, `${it}(x)`),
  shape: [...shape.slice(0, -1), numberIn(layer, 'units')],
});

const same =
  (module: (layer: LayerSpec, shape: readonly number[]) => string): Make =>
  (layer, shape) => ({ module: module(layer, shape), line: (it) => `${it}(x)`, shape });

const convolution2d: Make = (layer, [height = 1, width = 1, channels = 1]) => ({
  module: `nn.Conv2d(${channels}, ${numberIn(layer, 'filters')}, 3, padding=1)`,
  line: (it) => activated(layer, `${it}(x)`),
  shape: [height, width, numberIn(layer, 'filters')],
});

const separable2d: Make = (layer, [height = 1, width = 1, channels = 1]) => ({
  module:
    `nn.Sequential(nn.Conv2d(${channels}, ${channels}, 3, padding=1, groups=${channels}), ` +
    `nn.Conv2d(${channels}, ${numberIn(layer, 'filters')}, 1))`,
  line: (it) => activated(layer, `${it}(x)`),
  shape: [height, width, numberIn(layer, 'filters')],
});

/** Steps last while it works: that is where PyTorch's convolution looks for them. */
const convolution1d: Make = (layer, [steps = 1, channels = 1]) => {
  const [filters, kernel] = [numberIn(layer, 'filters'), numberIn(layer, 'kernelSize')];
  return {
    module: `nn.Conv1d(${channels}, ${filters}, ${kernel}, padding=${(kernel - 1) / 2})`,
    line: (it) => activated(layer, `${it}(x.transpose(1, 2)).transpose(1, 2)`),
    shape: [steps, filters],
  };
};

const recurrent =
  (kind: 'GRU' | 'LSTM'): Make =>
  (layer, [steps = 1, channels = 1]) => {
    const units = numberIn(layer, 'units');
    const isEvery = valueIn(layer, 'returnSequences') !== undefined;
    return {
      module: `nn.${kind}(${channels}, ${units}, batch_first=True)`,
      line: (it) => `${it}(x)[0]${isEvery ? '' : '[:, -1]'}`,
      shape: isEvery ? [steps, units] : [units],
    };
  };

const embedding: Make = (layer, shape) => ({
  module: `nn.Embedding(${numberIn(layer, 'inputDim')}, ${numberIn(layer, 'outputDim')})`,
  line: (it) => `${it}(x.long())`,
  shape: [...shape, numberIn(layer, 'outputDim')],
});

const alone =
  (line: string, shape: (shape: readonly number[]) => readonly number[]): Make =>
  (_layer, before) => ({ module: null, line: () => line, shape: shape(before) });

const LAYERS: Readonly<Record<string, Make>> = {
  dense,
  dropout: same((layer) => `nn.Dropout(${numberIn(layer, 'rate')})`),
  layerNormalization: same((_, shape) => `nn.LayerNorm(${shape.at(-1) ?? 1})`),
  batchNormalization: same(
    (_, shape) => `nn.BatchNorm${shape.length === 3 ? 2 : 1}d(${shape.at(-1) ?? 1})`,
  ),
  conv2d: convolution2d,
  separableConv2d: separable2d,
  conv1d: convolution1d,
  gru: recurrent('GRU'),
  lstm: recurrent('LSTM'),
  embedding,
  flatten: alone('torch.flatten(x, 1)', (shape) => [shape.reduce((size, axis) => size * axis, 1)]),
  maxPooling2d: (_, [height = 1, width = 1, channels = 1]) => ({
    module: 'nn.MaxPool2d(2)',
    line: (it) => `${it}(x)`,
    shape: [Math.floor(height / 2), Math.floor(width / 2), channels],
  }),
  maxPooling1d: alone(
    'torch.max_pool1d(x.transpose(1, 2), 2).transpose(1, 2)',
    ([steps = 1, channels = 1]) => [Math.floor(steps / 2), channels],
  ),
  globalAveragePooling2d: alone('x.mean(dim=(2, 3))', (shape) => shape.slice(-1)),
  globalAveragePooling1d: alone('x.mean(dim=1)', (shape) => shape.slice(-1)),
  globalMaxPooling1d: alone('x.amax(dim=1)', (shape) => shape.slice(-1)),
};

function torchOf(layer: LayerSpec, shape: readonly number[]): Torch {
  const make = LAYERS[layer.type];
  if (!make) throw new RangeError(`no first model in PyTorch has a layer ${layer.type}`);
  return make(layer, shape);
}
