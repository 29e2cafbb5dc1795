import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { diagnose } from '../../../src/log/diagnose.ts';
import type { Diagnosis, FindingKind } from '../../../src/log/diagnosis.ts';
import { readTrainingLog } from '../../../src/log/readTrainingLog.ts';
import type { TrainingLog } from '../../../src/log/trainingLog.ts';
import { findingOf, logWith } from './logWith.ts';
import { logOf, SYNTHETIC_RUNS } from './syntheticRuns.ts';

const SEEDS = Array.from({ length: 300 }, (_, i) => i + 1);

/** Found as something that matters; the gap below training is only ever mentioned. */
const finds = ({ findings }: Diagnosis, kind: FindingKind): boolean =>
  findings.some(
    (finding) =>
      finding.kind === kind &&
      (finding.severity !== 'info' || kind === 'validation-below-training'),
  );

describe('noisy curves whose truth is known: right in 95 of 100, false alarms in 5 at most', () => {
  for (const run of SYNTHETIC_RUNS) {
    test(`${run.kind} ${run.present ? 'is' : 'is not'} there: ${run.name}`, () => {
      const share =
        SEEDS.filter((seed) => finds(diagnose(logOf(run, seed)), run.kind)).length / SEEDS.length;
      assert.ok(
        run.present ? share >= 0.95 : share <= 0.05,
        `found in ${(share * 100).toFixed(1)} %`,
      );
    });
  }

  test('onsets of plateau and overfitting are right to a tenth of the run, in the median', () => {
    const onsetOf = (name: string, kind: FindingKind): number => {
      const run = SYNTHETIC_RUNS.find((other) => other.name === name && other.kind === kind);
      assert.ok(run);
      const onsets = SEEDS.flatMap(
        (seed) =>
          diagnose(logOf(run, seed)).findings.find((finding) => finding.kind === kind)
            ?.onsetEpoch ?? [],
      );
      return onsets.sort((a, b) => a - b)[Math.floor(onsets.length / 2)] ?? NaN;
    };
    assert.ok(Math.abs(onsetOf('flat from epoch 10 of 20', 'plateau') - 10) <= 2);
    assert.ok(
      Math.abs(onsetOf('val_loss rises by 12 % while loss falls', 'overfitting') - 20) <= 5,
    );
  });
});

describe('the four figures', () => {
  const log = logWith({
    loss: [2, 1.6, 1.3, 1.1, 0.95, 0.9],
    val_loss: [2, 1.7, 1.4, 1.25, 1.15, 1.08],
  });

  test('are those of the first and last epoch', () => {
    const { improvementRate, trend, gap, overfitting } = diagnose(log);
    assert.deepEqual(
      { improvementRate, trend, overfitting },
      { improvementRate: 0.55, trend: 'improving', overfitting: 'unlikely' },
    );
    assert.ok(Math.abs((gap ?? NaN) - 0.2) < 1e-12);
  });

  test('improvement over 50 % is good, from 10 % moderate, below slow', () => {
    const words = [0.4, 0.7, 0.95].map(
      (last) => findingOf(logWith({ loss: [1, last] }), 'improvement-rate').text,
    );
    assert.deepEqual(
      words.map((text) => /(good|moderate|slow) improvement/.exec(text)?.[1]),
      ['good', 'moderate', 'slow'],
    );
  });

  test('a gap below 10 % is small, to 20 % moderate, above large', () => {
    const words = [1.05, 1.15, 1.25].map(
      (last) =>
        findingOf(logWith({ loss: [2, 1], val_loss: [2, last] }), 'train-validation-gap').text,
    );
    assert.deepEqual(
      words.map((text) => /(small|moderate|large) gap/.exec(text)?.[1]),
      ['small', 'moderate', 'large'],
    );
  });

  test('cannot be told without the series they need', () => {
    const onlyLoss = diagnose(logWith({ loss: [2, 1.5, 1.2, 1.1, 1, 0.9] }));
    assert.deepEqual(
      { gap: onlyLoss.gap, overfitting: onlyLoss.overfitting, trend: onlyLoss.trend },
      { gap: null, overfitting: 'cannot-tell', trend: 'improving' },
    );
    const nothing = diagnose(logWith({}));
    assert.deepEqual(
      {
        improvementRate: nothing.improvementRate,
        gap: nothing.gap,
        trend: nothing.trend,
        overfitting: nothing.overfitting,
      },
      { improvementRate: null, gap: null, trend: 'cannot-tell', overfitting: 'cannot-tell' },
    );
    assert.deepEqual(
      nothing.findings.map(({ kind }) => kind),
      ['cannot-tell'],
    );
  });
});

describe('findings carry their proof', () => {
  test('overfitting: onset, lines and numbers', () => {
    const up = logWith({
      loss: [1, 0.8, 0.65, 0.5, 0.4, 0.3, 0.22, 0.16, 0.12, 0.1],
      val_loss: [1, 0.85, 0.75, 0.7, 0.72, 0.78, 0.85, 0.95, 1.05, 1.2],
    });
    const { severity, onsetEpoch, lines, text } = findingOf(up, 'overfitting');
    assert.deepEqual(
      { severity, onsetEpoch, lines },
      { severity: 'problem', onsetEpoch: 4, lines: [40, 100] },
    );
    assert.match(
      text,
      /likely: val_loss has risen by about \d+ % since epoch 4 \(its lowest: 0\.7\d* at epoch 4\)/,
    );
    assert.equal(diagnose(up).trend, 'worsening');
  });

  test('not a number: the epoch and the line it begins at', () => {
    const { onsetEpoch, lines, severity } = findingOf(
      logWith({ loss: [1, 0.9, NaN, NaN], val_loss: [1, 1, 1, NaN] }),
      'not-a-number',
    );
    assert.deepEqual(
      { onsetEpoch, lines, severity },
      { onsetEpoch: 3, lines: [30], severity: 'problem' },
    );
    const broken = diagnose(logWith({ loss: [1, 0.9, NaN, NaN] }));
    assert.deepEqual(
      { improvementRate: broken.improvementRate, trend: broken.trend },
      { improvementRate: null, trend: 'cannot-tell' },
    );
  });

  test('infinity is no number either', () =>
    assert.equal(findingOf(logWith({ loss: [1, Infinity] }), 'not-a-number').onsetEpoch, 2));

  test('class collapse: accuracy is one number', () => {
    const loss = [0.9, 0.7, 0.69, 0.68, 0.68, 0.67, 0.67, 0.67];
    const collapsed = logWith({
      loss,
      accuracy: [0.55, 0.61, 0.62, 0.62, 0.62, 0.62, 0.62, 0.62],
      val_accuracy: [0.58, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6],
    });
    assert.match(findingOf(collapsed, 'class-collapse').text, /exactly 60 % since epoch 2/);
    const learning = logWith({
      loss,
      accuracy: [0.55, 0.61, 0.65, 0.7, 0.75, 0.8, 0.82, 0.85],
      val_accuracy: [0.58, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6],
    });
    assert.equal(finds(diagnose(learning), 'class-collapse'), false);
  });

  test(
    'class collapse: a constant accuracy on few rows is none where the loss, or training, says ' +
      'that rows are told apart',
    () => {
      const [loss, valAccuracy] = [
        [0.7, 0.69, 0.68, 0.68, 0.68, 0.68, 0.68, 0.68],
        [0.55, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6],
      ];
      const collapses = (series: TrainingLog['series']): boolean =>
        finds(diagnose(logWith(series)), 'class-collapse');
      assert.equal(collapses({ loss, val_accuracy: valAccuracy, accuracy: valAccuracy }), true);
      assert.equal(
        collapses({
          loss,
          val_accuracy: valAccuracy,
          accuracy: [0.55, 0.58, 0.61, 0.63, 0.66, 0.68, 0.7, 0.71],
        }),
        false,
      );
      assert.equal(
        collapses({
          loss: loss.map((value) => value - 0.2),
          val_accuracy: valAccuracy,
          accuracy: valAccuracy,
        }),
        false,
      );
      assert.equal(collapses({ loss, val_accuracy: valAccuracy }), false);
      assert.equal(
        collapses({ loss, val_accuracy: valAccuracy.map((value) => value + 0.0135) }),
        true,
      );
    },
  );

  test('guessing among ten classes is called by its name', () => {
    const stuck = logWith({ loss: [2.31, 2.303, 2.302, 2.303, 2.301, 2.302] });
    assert.match(findingOf(stuck, 'not-learning').text, /ln\(10\)/);
  });

  test('too few epochs', () =>
    assert.match(
      findingOf(logWith({ loss: [1, 0.9] }), 'too-few-epochs').text,
      /2 epochs are too few/,
    ));

  test('notes on where the log comes from', () => {
    const log = {
      ...logWith({ loss: [1, 0.9] }),
      notes: ['model.ts was changed after the log was written.'],
    };
    assert.equal(
      findingOf(log, 'other-run').text,
      'model.ts was changed after the log was written.',
    );
  });
});

describe('every log gets an answer', () => {
  test('whatever the numbers', () => {
    const odd: TrainingLog['series'][] = [
      { loss: [0, 0, 0, 0, 0, 0] },
      { loss: [-1, -2, -3, -4, -5, -6], val_loss: [-1, -2, -3, -4, -5, -6] },
      { loss: [null, null, 1, null, 2, null] },
      { val_loss: [1, 2, 3, 4, 5, 6] },
      { loss: [1e308, -1e308, 1e308, -1e308, 1e308, 1] },
      { loss: [NaN, NaN, NaN], val_loss: [NaN, NaN, NaN] },
      { loss: [5e-324, 0, 5e-324, 0, 5e-324, 0] },
      { accuracy: [0.1, 0.2] },
    ];
    for (const series of odd) {
      const { findings, gap, improvementRate } = diagnose(logWith(series));
      for (const { text } of findings) assert.doesNotMatch(text, /undefined|null/);
      for (const figure of [gap, improvementRate])
        assert.ok(figure === null || Number.isFinite(figure), JSON.stringify(series));
    }
  });

  test('a run of more epochs than a call may have arguments', () => {
    const noisy = (offset: number): number[] =>
      Array.from(
        { length: 200_000 },
        (_, i) => 1 / Math.sqrt(i + 1) + offset + 0.01 * Math.sin(7.3 * i),
      );
    assert.equal(diagnose(logWith({ loss: noisy(0), val_loss: noisy(0.02) })).epochs, 200_000);
    assert.equal(
      finds(
        diagnose(
          logWith({
            loss: Array.from({ length: 200_000 }, (_, i) => 2.3 + 0.001 * Math.sin(7.3 * i)),
          }),
        ),
        'not-learning',
      ),
      true,
    );
  });

  test('thousands of epochs in well under a second', () => {
    const long = Array.from({ length: 20_000 }, (_, i) => 1 / (i + 1) + (i % 7) * 1e-4);
    const begun = performance.now();
    diagnose(logWith({ loss: long, val_loss: long }));
    assert.ok(performance.now() - begun < 1000);
  });
});

function read(path: string): Diagnosis {
  const result = readTrainingLog(
    readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8'),
    'train_log.txt',
  );
  if (!result.ok) throw result.error;
  return diagnose(result.value);
}

describe('class collapse in logs of real runs', () => {
  test('a run that diverged into one answer', () =>
    assert.equal(finds(read('test/fixtures/logs/keras3-diverged.log'), 'class-collapse'), true));

  for (const name of ['torch-words.log', 'torch-percent.log', 'torch-json.jsonl']) {
    test(`${name}: a validation part of sixty rows that all stay as they were`, () =>
      assert.equal(finds(read(`test/fixtures/logs/${name}`), 'class-collapse'), false));
  }
});

describe('the examples', () => {
  test('digits was stopped while it still learned', () => {
    const digits = read('examples/digits/train_log.txt');
    assert.deepEqual(
      { epochs: digits.epochs, trend: digits.trend, finds: finds(digits, 'under-trained') },
      { epochs: 20, trend: 'improving', finds: true },
    );
  });

  test('diabetes overfits', () =>
    assert.equal(read('examples/diabetes/train_log.txt').overfitting, 'likely'));
});
