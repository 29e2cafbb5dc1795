import assert from 'node:assert/strict';
import {
  appendFile,
  cp,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { followLog } from '../../../src/adapters/files/followLog.ts';
import { readLogFile, readRuns } from '../../../src/adapters/files/readLogFile.ts';

const folder = await mkdtemp(join(tmpdir(), 'cortex-follow-'));
after(() => rm(folder, { recursive: true }));

const line = (epoch: number): string =>
  `Epoch ${epoch}: loss=${(1 / epoch).toFixed(4)} val_loss=${(1.1 / epoch).toFixed(4)}\n`;

/** In one step: it is never empty in between. */
async function overwrite(path: string, text: string): Promise<void> {
  const file = await open(path, 'r+');
  await file.write(text);
  await file.close();
}

describe('a log that is being written', () => {
  test('each addition is seen, half a line is not', { timeout: 20_000 }, async () => {
    const path = join(folder, 'growing.log');
    await writeFile(path, line(1));
    const abort = new AbortController();
    const seen: (readonly number[])[] = [];
    for await (const log of followLog(path, { signal: abort.signal, interval: 5 })) {
      seen.push(log?.epochs ?? []);
      if (seen.length === 1) await appendFile(path, `${line(2)}Epoch 3: lo`);
      if (seen.length === 2) await appendFile(path, 'ss=0.5000\n');
      if (seen.length === 3) abort.abort();
    }
    assert.deepEqual(seen, [[1], [1, 2], [1, 2, 3]]);
  });

  test('a rotated one is begun again', { timeout: 20_000 }, async () => {
    const path = join(folder, 'rotated.log');
    await writeFile(path, line(1) + line(2));
    const abort = new AbortController();
    const seen: (readonly number[])[] = [];
    for await (const log of followLog(path, { signal: abort.signal, interval: 5 })) {
      seen.push(log?.epochs ?? []);
      if (seen.length === 1) {
        await writeFile(`${path}.new`, line(7));
        await rename(`${path}.new`, path);
      } else abort.abort();
    }
    assert.deepEqual(seen, [[1, 2], [7]]);
  });

  test(
    'one that is cut by a new training shows nothing, then the new epochs',
    { timeout: 20_000 },
    async () => {
      const path = join(folder, 'cut.log');
      await writeFile(path, line(1) + line(2));
      const abort = new AbortController();
      const seen: (readonly number[] | null)[] = [];
      for await (const log of followLog(path, { signal: abort.signal, interval: 5 })) {
        seen.push(log?.epochs ?? null);
        if (seen.length === 1) await writeFile(path, 'starting\n');
        if (seen.length === 2) await appendFile(path, line(4));
        if (seen.length === 3) abort.abort();
      }
      assert.deepEqual(seen, [[1, 2], null, [4]]);
    },
  );

  test('a rotated one that is gone for a while is waited for', { timeout: 20_000 }, async () => {
    const path = join(folder, 'gone.log');
    await writeFile(path, line(1) + line(2));
    const abort = new AbortController();
    const seen: (readonly number[] | undefined)[] = [];
    for await (const log of followLog(path, { signal: abort.signal, interval: 5 })) {
      seen.push(log?.epochs);
      if (seen.length > 1) abort.abort();
      else {
        await rename(path, `${path}.1`);
        await writeFile(`${path}.new`, line(7));
        setTimeout(() => void rename(`${path}.new`, path), 100);
      }
    }
    assert.deepEqual(seen, [[1, 2], [7]]);
  });

  test(
    'a table that is written anew with more columns, and longer than before, is begun again',
    { timeout: 20_000 },
    async () => {
      const path = join(folder, 'metrics.csv');
      await writeFile(path, 'epoch,loss\n1,0.9\n2,0.8\n');
      const abort = new AbortController();
      const seen: unknown[] = [];
      for await (const log of followLog(path, { signal: abort.signal, interval: 5 })) {
        seen.push(log?.series);
        if (seen.length === 1)
          await overwrite(path, 'epoch,loss,val_loss\n1,0.9,1.0\n2,0.8,0.9\n3,0.7,0.85\n');
        else abort.abort();
      }
      assert.deepEqual(seen, [
        { loss: [0.9, 0.8] },
        { loss: [0.9, 0.8, 0.7], val_loss: [1, 0.9, 0.85] },
      ]);
    },
  );

  test('one that is not there is refused', async () => {
    await assert.rejects(
      followLog(join(folder, 'none.log'), { signal: new AbortController().signal }).next(),
      { code: 'log-missing' },
    );
  });
});

describe('logs that are no plain text', () => {
  test('a TensorBoard event file is read', async () => {
    const path = join(folder, 'events.out.tfevents.1');
    await cp(join(import.meta.dirname, '../../fixtures/logs/tensorboard-simple.tfevents'), path);
    const log = await readLogFile(path);
    assert.deepEqual(
      { format: log.format, epochs: log.epochs, series: Object.keys(log.series) },
      { format: 'TensorBoard events', epochs: [0, 1, 2, 3], series: ['loss', 'val_loss'] },
    );
  });

  test('UTF-16 with and without its mark is read', async () => {
    for (const mark of ['\uFEFF', '']) {
      const path = join(folder, 'wide.log');
      await writeFile(path, Buffer.from(mark + line(1) + line(2), 'utf16le'));
      assert.deepEqual((await readLogFile(path)).series['loss'], [1, 0.5]);
    }
  });

  test('lines by an own pattern, a chosen run', async () => {
    const path = join(folder, 'own.log');
    await writeFile(path, '#1 L 0,9 => 0.9\n#2 L => 0.8\n#1 L => 0.7\n');
    const pattern = String.raw`#(?<epoch>\d+) L.*=> (?<train_loss>[\d.]+)`;
    const log = await readLogFile(path, { pattern, run: 1 });
    assert.deepEqual(
      { format: log.format, series: log.series, run: log.run },
      { format: 'own pattern', series: { loss: [0.9, 0.8] }, run: { index: 1, count: 2 } },
    );
    assert.deepEqual(await readRuns(path, { pattern }), [
      { index: 1, firstLine: 1, lastLine: 2, epochs: 2 },
      { index: 2, firstLine: 3, lastLine: 3, epochs: 1 },
    ]);
    assert.deepEqual((await readLogFile(path, { pattern, run: { preferred: 1 } })).run, {
      index: 1,
      count: 2,
    });
    assert.deepEqual(
      (await readLogFile(path, { pattern, run: { preferred: 3 } })).run,
      { index: 2, count: 2 },
      'a log that was begun again has fewer',
    );
  });
});

test(
  'a TensorBoard folder that is being written: half a record is not seen, the validation ' +
    'joins, a new run takes its place',
  { timeout: 20_000 },
  async () => {
    const fixture = join(import.meta.dirname, '../../fixtures/logs/tensorflow-logs');
    const eventsOf = async (part: string): Promise<Buffer> =>
      readFile(join(fixture, part, (await readdir(join(fixture, part)))[0] ?? ''));
    const [train, validation] = await Promise.all([eventsOf('train'), eventsOf('validation')]);
    const path = join(folder, 'board');
    const write = async (part: string, name: string, bytes: Buffer): Promise<void> => {
      await mkdir(join(path, part), { recursive: true });
      await writeFile(join(folder, 'events'), bytes);
      await rename(join(folder, 'events'), join(path, part, name));
    };
    await write('train', 'events.out.tfevents.1', train.subarray(0, 800));
    const abort = new AbortController();
    const additions = [
      () => appendFile(join(path, 'train', 'events.out.tfevents.1'), train.subarray(800)),
      () => write('validation', 'events.out.tfevents.2', validation),
      () => write('train', 'events.out.tfevents.3', train.subarray(0, 800)),
      () => write('validation', 'events.out.tfevents.4', validation),
      () => {
        abort.abort();
      },
    ];
    const seen: unknown[] = [];
    for await (const log of followLog(path, { signal: abort.signal, interval: 5 })) {
      seen.push([
        log?.source,
        log?.series['loss']?.filter((value) => value !== null).length,
        log?.series['val_loss']?.length,
      ]);
      await additions[seen.length - 1]?.();
    }
    assert.deepEqual(seen, [
      ['board', 3, undefined],
      ['board', 7, undefined],
      ['board', 7, 7],
      ['board', 3, undefined],
      ['board', 3, 7],
    ]);
  },
);
