import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { CompletedTrial, Trial } from '../../../src/record/trial.ts';
import { CortexError } from '../../../src/util/errors.ts';
import type { TrainProgress, TrainResult } from '../../../src/ports/trainer.ts';
import type { Study } from '../../../src/study/study.ts';
import type { WorkerTrainer } from '../../../src/execution/workerTrainer.ts';
import {
  BLOBS_JS,
  builderText,
  makeFolder,
  makeTrainer,
  NEVER,
  studyOn,
  variantOf,
} from './harness.ts';
import { measured } from '../../records.ts';

let trainer: WorkerTrainer;
before(() => {
  trainer = makeTrainer();
});
after(() => trainer.dispose());

const FOLDS = 4;

describe('validation in folds', () => {
  let folder = '';
  let remove: () => Promise<void>;
  before(async () => {
    ({ folder, remove } = await makeFolder({ 'data.js': BLOBS_JS }));
  });
  after(() => remove());

  const study = (split: object = { folds: FOLDS }): Study => studyOn(folder, { epochs: 3, split });

  test('a trial trains one model a fold and counts as their mean; its epochs and curves say so', async () => {
    const seen: TrainProgress[] = [];
    const result = await train(study(), (progress) => seen.push(progress));
    const [trial] = completed(result);
    assert.equal(trial?.epochs, FOLDS * 3);
    assert.ok(Object.values(trial.curves).every((curve) => curve.length === 3));
    assert.ok(Math.abs(measured(trial) - (trial.curves['val_loss']?.at(-1) ?? NaN)) < 1e-9);
    assert.deepEqual(
      seen.slice(0, FOLDS * 3).map(({ fold, epoch }) => [fold?.number, fold?.count, epoch]),
      [1, 2, 3, 4].flatMap((fold) => [1, 2, 3].map((epoch) => [fold, FOLDS, epoch])),
    );
    assert.deepEqual(seen[FOLDS * 3 - 1]?.logs['val_loss'], trial.curves['val_loss']?.at(-1));
    const alone = seen.slice(0, 3).map(({ logs }) => logs['val_loss']);
    assert.notDeepEqual(alone, trial.curves['val_loss']);
  });

  test('the same seed gives the same numbers, another one others', async () => {
    const [first, again] = [completed(await train(study())), completed(await train(study()))];
    assert.deepEqual(
      again.map((trial) => [measured(trial), trial.curves]),
      first.map((trial) => [measured(trial), trial.curves]),
    );
    assert.notEqual(measured(first[0]), measured(first[1]));
  });

  test('one fold is the split as it always was, bit for bit', async () => {
    const [one, none] = [await train(study({ folds: 1 })), await train(study({}))];
    assert.deepEqual(
      completed(one).map((trial) => [measured(trial), trial.curves]),
      completed(none).map((trial) => [measured(trial), trial.curves]),
    );
    assert.equal(one.dataHash, none.dataHash);
  });

  test('data and references follow: another hash, parts of one fold, means over all', async () => {
    const [folds, one] = [
      await trainer.profileData(study(), NEVER),
      await trainer.profileData(study({}), NEVER),
    ];
    assert.deepEqual(folds.rows, { train: 90, validation: 30, test: 30 });
    assert.notEqual(folds.hash, one.hash);
    assert.equal(folds.foldable, true);
    const scores = await trainer.references(study(), NEVER);
    assert.ok(scores?.linear);
    assert.ok((scores.linear['val_loss'] ?? NaN) < (scores.trivial['val_loss'] ?? NaN));
    assert.notDeepEqual(scores, await trainer.references(study({}), NEVER));
  });

  test('the sealed part is opened by asking for it alone, by every fold’s model', async () => {
    const [validation, sealed] = [
      completed(await train(study())),
      completed(await train(study(), () => undefined, 'test')),
    ];
    assert.deepEqual(
      sealed.map(({ curves }) => curves),
      validation.map(({ curves }) => curves),
    );
    assert.notDeepEqual(
      sealed.map((trial) => measured(trial, 'test_loss')),
      validation.map((trial) => measured(trial)),
    );
  });

  test('a seed that fails in a fold is a failed trial with what was reached', async () => {
    const variant = variantOf(
      study(),
      builderText({
        compile: `model.compile({ optimizer: tf.train.sgd(1e30), loss: 'categoricalCrossentropy' });`,
      }),
    );
    const { trials } = await trainer.train({
      study: study(),
      variant,
      seeds: [1],
      evaluateOn: 'validation',
      signal: NEVER,
      onProgress: () => undefined,
    });
    assert.equal(trials[0]?.outcome === 'failed' && trials[0].failure.kind, 'not-a-number');
  });
});

test('data that brings its own validation part is not dealt out', async () => {
  const parts = (more: string): string =>
    'const n = [...Array(60).keys()]; const part = (from, to) => ({ inputs: n.slice(from, ' +
    'to).map((i) => [i / 60]), targets: n.slice(from, to).map((i) => i / 60) }); ' +
    `exports.loadData = () => ({ train: part(0, 40), ${more} });`;
  const own = await makeFolder({ 'data.js': parts('validation: part(40, 60)') });
  await assert.rejects(
    trainer.profileData(studyOn(own.folder, { split: { folds: 3 } }), NEVER),
    (error) => error instanceof CortexError && error.code === 'data-not-foldable',
  );
  assert.equal((await trainer.profileData(studyOn(own.folder), NEVER)).foldable, undefined);
  const testOnly = await makeFolder({ 'data.js': parts('test: part(40, 60)') });
  const { rows } = await trainer.profileData(
    studyOn(testOnly.folder, { split: { folds: 4 } }),
    NEVER,
  );
  assert.deepEqual(rows, { train: 30, validation: 10, test: 20 });
  await Promise.all([own.remove(), testOnly.remove()]);
});

function train(
  study: Study,
  onProgress: (progress: TrainProgress) => void = () => undefined,
  evaluateOn: 'validation' | 'test' = 'validation',
): Promise<TrainResult> {
  return trainer.train({
    study,
    variant: variantOf(study, builderText()),
    seeds: [1, 2],
    evaluateOn,
    signal: NEVER,
    onProgress,
  });
}

function completed({ trials }: TrainResult): readonly CompletedTrial[] {
  const done = trials.filter(
    (trial: Trial): trial is CompletedTrial => trial.outcome === 'completed',
  );
  assert.equal(
    done.length,
    trials.length,
    JSON.stringify(trials.flatMap((trial) => (trial.outcome === 'failed' ? [trial.failure] : []))),
  );
  return done;
}
