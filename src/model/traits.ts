import { isDeep, numberIn, readFingerprint, widthOf } from './readFingerprint.ts';

/**
 * What people would say of an architecture, in a few words each: `batch normalisation`, `3 deep`,
 * `≥ 64 wide`, `sgd`.
 */
export function traits(fingerprint: string): readonly string[] {
  const { layers, compile, skips } = readFingerprint(fingerprint);
  if (layers.length === 0) return ['unreadable builder'];
  const types = new Set(layers.map(({ type }) => type));
  const widest = Math.max(0, ...layers.flatMap((layer) => widthOf(layer) ?? []));
  const rate = numberIn(compile, 'learningRate');
  return [
    ...named.flatMap(([pattern, name]) =>
      [...types].some((type) => pattern.test(type)) ? [name] : [],
    ),
    ...(skips > 0 ? ['skip connections'] : []),
    ...(/\bl2: /.test(fingerprint) ? ['L2'] : []),
    ...(/\bl1: /.test(fingerprint) ? ['L1'] : []),
    `${layers.filter(isDeep).length} deep`,
    ...(widest > 0 ? [`${2 ** Math.floor(Math.log2(widest))}+ wide`] : []),
    ...optimizerOf(compile),
    ...(rate ? [`rate 1e${Math.round(Math.log10(rate))}`] : []),
  ];
}

const named: readonly (readonly [RegExp, string])[] = [
  [/^(depthwise|separable)/, 'separable convolution'],
  [/^conv/, 'convolution'],
  [/^(lstm|gru|simpleRNN)$/, 'recurrent'],
  [/^embedding$/, 'embedding'],
  [/[pP]ooling/, 'pooling'],
  [/^batchNormalization$/, 'batch normalisation'],
  [/^layerNormalization$/, 'layer normalisation'],
  [/[dD]ropout$/, 'dropout'],
  [/^(elu|selu|gelu|leakyReLU|prelu|swish|mish)$/, 'smooth rectifier'],
  [/^tanh$/, 'tanh'],
];

function optimizerOf(compile: string): readonly string[] {
  const name = /^\w+/.exec(compile)?.[0];
  return name === undefined ? [] : [name];
}
