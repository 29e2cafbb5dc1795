/**
 * The findings against curves drawn at random: lengths, levels, paces, sizes and noise all vary from run to run, and what is in a
 * run is known because it was put there. Steps are of six standard deviations of one epoch, the other signals larger than three.
 * Seeds are fixed.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { diagnose } from '../../../src/core/trainingLog/diagnose.ts';
import type { FindingKind } from '../../../src/core/trainingLog/diagnosis.ts';
import { forecast } from '../../../src/core/trainingLog/forecast.ts';
import type { TrainingLog } from '../../../src/core/trainingLog/trainingLog.ts';
import { seededRandom } from '../../../src/util/seededRandom.ts';

const RUNS = 200;

interface Draw {
  between(low: number, high: number): number;
  gauss(): number;
}

function drawFrom(seed: number): Draw {
  const random = seededRandom(seed);
  return {
    between: (low, high) => low + (high - low) * random.next(),
    gauss: () => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next()),
  };
}

type Series = Readonly<Record<string, readonly number[]>>;

const logOf = (series: Series): TrainingLog => {
  const length = Object.values(series)[0]?.length ?? 0;
  return { source: 'drawn', format: 'drawn', epochs: Array.from({ length }, (_, i) => i + 1), series, lines: [], run: { index: 1, count: 1 }, notes: [] };
};

const curve = (length: number, at: (t: number) => number): number[] => Array.from({ length }, (_, i) => at(i + 1));

/** How often a finding that matters is made, in runs drawn with these seeds. */
function share(kind: FindingKind, make: (draw: Draw) => Series): number {
  let found = 0;
  for (let seed = 1; seed <= RUNS; seed += 1) {
    const { findings } = diagnose(logOf(make(drawFrom(1000 + seed))));
    if (findings.some((finding) => finding.kind === kind && (finding.severity !== 'info' || kind === 'restart' || kind === 'validation-below-training'))) found += 1;
  }
  return found / RUNS;
}

/** A run that has come to its end, in order: both curves fall exponentially to less than half of where they began, and stand. */
function healthy(draw: Draw): Series {
  const length = Math.round(draw.between(40, 120));
  const [floor, drop, pace, noise] = [draw.between(0.2, 2), draw.between(2, 5), draw.between(2, 6), draw.between(0.002, 0.015)];
  const at = (t: number): number => floor * (1 + drop * Math.exp(-t / pace));
  return {
    loss: curve(length, (t) => at(t) + noise * floor * draw.gauss()),
    val_loss: curve(length, (t) => 1.03 * at(t) + noise * floor * draw.gauss()),
  };
}

/** The training loss of a healthy run with a step of so many standard deviations somewhere in its flat part. */
function stepped(draw: Draw, sigmas: number): Series {
  const length = Math.round(draw.between(50, 120));
  const [floor, noise, at] = [draw.between(0.2, 2), draw.between(0.01, 0.015), Math.round(draw.between(30, length - 10))];
  return { loss: curve(length, (t) => floor * (1 + 2 * Math.exp(-t / 4) + (t >= at ? sigmas * noise : 0) + noise * draw.gauss())) };
}

const ALARMS: readonly FindingKind[] = [
  'under-trained', 'overfitting', 'divergence', 'oscillation', 'creeping', 'noisy-validation', 'not-learning', 'underfitting',
  'validation-below-training', 'metric-loss-disagree', 'restart', 'not-a-number', 'class-collapse',
];

describe('runs in order raise no alarm, in 95 of 100', () => {
  for (const kind of ALARMS) test(kind, () => assert.ok(share(kind, healthy) <= 0.05, `${(100 * share(kind, healthy)).toFixed(1)} %`));
});

describe('what is there is found, in 95 of 100', () => {
  const found = (kind: FindingKind, make: (draw: Draw) => Series): void => {
    test(kind, () => assert.ok(share(kind, make) >= 0.95, `${(100 * share(kind, make)).toFixed(1)} %`));
  };
  found('plateau', healthy);
  found('restart', (draw) => stepped(draw, 6));
  found('overfitting', (draw) => {
    const { loss = [], val_loss: valLoss = [] } = healthy(draw);
    const from = Math.round(loss.length * draw.between(0.3, 0.6));
    const rise = draw.between(0.1, 0.4);
    return { loss: loss.map((value, i) => value * (1 - (0.3 * Math.max(0, i - from)) / (loss.length - from))), val_loss: valLoss.map((value, i) => value * (1 + (rise * Math.max(0, i - from)) / (loss.length - from))) };
  });
  found('under-trained', (draw) => {
    const [length, exponent, noise] = [Math.round(draw.between(20, 60)), draw.between(0.4, 0.8), draw.between(0.002, 0.01)];
    return { loss: curve(length, (t) => 2 * t ** -exponent * (1 + noise * draw.gauss())), val_loss: curve(length, (t) => 2.1 * t ** -exponent * (1 + noise * draw.gauss())) };
  });
  found('divergence', (draw) => {
    const { loss = [] } = healthy(draw);
    const from = Math.round(loss.length * draw.between(0.3, 0.7));
    return { loss: loss.map((value, i) => value * (1 + (draw.between(0.9, 1.1) * Math.max(0, i - from)) / (loss.length - from))) };
  });
  found('oscillation', (draw) => ({ loss: (healthy(draw)['loss'] ?? []).map((value) => value * Math.exp(draw.between(0.3, 0.32) * draw.gauss())) }));
});

test('the forecast of a power law holds its value in nineteen of twenty', () => {
  let held = 0;
  for (let seed = 1; seed <= RUNS; seed += 1) {
    const draw = drawFrom(seed);
    const [length, exponent, noise, floor] = [Math.round(draw.between(15, 80)), draw.between(0.3, 1.5), draw.between(0.002, 0.02), draw.between(0, 0.5)];
    const at = (t: number): number => floor + t ** -exponent;
    const ahead = forecast(curve(length, (t) => at(t) + noise * draw.gauss()));
    const truth = at(2 * length) + noise * draw.gauss();
    if (ahead && truth >= ahead.interval[0] && truth <= ahead.interval[1]) held += 1;
  }
  assert.ok(held / RUNS >= 0.93, `${held} of ${RUNS}`);
});

test('too short a curve, or one that rises, has no forecast', () => {
  assert.equal(forecast([3, 2, 1]), null);
  assert.equal(forecast(curve(20, (t) => t)), null);
});
