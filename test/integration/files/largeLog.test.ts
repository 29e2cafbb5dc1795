import assert from 'node:assert/strict';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readLogFile } from '../../../src/adapters/files/readLogFile.ts';

/**
 * A log of about `megabytes` MB: a hundred epochs, between them the noise of a progress bar and
 * warnings.
 */
async function writeLog(path: string, megabytes: number): Promise<void> {
  const noise =
    'W tensorflow/core/framework: input 17 of 34 was read again because the cache was full\n'.repeat(
      Math.round((megabytes * 1e6) / 100 / 87),
    );
  const file = await open(path, 'w');
  for (let epoch = 1; epoch <= 100; epoch += 1) {
    await file.write(
      `Epoch ${epoch}/100\n${noise}34/34 - 1s - loss: ${(1 / epoch).toFixed(4)} - val_loss: ` +
        `${(1.1 / epoch).toFixed(4)}\n`,
    );
  }
  await file.close();
}

test(
  'half a gigabyte is read to its end, and the process stays responsive',
  { timeout: 120_000 },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cortex-large-'));
    const path = join(folder, 'train.log');
    await writeLog(path, 500);
    let longest = 0;
    let last = performance.now();
    const clock = setInterval(() => {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
    }, 1);
    const log = await readLogFile(path);
    clearInterval(clock);
    await rm(folder, { recursive: true });
    assert.equal(log.epochs.length, 100);
    assert.equal(log.series['loss']?.at(-1), 0.01);
    // Fifty milliseconds on a machine that is not busy with other tests; a reading in one go would
    // block for seconds.
    assert.ok(longest < 500, `blocked for ${longest.toFixed(0)} ms`);
  },
);

test('reading stops when it is cancelled', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cortex-large-'));
  const path = join(folder, 'train.log');
  await writeLog(path, 20);
  const abort = new AbortController();
  const reading = readLogFile(path, { signal: abort.signal });
  setImmediate(() => abort.abort());
  await assert.rejects(reading, { code: 'cancelled' });
  await rm(folder, { recursive: true });
});
