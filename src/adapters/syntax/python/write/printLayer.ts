import type { LayerSpec } from '../../../../model/edits.ts';
import { classOf, type OwnLayer } from '../../../../model/ownLayers/ownLayer.ts';
import { ownLayer } from '../../../../model/ownLayers/ownLayers.ts';
import { number, type NamedValue, type Value } from '../../../../model/values.ts';
import { cannotEditError } from '../../errors.ts';
import { KERAS_FIRST, kerasClass, snake, torchKeyword } from './names.ts';
import type { PythonContext } from './pythonContext.ts';

/** What a new PyTorch layer reads: how many numbers or channels, and over how many dimensions. */
export interface Reads {
  readonly width: number | null;
  readonly rank: 0 | 1 | 2 | 3;
}

/** A layer as a call of its library. */
export function printLayer(context: PythonContext, spec: LayerSpec, reads: Reads): string {
  const own = ownLayer(spec.type);
  if (own) return printOwn(context, own, { spec, width: reads.width });
  return context.isTorch ? printTorch(context, spec, reads) : printKeras(context, spec);
}

/** A layer whose class comes along: PyTorch's says how wide its input is, where it has weights. */
function printOwn(
  { printer, isTorch }: PythonContext,
  own: OwnLayer,
  { spec, width }: { readonly spec: LayerSpec; readonly width: number | null },
): string {
  if (isTorch && own.statesWidth && width === null)
    throw cannotEditError('how wide the layer before is does not stand in the source');
  const stated: readonly NamedValue[] =
    isTorch && own.statesWidth && width !== null
      ? [{ name: 'inFeatures', value: number(width) }]
      : [];
  const all = [...stated, ...spec.arguments].map(({ name, value }) => {
    const keyword = isTorch ? torchKeyword(name, spec.type) : snake(name);
    return `${keyword}=${printer.value(value)}`;
  });
  return `${classOf(own)}(${all.join(', ')})`;
}

function printKeras(
  { printer, reading }: PythonContext,
  { type, arguments: args }: LayerSpec,
): string {
  const first = KERAS_FIRST[type] ?? [];
  const leading = first.every((name) => args.some((it) => it.name === name)) ? first : [];
  const positional = leading.flatMap((name) => args.filter((it) => it.name === name));
  const rest = args.filter((it) => !leading.includes(it.name));
  const all = [
    ...positional.map(({ name, value }) => printer.value(value, name)),
    ...rest.map(({ name, value }) => `${kerasKeyword(name, type)}=${printer.value(value, name)}`),
  ];
  const name = kerasClass(type);
  const prefix = neighbour(reading, 'keras');
  const callee = prefix === null ? printer.reach(`keras.layers.${name}`) : `${prefix}${name}`;
  return `${callee}(${all.join(', ')})`;
}

/** Keras's keyword for an argument of a layer of `type`. */
export const kerasKeyword = (name: string, type: string): string =>
  name === 'alpha' && type === 'leakyReLU' ? 'alpha' : snake(name);

/** `layers.`, as the other layers of the builder have it; `null` where names stand bare. */
function neighbour({ layers, module }: PythonContext['reading'], framework: string): string | null {
  for (const { draft } of layers) {
    const callee = draft.call?.callee;
    if (draft.framework !== framework || draft.type === 'inputLayer') continue;
    if (callee?.kind === 'attribute' && /^[A-Z]/.test(callee.name) && isModulePath(callee.object))
      return `${module.text.slice(callee.object.span.start, callee.object.span.end)}.`;
  }
  return null;
}

const isModulePath = (expression: { kind: string }): boolean =>
  expression.kind === 'name' || expression.kind === 'attribute';

interface TorchPrinting {
  readonly name: string;
  readonly args: readonly NamedValue[];
}

function printTorch(context: PythonContext, spec: LayerSpec, reads: Reads): string {
  const { name, args } = torchPrinting(spec, reads);
  const { printer, reading } = context;
  const positional = args.filter((it) => /^\d+$/.test(it.name));
  const named = args.filter((it) => !/^\d+$/.test(it.name));
  const all = [
    ...positional.map(({ value }) => printer.value(value)),
    ...named.map((it) => `${torchKeyword(it.name, spec.type)}=${printer.value(it.value)}`),
  ];
  const prefix = neighbour(reading, 'torch');
  const callee = prefix === null ? printer.reach(`torch.nn.${name}`) : `${prefix}${name}`;
  return `${callee}(${all.join(', ')})`;
}

/** Arguments that PyTorch's layers have no word for. */
const UNSAID = ['kernelInitializer', 'biasInitializer', 'activation'];

function torchPrinting(spec: LayerSpec, reads: Reads): TorchPrinting {
  const printing = TORCH[spec.type]?.(spec, reads);
  if (!printing)
    throw cannotEditError(`a layer \`${spec.type}\` cannot be written in PyTorch there`);
  return printing;
}

type Print = (spec: LayerSpec, reads: Reads) => TorchPrinting | null;

const argument = ({ arguments: args }: LayerSpec, name: string): Value | undefined =>
  args.find((it) => it.name === name)?.value;

const sized = (width: number | null): NamedValue[] | null =>
  width === null ? null : [{ name: '0', value: { kind: 'number', value: width } }];

const dense: Print = (spec, { width }) => {
  const units = argument(spec, 'units');
  const first = sized(width);
  if (!units || !first) return null;
  const rest = spec.arguments.filter(({ name }) => name !== 'units' && !UNSAID.includes(name));
  return rest.some(({ name }) => name === 'kernelRegularizer')
    ? null
    : { name: 'Linear', args: [...first, { name: '1', value: units }, ...rest] };
};

const convolution =
  (rank: 1 | 2): Print =>
  (spec, reads) => {
    const [filters, kernel] = [argument(spec, 'filters'), argument(spec, 'kernelSize')];
    const first = sized(reads.width);
    if (!filters || !kernel || !first || reads.rank !== rank) return null;
    const padding = argument(spec, 'padding');
    const same = padding?.kind === 'string' && padding.value === 'same';
    const size = kernel.kind === 'number' && kernel.value % 2 === 1 ? (kernel.value - 1) / 2 : null;
    if (same && size === null) return null;
    const rest = spec.arguments.filter(
      ({ name }) => !['filters', 'kernelSize', 'padding', ...UNSAID].includes(name),
    );
    const around: NamedValue[] =
      same && size ? [{ name: 'padding', value: { kind: 'number', value: size } }] : [];
    return {
      name: `Conv${rank}d`,
      args: [
        ...first,
        { name: '1', value: filters },
        { name: '2', value: kernel },
        ...rest,
        ...around,
      ],
    };
  };

/** What is left of each channel is one number, on a grid of its own: a flatten follows. */
const globalPooling: Print = (spec) => {
  const kept = argument(spec, 'keepdims');
  return kept?.kind === 'boolean' && kept.value
    ? { name: 'AdaptiveAvgPool2d', args: [{ name: '0', value: number(1) }] }
    : null;
};

const normalization: Print = (spec, { width, rank }) => {
  const first = sized(width);
  if (spec.type === 'layerNormalization' && rank > 0) return null;
  const name = spec.type === 'layerNormalization' ? 'LayerNorm' : `BatchNorm${Math.max(1, rank)}d`;
  return first && { name, args: [...first, ...spec.arguments] };
};

const leading =
  (name: string, ...first: readonly string[]): Print =>
  (spec) => ({
    name,
    args: spec.arguments.map((it) =>
      first.includes(it.name) ? { ...it, name: String(first.indexOf(it.name)) } : it,
    ),
  });

const pooling =
  (name: string): Print =>
  (spec) =>
    argument(spec, 'padding') && !isNumber(argument(spec, 'padding'))
      ? null
      : leading(name, 'poolSize')(spec, { width: null, rank: 0 });

const isNumber = (value: Value | undefined): boolean => value?.kind === 'number';

/** Modules for activations that are an argument in Keras. */
const ACTIVATIONS: Readonly<Record<string, string>> = {
  relu: 'ReLU',
  elu: 'ELU',
  selu: 'SELU',
  gelu: 'GELU',
  swish: 'SiLU',
  mish: 'Mish',
  tanh: 'Tanh',
  sigmoid: 'Sigmoid',
  softplus: 'Softplus',
  relu6: 'ReLU6',
};

/** The module for an activation, by tfjs's name; `null` where PyTorch has none. */
const torchActivation = (name: string): string | null => ACTIVATIONS[name] ?? null;

const activation: Print = (spec) => {
  const value = argument(spec, 'activation');
  const name = value?.kind === 'string' ? torchActivation(value.value) : null;
  return name === null ? null : { name, args: [] };
};

const TORCH: Readonly<Record<string, Print>> = {
  dense,
  conv1d: convolution(1),
  conv2d: convolution(2),
  globalAveragePooling2d: globalPooling,
  batchNormalization: normalization,
  layerNormalization: normalization,
  dropout: leading('Dropout', 'rate'),
  spatialDropout2d: leading('Dropout2d', 'rate'),
  flatten: leading('Flatten'),
  reLU: leading('ReLU'),
  elu: leading('ELU', 'alpha'),
  leakyReLU: leading('LeakyReLU', 'alpha'),
  maxPooling2d: pooling('MaxPool2d'),
  averagePooling2d: pooling('AvgPool2d'),
  activation,
};
