import { isKerasLayer } from './kerasNames.ts';
import { isTorchModule } from './torchNames.ts';
import type { Py } from './py.ts';

const library = (path: string): Py => ({ kind: 'library', path });

/** Names that people use for a library wherever they have imported it from. */
const WELL_KNOWN: Readonly<Record<string, string>> = {
  tf: 'tf',
  keras: 'keras',
  layers: 'keras.layers',
  models: 'keras.models',
  backend: 'keras.backend',
  nn: 'torch.nn',
  torch: 'torch',
  F: 'torch.nn.functional',
  super: 'python.super',
};

/** Built-in functions and types of Python that builders use. */
const BUILT_IN = new Set(
  (
    'range len int float str bool list tuple dict zip enumerate reversed sorted sum min max abs ' +
    'round hasattr getattr setattr isinstance print map filter any all type object property'
  ).split(' '),
);

/** What a name means where the file does not bind it; `null` for other names. */
export function wellKnown(name: string): Py | null {
  const path = WELL_KNOWN[name];
  if (path !== undefined) return library(path);
  return BUILT_IN.has(name) ? library(`python.${name}`) : null;
}

/**
 * The path of an import inside the libraries Cortex knows, however old or nested its spelling;
 * `null` for any other module.
 */
export function libraryPath(module: string, member: string | null): string | null {
  const full = member === null ? module : `${module}.${member}`;
  if (/^\.+(keras|tf|tensorflow|torch)$/.test(full)) return normalized(full.replace(/^\.+/, ''));
  const known = /^(tensorflow|keras|tf_keras|torch|numpy|math|functools|collections|copy|einops)\b/;
  return known.test(full) ? normalized(full) : null;
}

/** `tf.keras.layers` and `keras.layers.core` are `keras.layers`. */
export function normalized(path: string): string {
  const keras = path
    .replace(
      /^(tensorflow(\.compat\.v[12]|\.python)?|tf(\.compat\.v1)?)\.(_api\.v2\.)?keras\b/,
      'keras',
    )
    .replace(/^tf_keras\b/, 'keras')
    .replace(/^keras\.(src|api|_tf_keras\.keras|_tf_keras)(?=\.|$)/, 'keras')
    .replace(/^keras\.legacy(?=\.)/, 'keras');
  if (!keras.startsWith('keras'))
    return keras.replace(/^tensorflow(\.compat\.v[12])?(?=\.|$)/, 'tf');
  return keras
    .replace(/^keras\.engine(\.\w+)?\.(Layer|InputLayer|Input|InputSpec)$/, 'keras.layers.$2')
    .replace(/^keras\.engine(\.\w+)?\.(Model|Sequential)$/, 'keras.models.$2')
    .replace(/^keras\.layers(\.[a-z_0-9]+)+(?=\.[A-Z])/, 'keras.layers')
    .replace(/^keras\.layers\.merge(ing)?\.(?=\w)/, 'keras.layers.')
    .replace(/^keras\.(Input|InputLayer)$/, 'keras.layers.$1')
    .replace(/^keras\.(Model|Sequential)$/, 'keras.models.$1');
}

const OPTIMIZERS = /^(Adam|AdamW|SGD|RMSprop|Adagrad|Adadelta|Adamax|Nadam|Ftrl)$/;

/** What `name` is in a module of which everything was imported; `null`: it has no such name. */
export function starMember(module: string, name: string): Py | null {
  const has = STAR_MEMBERS[module];
  return has?.(name) ? library(normalized(`${module}.${name}`)) : null;
}

const STAR_MEMBERS: Readonly<Record<string, (name: string) => boolean>> = {
  'keras.layers': isKerasLayer,
  'keras.layers.core': isKerasLayer,
  'keras.layers.convolutional': isKerasLayer,
  'keras.layers.merge': isKerasLayer,
  'keras.models': (name) => /^(Sequential|Model|load_model|model_from_json)$/.test(name),
  'keras.optimizers': (name) => OPTIMIZERS.test(name),
  'keras.regularizers': (name) => /^(l1|l2|l1_l2|L1|L2|L1L2)$/.test(name),
  keras: (name) =>
    /^(layers|models|optimizers|regularizers|backend|Sequential|Model|Input)$/.test(name),
  torch: (name) => /^(nn|cat|flatten|relu|sigmoid|tanh|softmax)$/.test(name),
  'torch.nn': (name) => isTorchModule(name) || name === 'functional' || name === 'Module',
  tf: (name) => name === 'keras' || name === 'nn',
};
