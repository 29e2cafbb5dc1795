import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  appendFile,
  chmod,
  cp,
  mkdir,
  mkdtemp,
  readFile,
  rm,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { CortexError } from '../../../src/util/errors.ts';
import { followByPattern, patternBeside } from '../../../src/adapters/files/patternBeside.ts';
import { readLog } from '../../../src/adapters/files/readLog.ts';

const folder = await mkdtemp(join(tmpdir(), 'cortex-read-'));
after(() => rm(folder, { recursive: true }));
const fixtures = join(import.meta.dirname, '../../fixtures/logs');

async function written(name: string, bytes: string | Uint8Array): Promise<string> {
  await writeFile(join(folder, name), bytes);
  return join(folder, name);
}

test('a TensorBoard folder is one run: train and validation', async () => {
  const log = await readLog(join(fixtures, 'tensorflow-logs'));
  const expected: unknown = JSON.parse(
    await readFile(join(fixtures, 'tensorflow-logs.expected.json'), 'utf8'),
  );
  assert.deepEqual({ format: log.format, epochs: log.epochs, series: { ...log.series } }, expected);
});

describe('what is no log is refused by name, what is odd is read without guessing', () => {
  const refusals: Readonly<Record<string, () => Promise<string>>> = {
    'log-empty': () => written('empty.log', ''),
    'log-binary': () =>
      written(
        'binary.log',
        Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) % 251),
      ),
    'log-missing': async () => join(folder, 'none.log'),
    'log-not-a-file': async () => {
      await mkdir(join(folder, 'logs'));
      return join(folder, 'logs');
    },
    'log-no-epochs': () =>
      written('prose.log', 'Training begins at ten.\nTraining ends at eleven.\n'),
  };
  for (const [code, make] of Object.entries(refusals))
    test(code, async () => assert.rejects(readLog(await make()), { code }));

  test('Latin-1', async () => {
    const log = await readLog(
      await written(
        'latin.log',
        Buffer.from(
          'Époque terminée\nepoch 1 – durée 3s loss=0.91\nepoch 2 – durée 3s loss=0.81\n',
          'latin1',
        ),
      ),
    );
    assert.deepEqual(log.series['loss'], [0.91, 0.81]);
  });

  test('ten gigabytes, most of them empty: read in flat memory, until it is cancelled', async () => {
    const path = await written('large.log', 'epoch 1 loss=0.91\n'.repeat(500));
    await truncate(path, 10e9);
    const abort = new AbortController();
    const before = process.memoryUsage.rss();
    setTimeout(() => {
      abort.abort();
    }, 500);
    await assert.rejects(readLog(path, { signal: abort.signal }), { code: 'cancelled' });
    assert.ok(process.memoryUsage.rss() - before < 150e6);
  });
});

test('the study file beside a log tells how its lines are read', async () => {
  await cp(join(fixtures, 'windows-ends.log'), join(folder, 'run.log'));
  assert.deepEqual(await patternBeside(join(folder, 'run.log')), {});
  await writeFile(
    join(folder, 'cortex.json'),
    JSON.stringify({ logPattern: String.raw`#(?<epoch>\d+) (?<loss>[\d.]+)` }),
  );
  assert.deepEqual(await patternBeside(join(folder, 'run.log')), {
    pattern: String.raw`#(?<epoch>\d+) (?<loss>[\d.]+)`,
  });
});

test('a log that may not be read is refused by name', async () => {
  const path = await written('closed.log', 'epoch 1 loss=0.91\n');
  await Promise.all([chmod(path, 0o000), chmod(folder, 0o755)]);
  const code = `import { readLog } from ${JSON.stringify(join(import.meta.dirname, '../../../src/adapters/files/readLog.ts'))};
    readLog(${JSON.stringify(path)}).then(() => 'read', (error) => error.code + ' ' + error.cause?.code).then((word) => process.stdout.write(word));`;
  // Root may read everything: another user asks.
  const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', code], {
    ...user,
    cwd: '/',
    encoding: 'utf8',
  });
  assert.equal(said, 'file-not-readable EACCES');
});

describe('a log that changes while it is read', () => {
  const line = (epoch: number): string =>
    `epoch ${epoch} loss=${(1 / epoch).toFixed(6)} ${'.'.repeat(4000)}\n`;
  const codeOf = (reason: unknown): unknown =>
    reason instanceof CortexError ? reason.code : reason;
  const lines = Array.from({ length: 1500 }, (_, i) => line(i + 1));

  for (const [what, change] of Object.entries({
    'cut short': (path: string) => truncate(path, 1_000_000),
    'emptied and begun again': (path: string) => writeFile(path, line(1)),
    'added to': (path: string) => appendFile(path, line(1501)),
  })) {
    test(`${what}: what was read stands, or it is empty; no number is invented`, async () => {
      const path = await written('changing.log', lines.join(''));
      const reading = readLog(path);
      const changing = change(path);
      const [outcome] = await Promise.allSettled([reading, changing]);
      if (outcome.status === 'rejected') return assert.equal(codeOf(outcome.reason), 'log-empty');
      const { epochs, series } = outcome.value;
      assert.ok(epochs.length > 0 && epochs.length <= 1501);
      assert.deepEqual(
        series['loss'],
        epochs.map((epoch) => Number((1 / epoch).toFixed(6))),
      );
    });
  }
});

describe('epochs out of order or repeated', () => {
  const cases: Readonly<
    Record<
      string,
      { epochs: readonly number[]; read: readonly number[]; loss: readonly number[]; runs: number }
    >
  > = {
    'a run that is taken up again replaces what it repeats': {
      epochs: [1, 2, 3, 2, 3, 4],
      read: [1, 2, 3, 4],
      loss: [0.9, 0.6, 0.5, 0.4],
      runs: 1,
    },
    'an epoch out of order that was not there before takes nothing away': {
      epochs: [1, 3, 2, 4],
      read: [1, 2, 3, 4],
      loss: [0.9, 0.7, 0.8, 0.6],
      runs: 1,
    },
    'of an epoch that is written twice the last one counts': {
      epochs: [1, 1, 2, 2],
      read: [1, 2],
      loss: [0.8, 0.6],
      runs: 1,
    },
    'one that begins before the first is another run': {
      epochs: [5, 4, 5, 6],
      read: [4, 5, 6],
      loss: [0.8, 0.7, 0.6],
      runs: 2,
    },
  };
  for (const [what, { epochs, read, loss, runs }] of Object.entries(cases)) {
    test(what, async () => {
      const log = await readLog(
        await written(
          'order.log',
          epochs.map((epoch, i) => `Epoch ${epoch}: loss=0.${9 - i}\n`).join(''),
        ),
      );
      assert.deepEqual(
        { epochs: log.epochs, loss: log.series['loss'], count: log.run.count },
        { epochs: read, loss, count: runs },
      );
    });
  }
});

test('a followed log is read by the pattern beside it', { timeout: 20_000 }, async () => {
  const path = await written('own.log', '#1 0.9\n#2 0.8\n');
  const abort = new AbortController();
  for await (const log of followByPattern(path, { signal: abort.signal, interval: 5 })) {
    assert.deepEqual(
      { format: log?.format, series: log?.series },
      { format: 'own pattern', series: { loss: [0.9, 0.8] } },
    );
    abort.abort();
  }
});
