import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import type { TrainProgress } from '../../../src/ports/trainer.ts';
import { builderText, makeTrainer, NEVER, projectStudy, variantOf } from './harness.ts';
import { children, failed, SLOW, trainWith } from './trainWith.ts';

const trainer = makeTrainer();
const train = (run: Parameters<typeof trainWith>[1], by = trainer): ReturnType<typeof trainWith> =>
  trainWith(by, run);

after(() => trainer.dispose());

const completes = async (): Promise<void> => {
  const { trials } = await train({});
  assert.equal(trials[0]?.outcome, 'completed');
};

describe('a worker that goes wrong becomes a named outcome, and the next request works', () => {
  test('a builder that never returns (a synchronous loop)', async () => {
    const started = performance.now();
    const { trials } = await train({
      text: builderText({ inside: 'for (;;);' }),
      config: { limits: { trialSeconds: 1 } },
    });
    const { failure } = failed(trials[0]);
    assert.equal(failure.kind, 'time');
    assert.match(failure.message, /longer than 1 s while the builder ran/);
    assert.ok(performance.now() - started < 10_000);
    await completes();
  });

  test('a builder whose promise never settles, when only built', async () => {
    const study = projectStudy('blobs', { limits: { trialSeconds: 1 } });
    const result = await trainer.build(
      study,
      variantOf(study, 'export const buildModel = () => new Promise(() => {});'),
      NEVER,
    );
    assert.ok(!result.ok);
    assert.equal(result.error.kind, 'time');
  });

  test('a training that takes longer than trialSeconds keeps its curves, and the worker stays', async () => {
    await completes();
    const before = children();
    const { trials } = await train({
      config: { ...SLOW, limits: { trialSeconds: 1.5 } },
      seeds: [1, 2],
    });
    assert.equal(trials.length, 1);
    const trial = failed(trials[0]);
    assert.equal(trial.failure.kind, 'time');
    assert.ok(trial.epochs > 0);
    assert.equal(trial.curves['val_loss']?.length, trial.epochs);
    await completes();
    assert.deepEqual(children(), before);
  });

  test('a loss that hangs in the middle of training', async () => {
    const compile =
      `let calls = 0; model.compile({ optimizer: 'adam', loss: (t: tf.Tensor, p: tf.Tensor) => ` +
      '{ if (++calls > 20) for (;;); return tf.losses.meanSquaredError(t, p); } });';
    const { trials } = await train({
      text: builderText({ compile }),
      config: { epochs: 50, limits: { trialSeconds: 1.5 } },
    });
    assert.equal(failed(trials[0]).failure.kind, 'time');
    await completes();
  });

  test('memory without end: arrays outside the heap', async () => {
    const inside = 'const kept: unknown[] = []; for (;;) kept.push(new Uint8Array(8e6).fill(1));';
    const { trials } = await train({
      text: builderText({ inside }),
      config: { limits: { memoryMB: 500 } },
    });
    const { failure } = failed(trials[0]);
    assert.equal(failure.kind, 'memory');
    assert.match(failure.message, /500 MB/);
    await completes();
  });

  test('memory without end: the heap', async () => {
    const inside = 'const kept: unknown[] = []; for (;;) kept.push({ a: kept.length, b: [] });';
    const { trials } = await train({
      text: builderText({ inside }),
      config: { limits: { memoryMB: 400 } },
    });
    assert.equal(failed(trials[0]).failure.kind, 'memory');
    await completes();
  });

  test('SIGKILL in the middle of an epoch: what had finished is kept, what was reached too', async () => {
    const seen: TrainProgress[] = [];
    const { trials } = await train({
      // Long enough that the second seed still trains when this process hears of its fourth epoch.
      config: { epochs: 400 },
      seeds: [1, 2, 3],
      onProgress: (progress) => {
        seen.push(progress);
        if (progress.seedIndex === 1 && progress.epoch === 4)
          for (const pid of children()) process.kill(pid, 'SIGKILL');
      },
    });
    assert.equal(trials.length, 2);
    assert.equal(trials[0]?.outcome, 'completed');
    const trial = failed(trials[1]);
    assert.equal(trial.failure.kind, 'died');
    assert.match(trial.failure.message, /SIGKILL/);
    assert.ok(trial.epochs >= 4);
    assert.equal(trial.seed, 2);
    await completes();
  });

  test('a process that ends itself leaves its last words', async () => {
    const { trials } = await train({
      text: builderText({ inside: `console.error('farewell'); process.exit(7);` }),
    });
    const { failure } = failed(trials[0]);
    assert.equal(failure.kind, 'died');
    assert.match(failure.message, /exit code 7/);
    assert.deepEqual(failure.stderr.slice(-1), ['farewell']);
  });

  test('an error thrown from a timer the builder left behind harms its own process alone', async () => {
    const { trials } = await train({
      text: builderText({ inside: `setTimeout(() => { throw new Error('late'); }, 0);` }),
    });
    // The model may have been told as data before the timer came, and is trained elsewhere then.
    const [trial] = trials;
    if (trial?.outcome !== 'completed')
      assert.match(failed(trial).failure.kind, /^(?:builder|died)$/);
    await completes();
  });

  test('a loss that becomes NaN', async () => {
    const compile = `model.compile({ optimizer: tf.train.sgd(1e30), loss: 'meanSquaredError' });`;
    const { trials } = await train({
      text: builderText({
        layers:
          'tf.layers.dense({ units: 20, inputShape }), tf.layers.dense({ units: outputUnits })',
        compile,
      }),
      config: { epochs: 30 },
      seeds: [1, 2],
    });
    assert.equal(trials.length, 2);
    const trial = failed(trials[0]);
    assert.equal(trial.failure.kind, 'not-a-number');
    assert.ok(trial.epochs < 30);
    await completes();
  });

  test('a library that prints to standard output does no harm', async () => {
    const { trials } = await train({
      text: builderText({ inside: `console.log('{"type":"trained"}\\n'.repeat(5000));` }),
    });
    assert.equal(trials[0]?.outcome, 'completed');
  });
});

describe('cancelling', () => {
  test('at the next batch: finished trials are kept, the running one is cancelled, the worker stays', async () => {
    await completes();
    const before = children();
    const controller = new AbortController();
    let cancelledAt = 0;
    const { trials } = await train({
      config: { epochs: 400 },
      seeds: [1, 2],
      signal: controller.signal,
      onProgress: ({ seedIndex }) => {
        if (seedIndex === 0 || cancelledAt > 0) return;
        cancelledAt = performance.now();
        controller.abort();
      },
    });
    assert.ok(performance.now() - cancelledAt < 1_500);
    assert.deepEqual(
      trials.map((trial) => trial.outcome),
      ['completed', 'failed'],
    );
    assert.equal(failed(trials[1]).failure.kind, 'cancelled');
    await completes();
    assert.deepEqual(children(), before);
  });

  test('a builder that does not listen is killed', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 300);
    const { trials } = await train({
      text: builderText({ inside: 'for (;;);' }),
      signal: controller.signal,
    });
    assert.equal(failed(trials[0]).failure.kind, 'cancelled');
  });

  test('before it began', async () => {
    await assert.rejects(train({ signal: AbortSignal.abort() }), { kind: 'cancelled' });
  });
});
