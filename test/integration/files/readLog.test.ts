import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { patternBeside } from '../../../src/files/patternBeside.ts';
import { readLog } from '../../../src/files/readLog.ts';

const folder = await mkdtemp(join(tmpdir(), 'cortex-read-'));
after(() => rm(folder, { recursive: true }));
const fixtures = join(import.meta.dirname, '../../fixtures/logs');

async function written(name: string, bytes: string | Uint8Array): Promise<string> {
  await writeFile(join(folder, name), bytes);
  return join(folder, name);
}

test('a TensorBoard folder is one run: train and validation', async () => {
  const log = await readLog(join(fixtures, 'tensorflow-logs'));
  const expected: unknown = JSON.parse(await readFile(join(fixtures, 'tensorflow-logs.expected.json'), 'utf8'));
  const { loss, accuracy, val_loss, val_accuracy } = log.series;
  assert.deepEqual({ format: log.format, epochs: log.epochs, series: { loss, accuracy, val_loss, val_accuracy } }, expected);
});

describe('what is no log is refused by name, what is odd is read without guessing', () => {
  const refusals: Readonly<Record<string, () => Promise<string>>> = {
    'log-empty': () => written('empty.log', ''),
    'log-binary': () => written('binary.log', Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) % 251)),
    'log-missing': async () => join(folder, 'none.log'),
    'log-not-a-file': async () => {
      await mkdir(join(folder, 'logs'));
      return join(folder, 'logs');
    },
    'log-no-epochs': () => written('commas.log', 'Epoch 1: loss 0,4312 val_loss 0,5312\nEpoch 2: loss 0,3312 val_loss 0,4312\n'),
  };
  for (const [code, make] of Object.entries(refusals)) test(code, async () => assert.rejects(readLog(await make()), { code }));

  test('Latin-1', async () => {
    const log = await readLog(await written('latin.log', Buffer.from('Époque terminée\nepoch 1 – durée 3s loss=0.91\nepoch 2 – durée 3s loss=0.81\n', 'latin1')));
    assert.deepEqual(log.series['loss'], [0.91, 0.81]);
  });

  test('ten gigabytes, most of them empty: read in flat memory, until it is cancelled', async () => {
    const path = await written('large.log', 'epoch 1 loss=0.91\n'.repeat(500));
    await truncate(path, 10e9);
    const abort = new AbortController();
    const before = process.memoryUsage.rss();
    setTimeout(() => { abort.abort(); }, 500);
    await assert.rejects(readLog(path, { signal: abort.signal }), { code: 'cancelled' });
    assert.ok(process.memoryUsage.rss() - before < 150e6);
  });
});

test('the study file beside a log tells how its lines are read', async () => {
  await cp(join(fixtures, 'windows-ends.log'), join(folder, 'run.log'));
  assert.deepEqual(await patternBeside(join(folder, 'run.log')), {});
  await writeFile(join(folder, 'cortex.json'), JSON.stringify({ logPattern: String.raw`#(?<epoch>\d+) (?<loss>[\d.]+)` }));
  assert.deepEqual(await patternBeside(join(folder, 'run.log')), { pattern: String.raw`#(?<epoch>\d+) (?<loss>[\d.]+)` });
});
