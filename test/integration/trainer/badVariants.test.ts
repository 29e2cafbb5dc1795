import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import type { Failure } from '../../../src/record/trial.ts';
import { builderText, makeTrainer, NEVER, projectStudy, variantOf } from './harness.ts';

const trainer = makeTrainer();
const study = projectStudy('blobs');

after(() => trainer.dispose());

async function failureOf(text: string, config: object = {}): Promise<Failure> {
  const own = projectStudy('blobs', config);
  const result = await trainer.build(own, variantOf(own, text), NEVER);
  if (result.ok) assert.fail('It built.');
  return result.error;
}

describe('a variant that cannot be built is a named outcome with its line', () => {
  test('a syntax error in TypeScript', async () => {
    const failure = await failureOf(
      'import * as tf from "@tensorflow/tfjs";\n\nexport function buildModel( {\n',
    );
    assert.equal(failure.kind, 'syntax');
    assert.ok(failure.line !== null && failure.line >= 3, JSON.stringify(failure));
  });

  test('a syntax error in JavaScript', async () => {
    const own = { ...study, modelPath: study.modelPath.replace('.ts', '.js') };
    const result = await trainer.build(
      own,
      variantOf(own, 'export const a = 1;\nexport function buildModel() {\n  return ];\n}\n'),
      NEVER,
    );
    assert.ok(!result.ok);
    assert.equal(result.error.kind, 'syntax');
    assert.equal(result.error.line, 3);
  });

  test('no builder', async () => {
    const failure = await failureOf('export const makeModel = () => 1;\nexport const units = 3;\n');
    assert.equal(failure.kind, 'builder');
    assert.match(
      failure.message,
      /exports makeModel, units\. Export a function named build_model or buildModel/,
    );
  });

  test('a builder that throws, below code that TypeScript rewrites', async () => {
    const failure = await failureOf(
      builderText({
        before: 'enum Size {\n  Small = 4,\n}\ninterface Unused {\n  a: number;\n}\n',
        inside: `if (Size.Small === 4) throw new Error('no such size');`,
      }),
    );
    assert.equal(failure.kind, 'builder');
    assert.equal(failure.line, 10);
    assert.match(failure.message, /no such size/);
  });

  test('a layer that tfjs refuses', async () => {
    const failure = await failureOf(
      builderText({
        layers:
          `tf.layers.dense({ units: 8, inputShape }),\n tf.layers.conv2d({ filters: 2, ` +
          'kernelSize: 3 })',
      }),
    );
    assert.equal(failure.kind, 'builder');
    assert.equal(typeof failure.line, 'number');
  });

  test('a builder that returns nothing, or something else', async () => {
    const nothing = await failureOf('export function buildModel() {}\n');
    assert.equal(nothing.kind, 'builder');
    assert.match(nothing.message, /returned nothing\. Return a tf\.LayersModel/);
    assert.match(
      (await failureOf('export const buildModel = () => ({ layers: [] });')).message,
      /returned a Object/,
    );
  });

  test('wrong shapes', async () => {
    const outputs = await failureOf(
      builderText({ layers: 'tf.layers.dense({ units: outputUnits + 1, inputShape })' }),
    );
    assert.equal(outputs.kind, 'shape');
    assert.match(outputs.message, /gives outputs of shape \[4\]; the study's data needs \[3\]/);
    const inputs = await failureOf(
      builderText({ layers: 'tf.layers.dense({ units: outputUnits, inputShape: [5] })' }),
    );
    assert.equal(inputs.kind, 'shape');
    assert.match(inputs.message, /takes inputs of shape \[5\]; the study's data needs \[4\]/);
  });

  test('too many parameters, too large', async () => {
    const parameters = await failureOf(builderText(), { limits: { parameters: 50 } });
    assert.equal(parameters.kind, 'limits');
    assert.match(parameters.message, /67 parameters; limits\.parameters allows 50/);
    assert.equal((await failureOf(builderText(), { limits: { modelKB: 0.1 } })).kind, 'limits');
  });

  test('a missing import', async () => {
    const failure = await failureOf(
      `import { missing } from './nowhere';\n${builderText({ inside: 'missing();' })}`,
    );
    assert.equal(failure.kind, 'builder');
    assert.match(failure.message, /nowhere/);
  });

  test('training it reports the same failure as one failed trial', async () => {
    const result = await trainer.train({
      study,
      variant: variantOf(study, 'export function buildModel() {}'),
      seeds: [1, 2, 3],
      evaluateOn: 'validation',
      signal: NEVER,
      onProgress: () => undefined,
    });
    assert.equal(result.trials.length, 1);
    const [trial] = result.trials;
    assert.ok(trial?.outcome === 'failed');
    assert.equal(trial.failure.kind, 'builder');
    assert.equal(trial.seed, 1);
    assert.equal(result.environment.runtime, 'wasm');
  });
});

describe('a variant that may not do what it tries', () => {
  const attempts: readonly (readonly [string, string])[] = [
    [
      'writing a file',
      `require('node:fs').writeFileSync(require('node:path').join(__dirname, 'stolen.txt'), 'x');`,
    ],
    ['starting a process', `require('node:child_process').execSync('true');`],
    ['starting a thread', `new (require('node:worker_threads').Worker)('1', { eval: true });`],
  ];
  for (const [title, code] of attempts) {
    test(`${title} is refused`, async () => {
      const failure = await failureOf(builderText({ inside: code }));
      assert.equal(failure.kind, 'refused');
      assert.match(failure.message, /may not do/);
    });
  }

  test('the environment holds no keys', async () => {
    process.env.OPENAI_API_KEY = 'sk-secret';
    const other = makeTrainer();
    try {
      const result = await other.build(
        study,
        variantOf(study, builderText({ inside: 'throw new Error(JSON.stringify(process.env));' })),
        NEVER,
      );
      assert.ok(!result.ok);
      assert.match(result.error.message, /"PATH"/);
      assert.doesNotMatch(result.error.message, /sk-secret|OPENAI/);
    } finally {
      delete process.env.OPENAI_API_KEY;
      await other.dispose();
    }
  });
});

test('a Python builder is refused in plain words', async () => {
  const python = { ...study, modelPath: '/x/model.py' };
  await assert.rejects(trainer.build(python, variantOf(python, 'def build_model(): pass'), NEVER), {
    code: 'trainer-language',
    kind: 'input',
  });
});
