import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { chanceFrom, columns, draws, plain, table, type Chance, type IdeaTask } from './task.ts';

const few = { seeds: 4 };
const STEPS = 30;

/** What the first two of thirty steps come to has to be said behind the last. */
const copy: IdeaTask = {
  name: 'long-range copy',
  target: 'first',
  write: table(600, 11, ({ below }) => {
    const symbols = draws(STEPS, () => below(6));
    const [one = 0, two = 0] = symbols;
    return { ...columns('s', symbols), first: `k${(one + two) % 6}` };
  }),
  plain: plain({
    layers: ['embedding({ inputDim: 8, outputDim: 8, inputLength: 30 })', 'gru({ units: 12 })'],
    output: 'softmax',
  }),
  config: { ...few, epochs: 15, preprocessing: { standardizeInputs: false } },
  called: ['self-attention', 'attention-over-steps', 'fast-weights'],
};

const SIDE = 12;
const FORMS: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  cross: [
    [0, 1],
    [1, 0],
    [1, 1],
    [1, 2],
    [2, 1],
  ],
  frame: [
    [0, 0],
    [0, 1],
    [0, 2],
    [1, 0],
    [1, 2],
    [2, 0],
    [2, 1],
    [2, 2],
  ],
  slope: [
    [0, 0],
    [1, 1],
    [2, 2],
    [0, 1],
    [1, 2],
  ],
};

/** The same form anywhere in a picture. */
const shift: IdeaTask = {
  name: 'spatial shift',
  write: async (folder) => {
    const chance = chanceFrom(12);
    const pictures = join(folder, 'pictures');
    for (const [name, cells] of Object.entries(FORMS)) {
      await mkdir(join(pictures, name), { recursive: true });
      for (let index = 0; index < 160; index += 1)
        await writeFile(join(pictures, name, `${index}.png`), picture(cells, chance));
    }
    return pictures;
  },
  plain: plain({
    layers: ['flatten({ inputShape })', "dense({ units: 32, activation: 'relu' })"],
    output: 'softmax',
  }),
  config: { ...few, epochs: 20 },
  called: ['convolution-front'],
};

function picture(cells: readonly (readonly [number, number])[], chance: Chance): Uint8Array {
  const data = Uint8Array.from({ length: SIDE * SIDE }, () => chance.below(60));
  const [top, left] = [chance.below(SIDE - 2), chance.below(SIDE - 2)];
  for (const [row, column] of cells) data[(top + row) * SIDE + left + column] = 200;
  return encode({ width: SIDE, height: SIDE, data, channels: 1 });
}

const POINTS = 64;

/** A short burst, fast or slow, anywhere in a measurement. */
const burst: IdeaTask = {
  name: 'a pattern in a measurement',
  target: 'kind',
  write: table(500, 13, ({ below, between, normal }, row) => {
    const [place, rate] = [below(POINTS - 16), row % 2 === 0 ? 0.7 : 1.05];
    const base = between(-1, 1);
    const points = draws(POINTS, (at) => {
      const inside = at >= place && at < place + 16;
      return (
        base + Math.sin(at / 9) + (inside ? Math.sin(rate * (at - place)) : 0) + 0.05 * normal()
      );
    });
    return { ...columns('p', points), kind: row % 2 === 0 ? 'slow' : 'fast' };
  }),
  plain: plain({ layers: ['lstm({ units: 12, inputShape })'], output: 'softmax' }),
  config: { ...few, epochs: 20 },
  called: ['convolution-over-steps', 'self-attention', 'attention-over-steps'],
};

/** The documents of this project, a character at a time. */
export const CHARACTERS: IdeaTask = {
  name: 'characters of a text',
  write: async (folder) => {
    await mkdir(folder, { recursive: true });
    const path = join(folder, 'text.txt');
    await writeFile(path, (await readFile('docs/cli.md', 'utf8')).slice(0, 16_000));
    return path;
  },
  plain: plain({
    layers: [
      'embedding({ inputDim: outputUnits, outputDim: 16, inputLength: inputShape[0] })',
      'lstm({ units: 32, returnSequences: true })',
    ],
    output: 'softmax',
  }),
  config: { ...few, epochs: 12 },
  called: ['one-cycle', 'raise-learning-rate', 'swap-cell', 'fast-weights', 'widen'],
};

/** Rows in which neighbours belong together. */
export const ORDERED_TASKS: readonly IdeaTask[] = [copy, shift, burst, CHARACTERS];
