import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import * as z from 'zod';
import { readEventFile } from '../../../src/log/formats/tensorBoard.ts';
import { createLogReader } from '../../../src/log/readTrainingLog.ts';
import type { TrainingLog } from '../../../src/log/trainingLog.ts';

const FOLDER = join(import.meta.dirname, '../../fixtures/logs');

const number = z.union([z.number(), z.null(), z.enum(['NaN', 'Infinity']).transform(Number)]);
const expectedSchema = z.object({
  format: z.string(),
  epochs: z.array(z.number()),
  series: z.record(z.string(), z.array(number)),
});

const files = readdirSync(FOLDER).filter(
  (name) => /\.(?:log|csv|tsv|json|jsonl|tfevents)$/.test(name) && !name.endsWith('.expected.json'),
);

function readBytes(bytes: Uint8Array, pieces: number): TrainingLog | null {
  const events = readEventFile('fixture');
  if (events.begins(bytes)) {
    events.push(bytes);
    return events.finish();
  }
  const reader = createLogReader('fixture');
  const decoder = new TextDecoder();
  for (let start = 0; start < bytes.length; start += pieces)
    reader.push(decoder.decode(bytes.subarray(start, start + pieces), { stream: true }));
  const result = reader.finish();
  return result.ok ? result.value : null;
}

/** Series in a fixed order: which a log reports first says nothing. */
const sorted = (series: TrainingLog['series']): unknown =>
  Object.fromEntries(Object.entries(series).sort(([a], [b]) => (a < b ? -1 : 1)));

describe('fixture logs say what their makers say', () => {
  test('there are forty at least', () => assert.ok(files.length >= 40, `${files.length}`));

  for (const name of files) {
    test(name, () => {
      const expected = expectedSchema.parse(
        JSON.parse(readFileSync(join(FOLDER, name.replace(/\.[a-z]+$/, '.expected.json')), 'utf8')),
      );
      const bytes = readFileSync(join(FOLDER, name));
      for (const pieces of [bytes.length, 97]) {
        const log = readBytes(bytes, pieces);
        assert.ok(log, 'no epochs found');
        assert.equal(log.format, expected.format);
        assert.deepEqual(log.epochs, expected.epochs);
        assert.deepEqual(sorted(log.series), sorted(expected.series));
        assert.equal(log.lines.length, log.epochs.length);
      }
    });
  }
});
