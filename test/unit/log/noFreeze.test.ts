import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readTrainingLog } from '../../../src/log/readTrainingLog.ts';
import type { TrainingLog } from '../../../src/log/trainingLog.ts';
import { encodingOf } from '../../../src/adapters/files/textEncoding.ts';

/** Of one core: far above what any of these takes, far below what a faster machine could hide. */
const MOST_MS = 5_000;

const PLAIN = Array.from(
  { length: 6 },
  (_, i) => `Epoch ${i + 1}/6 - loss: ${1 / (i + 1)} - val_loss: ${2 / (i + 1)}\n`,
).join('');

function read(text: string): TrainingLog {
  const begun = process.cpuUsage();
  const result = readTrainingLog(text, 'a.log');
  const { user, system } = process.cpuUsage(begun);
  const spent = (user + system) / 1000;
  assert.ok(spent < MOST_MS, `${spent} ms`);
  if (!result.ok) throw result.error;
  return result.value;
}

const named = (count: number, value: number): Record<string, number> =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`metric_${i}`, value]));

test('hundreds of values in a line cost no more than as many lines', () => {
  const values = (i: number): string =>
    Array.from(
      { length: 900 },
      (_, k) => `loss_${k}=0.${1000 + ((i * 7919 + k * 31) % 9000)}`,
    ).join(' ');
  const lines = Array.from({ length: 600 }, (_, i) => `epoch ${i}: ${values(i)}`);
  const { series } = read(`${lines.join('\n')}\n`);
  assert.equal(series['loss_899']?.[599], Number(`0.${1000 + ((599 * 7919 + 899 * 31) % 9000)}`));
});

describe('no log takes more than linear time', () => {
  test('a printed dictionary of arguments with a list in it', () => {
    const pairs = Array.from({ length: 60 }, (_, i) => `'argument_${i}': ${i}`).join(', ');
    assert.equal(read(`{${pairs}, 'betas': [0.9, 0.99]}\n${PLAIN}`).epochs.length, 6);
  });

  test('a JSON line of 20,000 keys', () => {
    const log = read(`${JSON.stringify({ epoch: 1, loss: 0.5, ...named(20_000, 0.25) })}\n`);
    assert.equal(log.series['metric_19999']?.[0], 0.25);
  });

  test('nine hundred keys in each of two hundred lines', () => {
    const lines = Array.from({ length: 200 }, (_, i) =>
      JSON.stringify({ epoch: i, loss: 0.5, ...named(900, i) }),
    );
    assert.equal(read(`${lines.join('\n')}\n`).series['metric_899']?.[199], 199);
  });
});

test('a series may be called as what every object has', () => {
  const { series } = read('epoch 1 loss: 0.5 constructor: 0.4\nepoch 2 loss: 0.4 constructor: 1\n');
  assert.deepEqual(Object.entries(series), [
    ['loss', [0.5, 0.4]],
    ['constructor', [0.4, 1]],
  ]);
});

test('zero bytes do not make a text a binary file', () => {
  const log = Buffer.concat([Buffer.alloc(4_000), Buffer.from(PLAIN)]);
  assert.equal(encodingOf(log), 'utf-8');
  assert.equal(encodingOf(Uint8Array.from({ length: 5_000 }, (_, i) => (i * 7919) % 251)), null);
});
