import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Trial } from '../../../src/core/attempts/attempt.ts';
import { builderText, makeTrainer, NEVER, projectStudy, variantOf } from '../trainer/harness.ts';

const trainer = makeTrainer();
const study = projectStudy('blobs');

after(() => trainer.dispose());

const trialOf = async (text: string): Promise<Trial | undefined> =>
  (await trainer.train({ study, variant: variantOf(study, text), seeds: [1], evaluateOn: 'validation', signal: NEVER, onProgress: () => undefined })).trials[0];

/** Code in the builder before the model is made, or after. */
const before = (inside: string): string => builderText({ inside });
const afterwards = (compile: string): string => builderText({ compile: `model.compile({ optimizer: tf.train.adam(0.01), loss: 'categoricalCrossentropy' });\n  ${compile}` });

const CHEATS: readonly (readonly [string, string, RegExp])[] = [
  ['its own predict', afterwards('(model as any).predict = () => tf.ones([30, 3]);'), /its own predict/],
  ['its own fit', afterwards('(model as any).fit = async () => ({ history: { loss: [0] } });'), /its own fit/],
  ['its own evaluate', afterwards('(model as any).evaluate = () => tf.scalar(0);'), /its own evaluate/],
  ['its own compile', afterwards('(model as any).compile = () => undefined;'), /its own compile/],
  ['a hidden property', afterwards(`Object.defineProperty(model, 'predict', { value: () => tf.ones([30, 3]), enumerable: false });`), /its own predict/],
  ['a model inside the model', afterwards('(model as any).build(); (model as any).model.predict = () => tf.ones([30, 3]);'), /its own predict/],
  ['a class of its own', builderText({ before: 'class Oracle extends tf.Sequential { override predict(): any { return tf.ones([30, 3]); } }', compile: 'Object.setPrototypeOf(model, Oracle.prototype);' }), /class of its own/],
  ['the prototype of every model', before('(tf.LayersModel.prototype as any).predict = () => tf.ones([30, 3]);'), /replaced LayersModel\.predict/],
  ['the prototype of sequential models, while the file is loaded', builderText({ before: '(tf.Sequential.prototype as any).fit = async () => ({});' }), /replaced Sequential\.fit/],
  ['what tensors give out', before('(tf.Tensor.prototype as any).data = async () => new Float32Array(90);'), /replaced Tensor\.data/],
  ['the random source', before('Math.random = () => 0.5;'), /replaced Math\.random/],
  ['the logarithm the loss is made with', before('Math.log = () => 0;'), /replaced Math\.log/],
  ['the clock', before('Date.now = () => 0;'), /replaced Date\.now/],
  ['the arrays of the evaluator', before('(Array.prototype as any).indexOf = () => 0;'), /replaced Array\.indexOf/],
  ['the exports of the runtime', before('((tf as any).default ?? tf).moments = () => ({});'), /replaced tf\.moments|read only|not extensible|Cannot (assign|set)/],
  ['something replaced only while it trains', builderText({
    before: `class Late extends tf.layers.Layer {
  static className = 'Late';
  override call(inputs: any): any { (tf.Tensor.prototype as any).data = async () => new Float32Array(90); return Array.isArray(inputs) ? inputs[0] : inputs; }
  override computeOutputShape(shape: any): any { return shape; }
}`,
    layers: `tf.layers.dense({ units: 8, inputShape }), new Late({}), tf.layers.dense({ units: outputUnits, activation: 'softmax' })`,
  }), /replaced Tensor\.data/],
];

for (const [title, text, reason] of CHEATS) {
  test(`${title}: refused with the reason`, async () => {
    const trial = await trialOf(text);
    assert.ok(trial?.outcome === 'failed', JSON.stringify(trial));
    assert.equal(trial.failure.kind, 'refused', trial.failure.message);
    assert.match(trial.failure.message, reason);
  });
}

test('after all of these the same warm worker still measures an honest model as a fresh one does', async () => {
  const fresh = makeTrainer();
  try {
    const honest = { study, variant: variantOf(study, builderText()), seeds: [1], evaluateOn: 'validation' as const, signal: NEVER, onProgress: () => undefined };
    const [here, there] = [await trialOf(builderText()), (await fresh.train(honest)).trials[0]];
    assert.ok(here?.outcome === 'completed' && there?.outcome === 'completed');
    assert.deepEqual([here.metric, here.curves], [there.metric, there.curves]);
  } finally {
    await fresh.dispose();
  }
});
