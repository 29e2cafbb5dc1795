import * as tf from '@tensorflow/tfjs';
import { OPERATORS } from '../../../src/propose/operators/operators.ts';
import { contextFor } from '../../../test/unit/operators/architectures.ts';
import { buildFrom, syntax } from '../../../test/unit/operators/builders.ts';
import type { Row } from '../row.ts';
import { BASES, type Base } from './bases.ts';
import { inPython } from './inPython.ts';

/** A change of a model, as source. */
interface Change {
  readonly idea: string;
  readonly title: string;
  readonly base: Base;
  readonly text: string;
}

/** Every use of every idea on models of each library is written, and trains a step. */
export async function everyIdeaRows(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const library of ['TensorFlow.js', 'Keras', 'PyTorch'] as const) {
    console.error(`  every idea in ${library}`);
    const changes = (
      await Promise.all(BASES.filter((base) => base.library === library).map(changesOf))
    ).flat();
    const failed =
      library === 'TensorFlow.js' ? await inScript(changes) : await inPython(changes.map(askedOf));
    rows.push(rowOf(library, changes, failed));
  }
  return rows;
}

const askedOf = ({ idea, title, text, base: { data } }: Change) => ({
  ...{ name: `${idea}: ${title}`, text, data },
});

function rowOf(library: string, changes: readonly Change[], failed: readonly string[]): Row {
  const named = new Set(changes.map(({ idea }) => idea));
  const missing = OPERATORS.map(({ name }) => name).filter((name) => !named.has(name));
  const good = [...named].filter((name) => !failed.some((text) => text.startsWith(`${name}:`)));
  for (const text of failed) console.error(`  ${text}`);
  return {
    figure: `ideas that build and train a step in ${library}`,
    goal: `${named.size} of ${named.size}`,
    measured:
      `${good.length} of ${named.size}, ${changes.length} changes` +
      (missing.length > 0 ? `; not there: ${missing.join(', ')}` : ''),
    ratio: (good.length / named.size).toFixed(2),
    met: failed.length === 0,
  };
}

async function changesOf(base: Base): Promise<readonly Change[]> {
  const { text, language, data, config = {} } = base;
  await syntax.load(language);
  const read = syntax.read(text, language);
  if (!read.ok) throw read.error;
  const model = { path: `/s/${base.library}`, language, text };
  const context = contextFor(read.value, { data, config, model });
  return OPERATORS.flatMap((operator) =>
    operator.candidates(context).flatMap(({ title, edits }) => {
      const written = syntax.write(text, read.value, edits);
      return written.ok ? [{ idea: operator.name, title, base, text: written.value }] : [];
    }),
  );
}

/** What failed, each as `idea: title: why`. */
async function inScript(changes: readonly Change[]): Promise<readonly string[]> {
  await tf.setBackend('cpu');
  const failed: string[] = [];
  for (const { idea, title, base, text } of changes)
    try {
      await step(buildFrom(text, base.data), base);
    } catch (error) {
      failed.push(`${idea}: ${title}: ${error instanceof Error ? error.message : ''}`);
    }
  return failed;
}

async function step(model: tf.LayersModel, { data }: Base): Promise<void> {
  const isClasses = data.task === 'classification';
  const rows = [4, ...data.inputShape];
  const x = tf.floor(tf.randomUniform(rows, 0, 8, 'float32', 3));
  const y = isClasses
    ? tf.oneHot([0, 1, 0, 1], data.outputUnits)
    : tf.randomNormal([4, data.outputUnits], 0, 1, 'float32', 4);
  if (!(model.optimizer as unknown))
    model.compile({
      optimizer: 'adam',
      loss: isClasses ? 'categoricalCrossentropy' : 'meanSquaredError',
    });
  const loss = Number([await model.trainOnBatch(x, y)].flat()[0]);
  model.dispose();
  tf.dispose([x, y]);
  if (!Number.isFinite(loss)) throw new Error(`a loss of ${loss}`);
}
