import { string } from '../../../model/values.ts';
import type { Dialect, Factory } from './dialect.ts';
import { torchActivations, torchArguments, torchPositional, torchTypes } from './torchNames.ts';
import { TYPES, POSITIONAL, ARGUMENTS } from './kerasNames.ts';

/**
 * Arguments whose strings are names (of losses, activations …) and therefore spelled as in tfjs.
 */
const NAMED_BY_STRING =
  /^(loss|metrics|dataFormat|mergeMode|optimizer)$|Initializer$|[aA]ctivation$|Regularizer$/;

const TYPED: Readonly<Record<string, Factory>> = {
  Input: { kind: 'input' },
  InputLayer: { kind: 'layer', type: 'inputLayer', given: [] },
  Sequential: { kind: 'sequential' },
  Model: { kind: 'model' },
};

/** Names as Keras has them; of PyTorch, what stands in an `nn.Sequential`. */
export const kerasDialect: Dialect = {
  importPath({ module, member }) {
    const full = member === null ? module : `${module}.${member}`;
    return /^(tensorflow|keras|tf_keras|torch)\b/.test(full) ? shortened(full) : null;
  },
  wellKnown: { tf: '', keras: '', layers: 'layers', nn: 'nn', torch: '' },
  factory(path) {
    const [space, name] = split(shortened(path));
    if (space === 'nn') return name === 'Sequential' ? { kind: 'sequential' } : torchFactory(name);
    if (['', 'models', 'layers', 'engine'].includes(space) && TYPED[name]) return TYPED[name];
    return space === 'layers' && /^[A-Z]/.test(name)
      ? { kind: 'layer', type: typeOf(name), given: [] }
      : null;
  },
  valuePath(path) {
    const [space, name] = split(shortened(path));
    if (space === 'optimizers')
      return `train.${lowerFirst(name.replace('RMSprop', 'rmsprop').replace('SGD', 'sgd'))}`;
    if (space === 'layers') return `layers.${typeOf(name)}`;
    const own = camel(lowerFirst(name.replace('L1L2', 'l1l2').replace('l1_l2', 'l1l2')));
    return space === '' ? own : `${space}.${own}`;
  },
  argumentName(name, path) {
    const torch = split(shortened(path))[0] === 'nn' ? torchArguments[name] : undefined;
    return torch ?? ARGUMENTS[name] ?? camel(name);
  },
  positional(path) {
    const [space, name] = split(shortened(path));
    if (space === 'nn') return torchPositional[name] ?? [];
    if (space === 'optimizers') return ['learningRate'];
    return (
      POSITIONAL[space === 'layers' ? typeOf(name) : kerasDialect.valuePath(path)] ??
      POSITIONAL[name] ??
      []
    );
  },
  text: (argument, value) => (NAMED_BY_STRING.test(argument) ? camel(value) : value),
  applyMethod: null,
};

const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

const camel = (name: string): string =>
  name.replaceAll(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

const typeOf = (name: string): string =>
  TYPES[name] ?? lowerFirst(name).replaceAll(/(\d)D/g, '$1d');

const shortened = (path: string): string =>
  path
    .replace(/^(tensorflow\.python|tensorflow|tf_keras|torch)(\.|$)/, '')
    .replace(/^keras(\.src|\.api)?(\.|$)/, '');

function split(path: string): [string, string] {
  const dot = path.lastIndexOf('.');
  return dot < 0 ? ['', path] : [path.slice(0, dot), path.slice(dot + 1)];
}

const torchFactory = (name: string): Factory | null => {
  const activation = torchActivations[name];
  if (activation !== undefined)
    return {
      kind: 'layer',
      type: 'activation',
      given: [{ name: 'activation', value: string(activation) }],
    };
  const type = torchTypes[name];
  return type === undefined ? null : { kind: 'layer', type, given: [] };
};
