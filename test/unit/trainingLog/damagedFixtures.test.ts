import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { CortexError } from '../../../src/util/errors.ts';
import { readEventFile } from '../../../src/log/formats/tensorBoard.ts';
import { readTrainingLog } from '../../../src/log/readTrainingLog.ts';
import type { TrainingLog } from '../../../src/log/trainingLog.ts';
import { LogBytes } from '../../../src/adapters/files/logBytes.ts';

const FOLDER = join(import.meta.dirname, '../../fixtures/logs');
const names = readdirSync(FOLDER).filter(
  (name) => /\.(?:log|csv|tsv|json|jsonl|tfevents)$/.test(name) && !name.endsWith('.expected.json'),
);

/** Cuts of one log: every place of a short one, this many spread over a long one. */
const MOST_CUTS = 400;

function cutsOf(length: number): number[] {
  const stride = Math.max(1, Math.floor(length / MOST_CUTS));
  return Array.from({ length: Math.floor(length / stride) }, (_, i) => i * stride);
}

function assertPartOf(part: TrainingLog | null, whole: TrainingLog, hint: string): void {
  part?.epochs.forEach((epoch, i) => {
    const at = whole.epochs.indexOf(epoch);
    assert.ok(at >= 0, `${hint}: epoch ${epoch} was invented`);
    for (const [name, values] of Object.entries(part.series)) {
      const value = values[i] ?? null;
      if (value !== null)
        assert.ok(
          Object.is(value, whole.series[name]?.[at]),
          `${hint}: ${name} ${value} at epoch ${epoch}, not ${whole.series[name]?.[at]}`,
        );
    }
  });
}

function read(text: string, run?: number): TrainingLog | null {
  const result = readTrainingLog(text, 'a.log', run === undefined ? {} : { run });
  return result.ok ? result.value : null;
}

/** As a file is read; `null` also where its first bytes are no text. */
function readBytes(bytes: Uint8Array): TrainingLog | null {
  const reader = new LogBytes('a.log');
  try {
    reader.push(bytes);
  } catch (error) {
    if (error instanceof CortexError) return null;
    throw error;
  }
  const result = reader.finish();
  return result.ok ? result.value : null;
}

function readEvents(bytes: Uint8Array): TrainingLog | null {
  const events = readEventFile('a');
  events.push(bytes);
  return events.finish();
}

describe('a fixture cut anywhere shows the same epochs or fewer', () => {
  for (const name of names) {
    test(name, () => {
      const bytes = readFileSync(join(FOLDER, name));
      if (name.endsWith('.tfevents')) {
        const whole = readEvents(bytes);
        assert.ok(whole);
        for (let length = 0; length < bytes.length; length += 1)
          assertPartOf(readEvents(bytes.subarray(0, length)), whole, `cut at ${length}`);
        return;
      }
      const text = bytes.toString('utf8');
      assert.ok(read(text));
      for (const length of cutsOf(text.length)) {
        const part = read(text.slice(0, length));
        // The last run of a cut file is compared with the same run of the whole one.
        const whole = part && read(text, part.run.count);
        if (whole)
          assertPartOf(
            part,
            whole,
            `cut at ${length}, ${JSON.stringify(text.slice(Math.max(0, length - 40), length))}`,
          );
        else assert.equal(part, null);
      }
    });
  }
});

describe('a fixture in UTF-16 shows the same, and cut at any byte the same epochs or fewer', () => {
  for (const name of names.filter((other) => !other.endsWith('.tfevents'))) {
    test(name, () => {
      const text = readFileSync(join(FOLDER, name), 'utf8');
      const expected = read(text);
      const little = Buffer.from(`\uFEFF${text}`, 'utf16le');
      for (const bytes of [little, Buffer.from(little).swap16()]) {
        const { epochs, series } = readBytes(bytes) ?? {};
        assert.deepEqual(
          { epochs, series },
          { epochs: expected?.epochs, series: expected?.series },
        );
        for (const length of cutsOf(bytes.length).filter((_, i) => i % 16 === 0)) {
          const part = readBytes(bytes.subarray(0, length));
          const whole = part && read(text, part.run.count);
          if (whole) assertPartOf(part, whole, `cut at ${length}`);
          else assert.equal(part, null);
        }
      }
    });
  }
});

describe('a fixture in other clothes shows the same', () => {
  const clothes: Readonly<Record<string, (text: string) => string>> = {
    'Windows line ends': (text) => text.replaceAll('\r\n', '\n').replaceAll('\n', '\r\n'),
    colours: (text) =>
      text
        .split('\n')
        .map((line) => (line === '' ? line : `\u001b[1;32m${line}\u001b[0m`))
        .join('\n'),
    'a bar that is drawn over and over': (text) =>
      text.split('\n').join('\n 3/20 [==>.......] - ETA: 2s\r 7/20 [=====>....] - ETA: 1s\r\n'),
    'lines of other programs': (text) =>
      text
        .split('\n')
        .join('\nWARNING: retracing\nI0000 00:00:1700000000.123456 4242 device.cc:2022] ok\n'),
  };
  for (const name of names.filter((other) => !/\.(?:tfevents|json)$/.test(other))) {
    test(name, () => {
      const text = readFileSync(join(FOLDER, name), 'utf8');
      const { epochs, series } = read(text) ?? {};
      for (const [what, wear] of Object.entries(clothes)) {
        const log = read(wear(text));
        assert.deepEqual({ epochs: log?.epochs, series: log?.series }, { epochs, series }, what);
      }
    });
  }
});
