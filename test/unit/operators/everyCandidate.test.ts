import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import type { Candidate, Operator } from '../../../src/propose/operators/operator.ts';
import { OPERATORS } from '../../../src/propose/operators/operators.ts';
import { networkOf } from '../../../src/propose/operators/network.ts';
import { isSoundChange } from '../../../src/propose/operators/soundness.ts';
import type { DataProfile } from '../../../src/record/dataProfile.ts';
import { BUILDERS, buildFrom, readBuilder, syntax, type ExampleBuilder } from './builders.ts';
import { contextFor } from './architectures.ts';

/** Operators whose every precondition is met by one of the builders. */
const reached = new Set<string>();

async function candidatesFor({
  text,
  data,
  config = {},
}: ExampleBuilder): Promise<
  readonly { readonly operator: Operator; readonly candidate: Candidate }[]
> {
  const context = contextFor(await readBuilder(text), {
    data,
    config,
    model: { path: '/s/model.ts', language: 'typescript', text },
  });
  return OPERATORS.flatMap((operator) =>
    operator.candidates(context).map((candidate) => ({ operator, candidate })),
  );
}

describe('every candidate, in real source', () => {
  before(() => tf.setBackend('cpu'));

  for (const builder of BUILDERS) {
    test(`is written, read back, built and trained: ${builder.name}`, async () => {
      const { text, data, config = {} } = builder;
      const architecture = await readBuilder(text);
      const context = contextFor(architecture, { data, config });
      const offers = await candidatesFor(builder);
      assert.ok(offers.length > 20, `${offers.length} candidates`);
      for (const { operator, candidate } of offers) {
        const written = syntax.write(text, architecture, candidate.edits);
        assert.ok(written.ok, `${candidate.title}: ${written.ok ? '' : written.error.message}`);
        const changed = await readBuilder(written.value);
        assert.ok(isSoundChange(context, changed), candidate.title);
        const model = buildOrFail(written.value, data, candidate.title);
        assert.deepEqual(model.outputShape, [null, data.outputUnits], candidate.title);
        const counted = networkOf(changed, data).parameters;
        assert.ok(
          counted === null || counted === model.countParams(),
          `${candidate.title}: counted ${counted}, has ${model.countParams()}`,
        );
        await trainOneStep(model, data, candidate.title);
        reached.add(operator.name);
        model.dispose();
      }
    });
  }

  test('all operators but the repairs are met by these builders', () => {
    const missing = OPERATORS.map(({ name }) => name).filter((name) => !reached.has(name));
    assert.deepEqual(missing, ['output-activation', 'task-loss']);
  });
});

function buildOrFail(text: string, data: DataProfile, title: string): tf.LayersModel {
  try {
    return buildFrom(text, data);
  } catch (error) {
    throw new Error(`${title} does not build:\n${text}`, { cause: error });
  }
}

async function trainOneStep(
  model: tf.LayersModel,
  data: DataProfile,
  title: string,
): Promise<void> {
  const x = tf.randomNormal([4, ...data.inputShape], 0, 1, 'float32', 3);
  const y =
    data.task === 'classification'
      ? tf.oneHot([0, 1, 2, 3], data.outputUnits)
      : tf.randomNormal([4, data.outputUnits], 0, 1, 'float32', 4);
  if (!model.optimizer)
    model.compile({
      optimizer: 'adam',
      loss: data.task === 'classification' ? 'categoricalCrossentropy' : 'meanSquaredError',
    });
  const loss = await model.trainOnBatch(x, y);
  assert.ok(Number.isFinite(Number([loss].flat()[0])), title);
  tf.dispose([x, y]);
}
