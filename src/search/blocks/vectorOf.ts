import type { Architecture, Layer } from '../../model/architecture.ts';
import type { LayerSpec } from '../../model/edits.ts';
import { numberOf, stringOf } from '../../model/layerArguments.ts';
import type { Configuration, Value } from '../space/dimension.ts';
import { takes } from '../space/dimension.ts';
import { companionLayers, dropoutLayers, endLayers, kindLayers, type Size } from './blockLayers.ts';
import {
  BEHIND,
  BLOCKS,
  blockSpace,
  KINDS,
  NONE,
  NORMALIZATIONS,
  ofBlock,
  type InputKind,
} from './blockSpace.ts';

type Written = Record<string, Value>;

/** A place among the layers, and what was read up to it. */
interface Reader {
  readonly layers: readonly Layer[];
  /** Layers whose output is added to that of the layer behind them. */
  readonly added: ReadonlySet<number>;
  at: number;
}

/**
 * The vector that a builder is of, read from its code; `null` where it is no network made of
 * blocks. What a language model writes for a vector is held to it by this.
 */
export function vectorOf(architecture: Architecture, input: InputKind): Configuration | null {
  const reader = readerOf(architecture);
  const vector: Written = {};
  let blocks = 0;
  while (readBlock(reader, vector, { input, block: blocks + 1 })) blocks += 1;
  vector[BLOCKS] = blocks;
  const optimizer = architecture.compile?.optimizer;
  vector['optimizer'] = optimizer?.type ?? NONE;
  vector['learning rate'] = optimizer?.learningRate ?? NaN;
  const ended = input === 'row' || readEnd(reader, vector, input);
  return ended && isHead(reader) ? inSpace(vector, input) : null;
}

/** The vector of a builder, whatever its input is like. */
export const vectorIn = (architecture: Architecture): Configuration | null =>
  (['row', 'steps', 'image'] as const)
    .map((input) => vectorOf(architecture, input))
    .find((vector) => vector !== null) ?? null;

function readerOf({ layers }: Architecture): Reader {
  const sums = layers.filter(({ type }) => type === 'add');
  return {
    layers: layers.filter(({ type }) => type !== 'add' && !/^input(Layer)?$/.test(type)),
    added: new Set(sums.map(({ inputs }) => Math.min(...inputs))),
    at: 0,
  };
}

/** One layer is left: the output. */
const isHead = ({ layers, at }: Reader): boolean =>
  at === layers.length - 1 && layers[at]?.type === 'dense';

function inSpace(vector: Configuration, input: InputKind): Configuration | null {
  const space = blockSpace(input);
  const told = space.active(vector).every((dimension) => {
    const value = vector[dimension.name];
    return value !== undefined && takes(dimension, value);
  });
  return told ? space.complete(vector) : null;
}

interface Place {
  readonly input: InputKind;
  readonly block: number;
}

/** Whether a block stands at the reader's place; it stands behind it then. */
function readBlock(reader: Reader, vector: Written, { input, block }: Place): boolean {
  const first = reader.layers[reader.at];
  if (!first || reader.at === reader.layers.length - 1) return false;
  const size = sizeOf(first);
  const kind = KINDS[input].toReversed().find((each) => isOfKind(reader, each, size));
  if (kind === undefined) return false;
  reader.at += kindLayers(kind, size).length;
  const say = (what: string, value: Value): void => void (vector[ofBlock(block, what)] = value);
  say('kind', kind);
  say('width', size.width);
  say('activation', size.activation);
  say('normalization', readOne(reader, NORMALIZATIONS, size.width));
  if (input === 'row') say('behind', readOne(reader, BEHIND, size.width));
  say('dropout', readDropout(reader));
  return true;
}

const sizeOf = (layer: Layer): Size => ({
  width: numberOf(layer, 'units') ?? numberOf(layer, 'filters') ?? NaN,
  activation: stringOf(layer, 'activation') ?? NONE,
});

function isOfKind(reader: Reader, kind: string, size: Size): boolean {
  const first = reader.layers[reader.at];
  const isAdded = first !== undefined && reader.added.has(first.index);
  return isAdded === (kind === 'residual') && stands(reader, kindLayers(kind, size));
}

function readOne(reader: Reader, names: readonly string[], width: number): string {
  const name = names.find((each) => stands(reader, companionLayers(each, width)));
  if (name !== undefined) reader.at += 1;
  return name ?? NONE;
}

function readDropout(reader: Reader): number {
  const layer = reader.layers[reader.at];
  const rate = layer?.type === 'dropout' ? (numberOf(layer, 'rate') ?? 0) : 0;
  if (rate > 0 && stands(reader, dropoutLayers(rate))) reader.at += 1;
  return rate;
}

function readEnd(reader: Reader, vector: Written, input: 'steps' | 'image'): boolean {
  const end = ['flatten', 'mean'].find((each) => stands(reader, endLayers(input, each)));
  if (end === undefined) return false;
  vector['end'] = end;
  reader.at += 1;
  return true;
}

/** These layers stand at the reader's place, with nothing said otherwise. */
const stands = ({ layers, at }: Reader, expected: readonly LayerSpec[]): boolean =>
  expected.every((spec, offset) => {
    const layer = layers[at + offset];
    return layer?.type === spec.type && sameArguments(layer, spec);
  });

/** Where the data come in is said beside what the layer is. */
const PLACES = new Set(['inputShape', 'name']);

const sameArguments = (layer: Layer, { arguments: expected }: LayerSpec): boolean => {
  const own = layer.arguments.filter(({ name }) => !PLACES.has(name));
  return (
    own.length === expected.length &&
    expected.every(({ name, value }) => {
      const written = own.find((argument) => argument.name === name);
      return written && JSON.stringify(written.value) === JSON.stringify(value);
    })
  );
};
