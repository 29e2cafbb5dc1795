import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  createEvaluator,
  metricKeys,
  readingOf,
} from '../../../src/workers/tfjs/training/evaluator.ts';

const close = (got: number | undefined, wanted: number): void =>
  assert.ok(Math.abs((got ?? NaN) - wanted) < 1e-12, `${got} instead of ${wanted}`);

test('cross-entropy and accuracy from probabilities, batch by batch', () => {
  const evaluator = createEvaluator('classification', 2, 'probabilities');
  evaluator.add([0.9, 0.1, 0.4, 0.6], [0, 0]);
  evaluator.add([0.25, 0.75], [1]);
  const { loss, accuracy } = evaluator.result();
  close(loss, -(Math.log(0.9) + Math.log(0.4) + Math.log(0.75)) / 3);
  close(accuracy, 2 / 3);
});

test('unnormalised outputs count by their share; a sure mistake costs what the clip allows', () => {
  const shares = createEvaluator('classification', 2, 'probabilities');
  shares.add([0.6, 0.2], [0]);
  close(shares.result()['loss'], -Math.log(0.75));
  const mistake = createEvaluator('classification', 2, 'probabilities');
  mistake.add([1, 0], [1]);
  close(mistake.result()['loss'], -Math.log(1e-7));
});

test('logits, large ones too, mean their softmax', () => {
  const evaluator = createEvaluator('classification', 3, 'logits');
  evaluator.add([1000, 1000, -1000], [1]);
  close(evaluator.result()['loss'], Math.log(2));
});

test('NaN stays NaN', () => {
  const evaluator = createEvaluator('classification', 2, 'probabilities');
  evaluator.add([NaN, 0.5], [0]);
  assert.ok(Number.isNaN(evaluator.result()['loss']));
});

test('squared and absolute error and r2 over several units and batches', () => {
  const evaluator = createEvaluator('regression', 2, 'probabilities');
  evaluator.add([1, 10, 2, 20], [1, 12, 3, 20]);
  evaluator.add([5, 27], [5, 28]);
  const { loss, mae, r2 } = evaluator.result();
  close(loss, (0 + 4 + 1 + 0 + 0 + 1) / 6);
  close(mae, (2 + 1 + 1) / 6);
  close(r2, 1 - 6 / (8 + 128));
});

test('constant targets have nothing to explain', () => {
  const hit = createEvaluator('regression', 1, 'probabilities');
  hit.add([2, 2], [2, 2]);
  assert.equal(hit.result()['r2'], 1);
  const missed = createEvaluator('regression', 1, 'probabilities');
  missed.add([2, 3], [2, 2]);
  assert.equal(missed.result()['r2'], 0);
});

test('outputs are read as probabilities unless one is negative or a row is empty', () => {
  assert.equal(readingOf([0.2, 0.8, 0.5, 0.5], 2), 'probabilities');
  assert.equal(readingOf([0.9, 0.9], 2), 'probabilities');
  assert.equal(readingOf([0.2, -0.1], 2), 'logits');
  assert.equal(readingOf([0.2, 0.1, 0, 0], 2), 'logits');
});

test('the keys of each task', () => {
  assert.deepEqual(metricKeys('regression'), [
    'loss',
    'mae',
    'r2',
    'val_loss',
    'val_mae',
    'val_r2',
  ]);
  assert.deepEqual(metricKeys('classification'), ['loss', 'accuracy', 'val_loss', 'val_accuracy']);
});
