import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import * as z from 'zod';
import { LogBytes } from '../../../src/adapters/files/logBytes.ts';
import { diagnose } from '../../../src/log/diagnose.ts';
import type { TrainingLog } from '../../../src/log/trainingLog.ts';

const FOLDER = join(import.meta.dirname, '../../fixtures/logGrammars');

const expectedSchema = z.object({
  epochs: z.number(),
  series: z.record(z.string(), z.array(z.number().nullable())),
});

function readCase(name: string): TrainingLog | null {
  const file = readdirSync(join(FOLDER, name)).find((one) => one !== 'expected.json') ?? '';
  const reader = new LogBytes(file);
  reader.push(readFileSync(join(FOLDER, name, file)));
  const result = reader.finish();
  return result.ok ? result.value : null;
}

/** Means of steps are compared to eight decimals. */
const rounded = (values: readonly (number | null)[] | undefined): unknown =>
  values?.map((value) => (value === null ? null : Number(value.toFixed(8))));

describe('faults seen in real logs, each as a small log', () => {
  for (const name of readdirSync(FOLDER)) {
    test(name, () => {
      const expected = expectedSchema.parse(
        JSON.parse(readFileSync(join(FOLDER, name, 'expected.json'), 'utf8')),
      );
      const log = readCase(name);
      assert.equal(log?.epochs.length ?? 0, expected.epochs);
      for (const [series, values] of Object.entries(expected.series))
        assert.deepEqual(rounded(log?.series[series]), rounded(values), series);
    });
  }
});

describe('what is said of them', () => {
  const textsOf = (name: string): string => {
    const log = readCase(name);
    assert.ok(log);
    return diagnose(log)
      .findings.map(({ text }) => text)
      .join('\n');
  };

  test('a log of steps is spoken of in steps, never in epochs', () => {
    const texts = textsOf('04-steps-without-epochs');
    assert.match(texts, /6 logged steps/);
    assert.doesNotMatch(texts, /epoch/);
  });

  test('epochs that are logged now and then are not counted as all of them', () =>
    assert.match(textsOf('12-every-hundredth-epoch'), /in 6 logged epochs/));

  test('the total that the log makes is judged, not a part of it', () =>
    assert.match(
      textsOf('10-total-loss-passed-over'),
      /total_loss are? ?taken|total_loss is taken/,
    ));

  test('a change is from first to last', () =>
    assert.match(textsOf('13-trend-per-cent'), /val_loss is improving: −63 %/));

  test('a test loss that is the only held-out loss is judged by its own name', () =>
    assert.match(textsOf('15-test-loss-is-the-only-held-out'), /test_loss ends at 1\.63/));

  test('rows that do not fit the header are told', () =>
    assert.ok(readCase('20-lightning-step-columns-only')));
});

test('an expression that backtracks without end costs linear time, and one that looks around is told', () => {
  const lines = `${'a'.repeat(60)}!\n`.repeat(50);
  const reader = new LogBytes('a.log', { pattern: '^(a+)+$|#(?<epoch>\\d+) (?<loss>[\\d.]+)' });
  reader.push(Buffer.from(`${lines}#1 0.9\n#2 0.8\n`));
  const result = reader.finish();
  assert.deepEqual(result.ok && result.value.series, { loss: [0.9, 0.8] });
  const looking = new LogBytes('a.log', { pattern: '(?=#)#(?<epoch>\\d+) (?<loss>[\\d.]+)' });
  looking.push(Buffer.from('epoch 1 loss 0.9\nepoch 2 loss 0.8\n'));
  const told = looking.finish();
  assert.match(told.ok ? told.value.notes.join() : '', /logPattern/);
});
