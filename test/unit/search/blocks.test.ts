import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import type { StartLanguage } from '../../../src/propose/start/baseBuilder.ts';
import { sourceLanguage, writeBuilder } from '../../../src/propose/start/writeBuilder.ts';
import { surveyTable } from '../../../src/propose/start/surveyTable.ts';
import { surveyText } from '../../../src/propose/start/surveyText.ts';
import { number } from '../../../src/model/values.ts';
import { CortexError } from '../../../src/util/errors.ts';
import { modelOfVector } from '../../../src/search/blocks/modelOfVector.ts';
import { houses, story } from '../start/samples.ts';
import { blockSpace, inputKind } from '../../../src/search/blocks/blockSpace.ts';
import { sketchOf } from '../../../src/search/blocks/sketchOf.ts';
import { vectorOf } from '../../../src/search/blocks/vectorOf.ts';
import type { Configuration } from '../../../src/search/space/dimension.ts';
import { regressionData } from '../operators/architectures.ts';
import { buildFrom, syntax } from '../operators/builders.ts';
import { seededRandom } from '../../../src/util/seededRandom.ts';

const SHAPES = { row: [6], steps: [8, 3], image: [8, 8, 1] } as const;
type Input = keyof typeof SHAPES;

const sourceOf = (vector: Configuration, input: Input, language: StartLanguage): Promise<string> =>
  writeBuilder(
    {
      sketch: sketchOf(vector, { input, output: 'numbers' }),
      ...{ language, inputShape: SHAPES[input], outputs: 2 },
    },
    syntax,
  );

function readBack(text: string, input: Input, language: StartLanguage): Configuration | null {
  const read = syntax.read(text, sourceLanguage(language));
  return read.ok ? vectorOf(read.value, input) : assert.fail(`${read.error.happened}\n${text}`);
}

describe('a vector of blocks becomes a builder, and is read from it again', () => {
  before(() => tf.setBackend('cpu'));

  for (const input of ['row', 'steps', 'image'] as const)
    for (const language of ['typescript', 'keras'] as const)
      test(`${input}, ${language}`, async () => {
        const [space, random] = [blockSpace(input), seededRandom(7)];
        for (let count = 0; count < 12; count += 1) {
          const vector = space.draw(random);
          const text = await sourceOf(vector, input, language);
          assert.deepEqual(readBack(text, input, language), vector, text);
        }
      });

  test('what is written builds', async () => {
    const random = seededRandom(3);
    const data = { ...regressionData, inputShape: [...SHAPES.row], outputUnits: 2 };
    for (let count = 0; count < 6; count += 1) {
      const text = await sourceOf(blockSpace('row').draw(random), 'row', 'typescript');
      const model = buildFrom(text, data);
      assert.deepEqual(model.outputShape, [null, 2], text);
      model.dispose();
    }
  });
});

describe('a vector that is asked for', () => {
  const survey = surveyTable(houses(80), {});

  test('is completed, and written with its reason', () => {
    const { sketch, reason } = modelOfVector({ blocks: 2, 'width of block 2': 64 }, survey);
    assert.equal(sketch.layers.length, 2);
    assert.deepEqual(sketch.layers[1]?.arguments[0], { name: 'units', value: number(64) });
    assert.match(reason, /"blocks":2/);
  });

  const WRONG: Readonly<Record<string, Configuration>> = {
    'vector-unknown: .*"depth".*"blocks"': { depth: 3 },
    'vector-not-there: .*"width of block 3".*"kind of block 3"': { 'width of block 3': 64 },
    'vector-wrong-value: "blocks" is 9\\..*1 to 4': { blocks: 9 },
    'vector-wrong-value: "optimizer" is "lion"\\..*adam': { optimizer: 'lion' },
  };
  for (const [told, vector] of Object.entries(WRONG))
    test(`is refused: ${told}`, () => {
      assert.throws(
        () => modelOfVector(vector, survey),
        (error) =>
          error instanceof CortexError &&
          new RegExp(told).test(`${error.code}: ${error.happened} ${error.expected}`),
      );
    });

  test('is refused for a text', () => {
    assert.throws(() => modelOfVector({}, surveyText(story(), {})), { code: 'vector-no-blocks' });
  });
});

describe('code that is no vector of blocks', () => {
  const told = async (change: (text: string) => string): Promise<Configuration | null> => {
    const vector = blockSpace('row').start;
    const text = await sourceOf(vector, 'row', 'typescript');
    assert.notEqual(change(text), text);
    return readBack(change(text), 'row', 'typescript');
  };

  test('a layer that no block has, a width between two, a rate out of reach', async () => {
    assert.equal(await told((text) => text.replace("'relu'", "'softplus'")), null);
    assert.equal(await told((text) => text.replace('units: 8', 'units: 9')), null);
    assert.equal(await told((text) => text.replace('0.003', '3')), null);
  });

  test('a shape of more axes than blocks are known for', () => {
    assert.deepEqual([[4], [4, 3], [4, 4, 3], [4, 4, 4, 3]].map(inputKind), [
      ...['row', 'steps', 'image'],
      null,
    ]);
  });
});
