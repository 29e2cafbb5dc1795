import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { diagnose } from '../../../src/log/diagnose.ts';
import { lossSeries } from '../../../src/log/lossSeries.ts';
import { metricDirection } from '../../../src/log/metricDirection.ts';
import { readTrainingLog } from '../../../src/log/readTrainingLog.ts';
import type { TrainingLog } from '../../../src/log/trainingLog.ts';

function logOf(text: string): TrainingLog {
  const result = readTrainingLog(text, 'train.log');
  if (!result.ok) throw result.error;
  return result.value;
}

const fixture = (name: string): TrainingLog =>
  logOf(readFileSync(new URL(`../../fixtures/logs/${name}`, import.meta.url), 'utf8'));

/** What is taken for loss and val_loss of series with these names. */
function taken(...names: string[]): (string | undefined)[] {
  const { loss, valLoss } = lossSeries(Object.fromEntries(names.map((name) => [name, [1, 0.5]])));
  return [loss?.name, valLoss?.name];
}

describe('which series is the loss', () => {
  test('the one called so, whatever stands beside it', () => {
    assert.deepEqual(taken('loss', 'mse', 'val_mse', 'val_loss'), ['loss', 'val_loss']);
    assert.deepEqual(taken('mse', 'val_loss'), [undefined, 'val_loss']);
    assert.equal(lossSeries({ loss: [1] }).why, null);
  });

  for (const name of [
    'binary_logloss',
    'multi_logloss',
    'l2',
    'rmse',
    'l1',
    'huber',
    'logloss',
    'mlogloss',
    'mae',
    'rmsle',
    'cross_entropy',
    'nll',
  ]) {
    test(`${name}, where nothing is called loss; its direction is known`, () => {
      assert.deepEqual(taken('auc', name, `val_${name}`), [name, `val_${name}`]);
      assert.equal(metricDirection(name), 'minimize');
    });
  }

  test('the one that is usually minimised, of several', () => {
    assert.deepEqual(taken('error', 'rmse', 'mae', 'val_rmse', 'val_mae'), ['rmse', 'val_rmse']);
    assert.deepEqual(taken('val_l1', 'val_l2'), [undefined, 'val_l2']);
  });

  test('the sum of the parts that Ultralytics logs, epoch by epoch', () => {
    const { loss, valLoss, why } = lossSeries({
      box_loss: [1, 0.75, 0.5],
      cls_loss: [2, 1.5, null],
      dfl_loss: [1, 1, 1],
    });
    assert.deepEqual(
      { loss, valLoss, why },
      {
        loss: { name: 'box_loss + cls_loss + dfl_loss', values: [4, 3.25, null] },
        valLoss: null,
        why: 'the sum of its logged parts',
      },
    );
  });

  test('only the parts that training and validation share, so that the gap is of the same', () => {
    assert.deepEqual(taken('box_loss', 'cls_loss', 'dfl_loss', 'val_box_loss', 'val_cls_loss'), [
      'box_loss + cls_loss',
      'val_box_loss + val_cls_loss',
    ]);
  });

  test('an only loss of another name', () =>
    assert.deepEqual(taken('policy_loss', 'val_policy_loss', 'reward'), [
      'policy_loss',
      'val_policy_loss',
    ]));

  test(
    'none where names leave it open: two losses that are no parts, shares of errors, scores, ' +
      'another part of the data',
    () => {
      for (const names of [
        ['g_loss', 'd_loss'],
        ['error', 'val_error'],
        ['score', 'val_auc'],
        ['test_loss', 'best_loss'],
        ['validation_0-auc'],
        [],
      ]) {
        assert.deepEqual(taken(...names), [undefined, undefined], names.join());
      }
    },
  );
});

describe('logs of real tools in which nothing is called loss', () => {
  const sentenceOf = (name: string): string =>
    diagnose(fixture(name)).findings.find(({ kind }) => kind === 'taken-as-loss')?.text ?? '';
  const expected: Readonly<Record<string, RegExp>> = {
    'lightgbm.log':
      /: binary_logloss and val_binary_logloss are taken for it \(a logarithmic loss, .*; lower is better\)/,
    'xgboost.log': /: logloss and val_logloss are taken for it/,
    'xgboost-early-stopping.log': /: rmse and val_rmse are taken for it \(a squared error/,
    'xgboost-sklearn.log':
      /: validation_1-logloss is taken for it \(.*the last part given for evaluation/,
    'ultralytics-results.csv':
      /: box_loss and val_box_loss are taken for it \(the only part of the loss that is logged/,
  };
  for (const [name, text] of Object.entries(expected))
    test(`${name}: judged, and says by what`, () => assert.match(sentenceOf(name), text));

  test('LightGBM: trend, gap and findings are those of its series, under its names', () => {
    const { trend, gap, improvementRate, findings } = diagnose(fixture('lightgbm.log'));
    assert.equal(trend, 'improving');
    assert.ok(gap !== null && improvementRate !== null);
    assert.match(
      findings.find(({ kind }) => kind === 'under-trained')?.text ?? '',
      /^val_binary_logloss was still falling/,
    );
    assert.deepEqual(findings.find(({ kind }) => kind === 'taken-as-loss')?.lines, [1]);
  });

  test('Ultralytics with all its parts: the sum is judged', () => {
    const rows = Array.from(
      { length: 12 },
      (_, i) =>
        `${i + 1},${(1.2 * 0.9 ** i).toFixed(4)},${(2 * 0.9 ** i).toFixed(4)},${(0.9 * 0.98 ** i).toFixed(4)},${(1.3 * 0.92 ** i).toFixed(4)},${(2.1 * 0.9 ** i).toFixed(4)},${(0.95 * 0.98 ** i).toFixed(4)}`,
    );
    const { findings } = diagnose(
      logOf(
        [
          'epoch,train/box_loss,train/cls_loss,train/dfl_loss,val/box_loss,val/cls_loss,val/dfl_loss',
          ...rows,
        ].join('\n'),
      ),
    );
    assert.match(
      findings.find(({ kind }) => kind === 'taken-as-loss')?.text ?? '',
      /box_loss \+ cls_loss \+ dfl_loss and val_box_loss \+ val_cls_loss \+ val_dfl_loss are taken for it \(the sum of its logged parts/,
    );
    assert.match(
      findings.find(({ kind }) => kind === 'improvement-rate')?.text ?? '',
      /^box_loss \+ cls_loss \+ dfl_loss fell by/,
    );
  });
});

test('a log that calls its loss so says nothing of it', () => {
  assert.equal(
    diagnose(fixture('torch-words.log')).findings.some(({ kind }) => kind === 'taken-as-loss'),
    false,
  );
});
