import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { builderText, makeTrainer, NEVER, projectStudy, variantOf } from './harness.ts';

const trainer = makeTrainer({ workers: 2 });
after(() => trainer.dispose());

test('variants that are built at the same time are each given a process of their own', async () => {
  const study = projectStudy('blobs');
  // The first one leaves a process behind that stands ready; two may ask for it at once.
  await trainer.build(study, variantOf(study, builderText()), NEVER);
  const texts = [2, 3, 4].map((units) =>
    builderText({
      layers:
        `tf.layers.dense({ units: ${units}, inputShape }), ` +
        'tf.layers.dense({ units: outputUnits })',
    }),
  );
  const built = await Promise.all(
    texts.map((text) => trainer.build(study, variantOf(study, text), NEVER)),
  );
  const parameters = built.map((each) => (each.ok ? each.value.parameters : assert.fail()));
  assert.equal(new Set(parameters).size, 3, 'each one is told its own model');
});
