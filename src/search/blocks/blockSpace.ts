import type { Dimension, Value } from '../space/dimension.ts';
import { Space } from '../space/space.ts';

/** How the numbers of one input lie. */
export type InputKind = 'row' | 'steps' | 'image';

/** By the shape of one input, without the batch; `null`: of more axes than blocks are known for. */
export const inputKind = ({ length }: readonly number[]): InputKind | null =>
  (['row', 'steps', 'image'] as const)[length - 1] ?? null;

export const BLOCKS = 'blocks';
const MOST_BLOCKS = 4;
export const NONE = 'none';
const WIDTHS = [8, 16, 32, 64, 128] as const;
const RATES = [0, 0.1, 0.2, 0.3, 0.4, 0.5] as const;

/** What a block is, by what it reads. */
export const KINDS: Readonly<Record<InputKind, readonly string[]>> = {
  row: ['dense', 'residual', 'experts'],
  steps: ['convolution over steps', 'gru', 'lstm', 'attention'],
  image: ['convolution', 'separable convolution', 'convolution and pooling'],
};

/** What stands behind the units of a block of rows. */
export const BEHIND = ['kWinners', 'lateralInhibition', 'feedback', 'dendriticGate'] as const;
const ACTIVATIONS = ['relu', 'elu', 'selu', 'tanh', 'sigmoid'] as const;
export const NORMALIZATIONS = ['batchNormalization', 'layerNormalization'] as const;
const OPTIMIZERS = ['adam', 'rmsprop', 'sgd', 'adamax'] as const;

/** Name of what a block says; blocks are counted from 1. */
export const ofBlock = (block: number, what: string): string => `${what} of block ${block}`;

/**
 * The space of networks made of blocks one behind the other: every vector in it is a builder, and
 * every such builder is a vector of it (`sketchOf`, `vectorOf`).
 */
export const blockSpace = (input: InputKind): Space =>
  new Space([
    { kind: 'integer', name: BLOCKS, low: 1, high: MOST_BLOCKS, log: false, initial: 1 },
    ...Array.from({ length: MOST_BLOCKS }, (_, index) => blockOf(input, index + 1)).flat(),
    ...(input === 'row' ? [] : [choice('end', ['flatten', 'mean'])]),
    choice('optimizer', OPTIMIZERS),
    { kind: 'real', name: 'learning rate', low: 1e-4, high: 0.1, log: true, initial: 0.003 },
  ]);

function blockOf(input: InputKind, block: number): readonly Dimension[] {
  const name = (what: string): string => ofBlock(block, what);
  const there = Array.from({ length: MOST_BLOCKS - block + 1 }, (_, index) => block + index);
  const when = { name: BLOCKS, is: there };
  const kinds = KINDS[input];
  const sized = kinds.filter((kind) => kind !== 'attention');
  const activated = kinds.filter((kind) => !WITHOUT_ACTIVATION.has(kind));
  return [
    { ...choice(name('kind'), kinds), when },
    { ...choice(name('width'), WIDTHS), when: { name: name('kind'), is: sized } },
    { ...choice(name('activation'), ACTIVATIONS), when: { name: name('kind'), is: activated } },
    { ...choice(name('normalization'), [NONE, ...NORMALIZATIONS]), when },
    ...(input === 'row' ? [{ ...choice(name('behind'), [NONE, ...BEHIND]), when }] : []),
    { ...choice(name('dropout'), RATES), when },
  ];
}

/** Their own activations are part of what they are. */
const WITHOUT_ACTIVATION = new Set(['experts', 'gru', 'lstm', 'attention']);

const choice = (name: string, choices: readonly Value[]): Dimension => ({
  ...{ kind: 'categorical', name, choices, initial: choices[0] ?? NONE },
});
