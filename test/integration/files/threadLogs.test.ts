import assert from 'node:assert/strict';
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { after, test } from 'node:test';
import { diskLogs } from '../../../src/adapters/files/diskLogs.ts';
import { findLogs } from '../../../src/adapters/files/findLog.ts';
import { ThreadLogs } from '../../../src/adapters/files/threadLogs.ts';

const folder = await mkdtemp(join(tmpdir(), 'cortex-thread-'));
const logs = new ThreadLogs(join(import.meta.dirname, '../../../src/adapters/files/logWorker.ts'));
after(async () => {
  await logs.dispose();
  await rm(folder, { recursive: true });
});

const line = (epoch: number): string => `Epoch ${epoch}: loss=${(1 / epoch).toFixed(4)}\n`;
const lines = [1, 2, 3, 4, 5, 6].map(line).join('');

test('a log reads in the thread as it reads in this one', { timeout: 20_000 }, async () => {
  const path = join(folder, 'train.log');
  await writeFile(path, lines);
  assert.deepEqual(await logs.diagnose(path), await diskLogs.diagnose(path));
  assert.deepEqual(await logs.runs(path, {}), await diskLogs.runs(path, {}));
  assert.deepEqual(await logs.read(path), await diskLogs.read(path));
  assert.deepEqual(await logs.editorLines(path, [2]), [2]);
  assert.equal(await logs.showsEpochs(path), true);
});

test('additions come until the signal aborts', { timeout: 20_000 }, async () => {
  const path = join(folder, 'growing.log');
  await writeFile(path, lines);
  const abort = new AbortController();
  const seen: (number | undefined)[] = [];
  for await (const diagnosis of logs.follow(path, { signal: abort.signal })) {
    seen.push(diagnosis?.epochs);
    if (seen.length === 1) await appendFile(path, line(7));
    else abort.abort();
  }
  assert.deepEqual(seen, [6, 7]);
});

test('what is wrong with a log is said in the same words', { timeout: 20_000 }, async () => {
  const path = join(folder, 'none.log');
  const wrong = async (read: Promise<unknown>): Promise<unknown> =>
    read.then(
      () => null,
      (error: Error) => error.message,
    );
  assert.equal(await wrong(logs.diagnose(path)), await wrong(diskLogs.diagnose(path)));
});

test(
  'the logs of a model are found by what the thread sees in them',
  { timeout: 60_000 },
  async () => {
    const own = await mkdtemp(join(folder, 'model-'));
    const model = join(own, 'model.js');
    await writeFile(model, 'export function buildModel() {}\n');
    await writeFile(join(own, 'server.log'), 'GET / 200\n');
    await writeFile(join(own, 'run.log'), lines);
    assert.deepEqual(await findLogs(model, null, logs), [join(own, 'run.log')]);
    assert.equal(await logs.showsEpochs(join(own, 'server.log')), false);
  },
);

test('a thread that was ended is begun again', { timeout: 20_000 }, async () => {
  const path = join(folder, 'train.log');
  await writeFile(path, lines);
  await logs.dispose();
  assert.equal((await logs.diagnose(path)).epochs, 6);
});

test('this thread stays free while a wide log is read', { timeout: 120_000 }, async () => {
  const path = join(folder, 'wide.csv');
  const names = Array.from({ length: 400 }, (_, i) => `metric_${i}`);
  const row = (epoch: number): string =>
    `${epoch},${names.map((_, i) => Math.sin(epoch + i)).join(',')}\n`;
  await writeFile(
    path,
    `epoch,${names.join(',')}\n${Array.from({ length: 600 }, (_, i) => row(i)).join('')}`,
  );
  const before = performance.eventLoopUtilization();
  const diagnosis = await logs.diagnose(path);
  const { utilization } = performance.eventLoopUtilization(before);
  assert.equal(diagnosis.epochs, 600);
  assert.ok(utilization < 0.5, `it was busy for ${(100 * utilization).toFixed(0)} % of the time`);
});
