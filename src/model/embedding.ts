import { readFingerprint, numberIn, widthOf, isDeep } from './readFingerprint.ts';
import type { Part } from './readFingerprint.ts';

/**
 * An architecture as a vector, made from its fingerprint alone: equal architectures have equal
 * vectors, and what is alike lies close.
 *
 * Counts are log2(1 + n), widths log2, penalties and learning rates by their decade, shares 0–1;
 * the weights put what people call another network (its kinds of layers, its width, its depth)
 * before how it is trained. The last component is a trace of the whole text, so that two
 * architectures that differ in nothing else (an initialiser, say) are still two points.
 */
export function embedding(fingerprint: string): readonly number[] {
  const { layers, compile, skips } = readFingerprint(fingerprint);
  return [
    ...structure(layers, skips),
    ...widths(layers),
    ...activationShares(layers),
    ...regularization(layers),
    ...training(compile),
    trace(fingerprint),
  ];
}

/** What each component of an embedding tells, in order. */
export const embeddingNames: readonly string[] = [
  'depth',
  'skip connections',
  'dense',
  'convolution',
  'separable convolution',
  'recurrent',
  'embedding',
  'pooling',
  'merge',
  'batch normalisation',
  'layer normalisation',
  'other layers',
  'mean width',
  'widest',
  'narrowing',
  'kernel size',
  'relu',
  'smooth rectifier',
  'tanh or sigmoid',
  'dropout',
  'L1',
  'L2',
  'cross-entropy',
  'squared error',
  'absolute error',
  'robust loss',
  'other loss',
  'adam',
  'sgd',
  'rmsprop',
  'other optimiser',
  'learning rate',
  'trace',
];

const kinds: readonly RegExp[] = [
  /^dense$/,
  /^conv\w*$/,
  /^(depthwise|separable)\w*$/,
  /^(lstm|gru|simpleRNN|bidirectional|rnn)$/,
  /^embedding$/,
  /[pP]ooling/,
  /^(add|concatenate|multiply|average|maximum|minimum|dot)$/,
  /^batchNormalization$/,
  /^layerNormalization$/,
];
const silent =
  /^(input|flatten|dropout|relu|elu|selu|gelu|leakyReLU|prelu|swish|mish|tanh|sigmoid|softmax|linear|activation|reshape)$/;

function structure(layers: readonly Part[], skips: number): readonly number[] {
  const count = (matches: (type: string) => boolean): number =>
    Math.log2(1 + layers.filter(({ type }) => matches(type)).length);
  const others = count((type) => !silent.test(type) && !kinds.some((kind) => kind.test(type)));
  return [
    1.5 * Math.log2(1 + layers.filter(isDeep).length),
    Math.log2(1 + skips),
    ...kinds.map((kind) => 1.5 * count((type) => kind.test(type))),
    others,
  ];
}

function widths(layers: readonly Part[]): readonly number[] {
  const all = layers.flatMap((layer) => {
    const width = widthOf(layer);
    return width === null ? [] : [Math.log2(1 + width)];
  });
  const kernels = layers.flatMap(({ text }) => numberIn(text, 'kernelSize') ?? []);
  const [first = 0, last = 0] = [all[0], all.at(-1)];
  return [mean(all), Math.max(0, ...all), 0.5 * (first - last), 0.5 * mean(kernels)];
}

function activationShares(layers: readonly Part[]): readonly number[] {
  const active = layers.filter(({ type }) =>
    /^(relu|elu|selu|gelu|leakyReLU|prelu|swish|mish|tanh|sigmoid)$/.test(type),
  );
  const share = (pattern: RegExp): number =>
    active.filter(({ type }) => pattern.test(type)).length / Math.max(1, active.length);
  return [
    share(/^relu$/),
    share(/^(elu|selu|gelu|leakyReLU|prelu|swish|mish)$/),
    share(/^(tanh|sigmoid)$/),
  ];
}

function regularization(layers: readonly Part[]): readonly number[] {
  const sum = (values: readonly number[]): number =>
    values.reduce((total, value) => total + value, 0);
  const dropout = sum(
    layers.flatMap(({ type, text }) =>
      /[dD]ropout$/.test(type) ? (numberIn(text, 'rate') ?? 0.5) : [],
    ),
  );
  const penalty = (name: string): number =>
    Math.max(
      0,
      ...layers.flatMap(({ text }) => {
        const weight = numberIn(text, name);
        return weight ? [(8 + Math.log10(weight)) / 4] : [];
      }),
    );
  return [2 * dropout, penalty('l1'), penalty('l2')];
}

const losses: readonly RegExp[] = [
  /[cC]rossentropy/,
  /meanSquaredError/,
  /meanAbsolute/,
  /[hH]uber|logcosh/,
];
const optimizers: readonly RegExp[] = [/^adam/, /^(sgd|momentum)/, /^rmsprop/];

function training(compile: string): readonly number[] {
  if (compile === '') return Array.from({ length: losses.length + optimizers.length + 3 }, () => 0);
  const oneOf = (patterns: readonly RegExp[]): readonly number[] => {
    const found = patterns.findIndex((pattern) => pattern.test(compile));
    return [...patterns, null].map((_, index) =>
      index === (found === -1 ? patterns.length : found) ? 1 : 0,
    );
  };
  const rate = numberIn(compile, 'learningRate');
  return [...oneOf(losses), ...oneOf(optimizers), rate ? (6 + Math.log10(rate)) / 2 : 0];
}

/** 0–0.05 from the text as a whole (FNV-1a). */
function trace(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0) / 2 ** 32 / 20;
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
