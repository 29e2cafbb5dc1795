import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createLogReader, readTrainingLog } from '../../../src/log/readTrainingLog.ts';
import type { TrainingLog } from '../../../src/log/trainingLog.ts';
import { seededRandom } from '../../../src/util/seededRandom.ts';
import type { Random } from '../../../src/ports/random.ts';
import { SAMPLE_LOGS } from './sampleLogs.ts';

const NOISE = [
  'WARNING:tensorflow:5 out of the last 5 calls triggered retracing',
  'I0000 00:00:1700000000.123456 4242 gpu_device.cc:2022] Created device 0 with 14000 MB memory',
  'loss scale is now 1024.0',
  'UserWarning: lr_scheduler.step() before optimizer.step()',
  'checkpoint saved: 3.2 MB in 0.4 s',
  'Epoch 7: val_loss did not improve from 0.12345',
  '[rank 1] synchronised in 0.02s',
  '{"event": "heartbeat"',
  'a;b,c\td',
  '',
  'ünïcödé ✓ 🎉',
];

/** Every epoch of `part` is one of `whole`, and every value the same or not reported. */
function assertPartOf(part: TrainingLog, whole: TrainingLog, hint: string): void {
  part.epochs.forEach((epoch, i) => {
    const at = whole.epochs.indexOf(epoch);
    assert.ok(at >= 0, `${hint}: epoch ${epoch} was invented`);
    for (const [name, values] of Object.entries(part.series)) {
      const value = values[i] ?? null;
      if (value !== null)
        assert.ok(
          Object.is(value, whole.series[name]?.[at]),
          `${hint}: ${name} ${value} at epoch ${epoch}`,
        );
    }
  });
}

function wholeLog(text: string): TrainingLog {
  const result = readTrainingLog(text, 'a.log');
  if (!result.ok) throw result.error;
  return result.value;
}

const content = ({ epochs, series }: TrainingLog): unknown => ({ epochs, series });

const pick = (items: readonly string[], random: Random): string =>
  items[Math.floor(random.next() * items.length)] ?? '';

describe('whatever happens to a log, no number is invented', () => {
  for (const { name, text } of SAMPLE_LOGS) {
    test(`${name}: cut at every character`, () => {
      const whole = wholeLog(text);
      for (let length = 0; length < text.length; length += 1) {
        const result = readTrainingLog(text.slice(0, length), 'a.log');
        if (result.ok)
          assertPartOf(
            result.value,
            whole,
            JSON.stringify(text.slice(Math.max(0, length - 40), length)),
          );
      }
    });

    test(`${name}: in pieces of any size`, () => {
      const whole = wholeLog(text);
      for (const size of [1, 2, 3, 7, 64]) {
        const reader = createLogReader('a.log');
        for (let start = 0; start < text.length; start += size)
          reader.push(text.slice(start, start + size));
        const result = reader.finish();
        assert.deepEqual(result.ok && result.value, whole);
      }
    });

    test(`${name}: noise between the lines, Windows line ends, colours`, () => {
      const random = seededRandom(7);
      const whole = wholeLog(text);
      for (let round = 0; round < 40; round += 1) {
        const noisy = text
          .split('\n')
          .flatMap((line) => (random.next() < 0.5 ? [pick(NOISE, random), line] : [line]))
          .map((line) => (random.next() < 0.3 ? `\u001b[32m${line}\u001b[0m` : line))
          .join(random.next() < 0.5 ? '\r\n' : '\n');
        assert.deepEqual(content(wholeLog(noisy)), content(whole));
      }
    });

    test(`${name}: bytes changed at random`, () => {
      const random = seededRandom(11);
      for (let round = 0; round < 200; round += 1) {
        const at = Math.floor(random.next() * text.length);
        const bytes = Array.from({ length: 4 }, () =>
          String.fromCharCode(Math.floor(random.next() * 256)),
        ).join('');
        const result = readTrainingLog(text.slice(0, at) + bytes + text.slice(at), 'a.log');
        if (result.ok)
          for (const values of Object.values(result.value.series))
            assert.equal(values.length, result.value.epochs.length);
      }
    });
  }
});

test('a line of one character, megabytes long, does not stall the reader', () => {
  for (const character of ['a', ' ', '-', '1', 'loss ', '[', 'epoch ', 'a b ']) {
    const begun = performance.now();
    readTrainingLog(`${character.repeat(900_000 / character.length)}\n`, 'a.log');
    assert.ok(
      performance.now() - begun < 2000,
      `${JSON.stringify(character)} took ${performance.now() - begun} ms`,
    );
  }
});
