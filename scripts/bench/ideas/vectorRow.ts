import * as tf from '@tensorflow/tfjs';
import { sourceLanguage, writeBuilder } from '../../../src/propose/start/writeBuilder.ts';
import { blockSpace, type InputKind } from '../../../src/search/blocks/blockSpace.ts';
import { sketchOf } from '../../../src/search/blocks/sketchOf.ts';
import { vectorOf } from '../../../src/search/blocks/vectorOf.ts';
import { seededRandom } from '../../../src/util/seededRandom.ts';
import { regressionData } from '../../../test/unit/operators/architectures.ts';
import { buildFrom, syntax } from '../../../test/unit/operators/builders.ts';
import type { Row } from '../row.ts';
import type { Base } from './bases.ts';
import { inPython } from './inPython.ts';

/** Sequences are built in Keras: TensorFlow.js takes a second for each recurrent layer. */
const DRAWS = {
  row: { input: 'row', shape: [6], language: 'typescript', count: 400 },
  image: { input: 'image', shape: [8, 8, 1], language: 'typescript', count: 300 },
  steps: { input: 'steps', shape: [8, 3], language: 'keras', count: 300 },
} as const;
type Draw = (typeof DRAWS)[InputKind];

/** Random vectors of blocks become builders that build, and are read from them again, equal. */
export async function vectorRow(input: InputKind): Promise<Row> {
  await tf.setBackend('cpu');
  const { count } = DRAWS[input];
  const failed = await failuresOf(DRAWS[input]);
  for (const text of failed.slice(0, 5)) console.error(`  ${text}`);
  return {
    figure: `random vectors of blocks on inputs of the kind ${input} that build and are read back`,
    goal: `${count} of ${count}`,
    measured: `${count - failed.length} of ${count}`,
    ratio: ((count - failed.length) / count).toFixed(3),
    met: failed.length === 0,
  };
}

async function failuresOf({ input, shape, language, count }: Draw): Promise<readonly string[]> {
  const [space, random] = [blockSpace(input), seededRandom(1)];
  const failed: string[] = [];
  const texts: string[] = [];
  for (let drawn = 0; drawn < count; drawn += 1) {
    const vector = space.draw(random);
    const sketch = sketchOf(vector, { input, output: 'numbers' });
    const text = await writeBuilder({ sketch, language, inputShape: shape, outputs: 2 }, syntax);
    if (space.keyOf(readBack(text, input, language) ?? {}) !== space.keyOf(vector))
      failed.push(`read back as another: ${JSON.stringify(vector)}`);
    texts.push(text);
  }
  return [...failed, ...(await unbuilt(texts, { shape, language }))];
}

const readBack = (text: string, input: InputKind, language: Draw['language']) => {
  const read = syntax.read(text, sourceLanguage(language));
  return read.ok ? vectorOf(read.value, input) : null;
};

async function unbuilt(
  texts: readonly string[],
  { shape, language }: Pick<Draw, 'shape' | 'language'>,
): Promise<readonly string[]> {
  const data: Base['data'] = { ...regressionData, inputShape: [...shape], outputUnits: 2 };
  if (language === 'keras')
    return inPython(
      texts.map((text, index) => ({
        ...{ name: `vector ${index}`, data, text: `${text}\n${HANDED(shape)}` },
      })),
    );
  return texts.flatMap((text) => {
    try {
      buildFrom(text, data).dispose();
      return [];
    } catch (error) {
      return [String(error)];
    }
  });
}

/** What the data say of themselves is handed in. */
const HANDED = (shape: readonly number[]): string =>
  `builder = build_model\nbuild_model = lambda: builder((${shape.join(', ')},), 2)\n`;
