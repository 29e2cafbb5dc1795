import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { normal } from '../../../src/search/space/space.ts';
import { seededRandom } from '../../../src/util/seededRandom.ts';

/** A small task whose structure is known, so that it is known which idea should help. */
export interface IdeaTask {
  readonly name: string;
  /** Writes the data into a folder; gives the path that a person would hand over. */
  readonly write: (folder: string) => Promise<string>;
  /** The column to be predicted; absent where there is none. */
  readonly target?: string;
  /** The model a person began with, and what of the study they said otherwise. */
  readonly plain: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** Ideas that the structure calls for, what is made for it first. */
  readonly called: readonly string[];
}

/** Chance as the tasks need it. */
export interface Chance {
  /** Uniform in [low, high). */
  readonly between: (low: number, high: number) => number;
  /** Of mean 0 and deviation 1. */
  readonly normal: () => number;
  /** A whole number below `count`. */
  readonly below: (count: number) => number;
}

export function chanceFrom(seed: number): Chance {
  const random = seededRandom(seed);
  return {
    between: (low, high) => low + (high - low) * random.next(),
    normal: () => normal(random),
    below: (count) => Math.floor(random.next() * count),
  };
}

type Row = Readonly<Record<string, string | number>>;

/** Writes a table of so many rows; each is made by chance. */
export const table =
  (rows: number, seed: number, rowOf: (chance: Chance, row: number) => Row) =>
  async (folder: string): Promise<string> => {
    const chance = chanceFrom(seed);
    const all = Array.from({ length: rows }, (_, row) => rowOf(chance, row));
    await mkdir(folder, { recursive: true });
    const path = join(folder, 'rows.csv');
    await writeFile(path, stringify(all, { header: true }));
    return path;
  };

/** `a0`, `a1` … with a number each. */
export const columns = (name: string, values: readonly number[]): Row =>
  Object.fromEntries(values.map((value, index) => [`${name}${index}`, value.toFixed(4)]));

/** `count` draws. */
export const draws = (count: number, draw: (index: number) => number): readonly number[] =>
  Array.from({ length: count }, (_, index) => draw(index));

interface Plain {
  /** Calls of `tf.layers` between input and output. */
  readonly layers: readonly string[];
  readonly output: 'softmax' | 'linear';
  readonly rate?: number;
}

/** A builder as people write their first one. */
export const plain = ({ layers, output, rate = 0.003 }: Plain): string =>
  [
    "import * as tf from '@tensorflow/tfjs';",
    '',
    'type Shapes = { inputShape: number[]; outputUnits: number };',
    '',
    'export function buildModel({ inputShape, outputUnits }: Shapes) {',
    '  const model = tf.sequential();',
    ...layers.map((layer) => `  model.add(tf.layers.${layer});`),
    `  model.add(tf.layers.dense({ units: outputUnits, activation: '${output}' }));`,
    '  model.compile({',
    `    optimizer: tf.train.adam(${rate}),`,
    `    loss: '${output === 'softmax' ? 'categoricalCrossentropy' : 'meanSquaredError'}',`,
    '  });',
    '  return model;',
    '}',
    '',
  ].join('\n');

/** Hidden dense layers of these widths. */
export const hidden = (...widths: readonly number[]): readonly string[] =>
  widths.map((units, index) => {
    const shape = index === 0 ? 'inputShape, ' : '';
    return `dense({ ${shape}units: ${units}, activation: 'relu' })`;
  });
