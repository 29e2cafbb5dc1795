import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { cortex } from '../cli/cortex.ts';
import { DIST } from '../trainer/harness.ts';
import { rayPython } from '../../support/ray/rayCluster.ts';

/** A port of this machine at which nobody answers. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe('a cluster that cannot be had', () => {
  test('is told of at once where nobody answers, with the address and what to do', async () => {
    const port = await closedPort();
    for (const executor of [`ray://127.0.0.1:${port}`, `ray:127.0.0.1:${port}`]) {
      const { code, stderr } = await cortex(
        tmpdir(),
        ...['workers', '--executor', executor, '--python', rayPython()],
      );
      assert.equal(code, 2);
      assert.match(stderr, new RegExp(`Nobody answers at .*127\\.0\\.0\\.1:${port}`));
      assert.match(stderr, /ray start --head/);
      assert.match(stderr, /\[ray-unreachable\]/);
    }
  });

  test('is not looked for without Ray: which Pythons were asked is said', async () => {
    const { code, stderr } = await cortex(
      tmpdir(),
      ...['workers', '--executor', 'ray:auto', '--python', 'no-such-python'],
    );
    assert.equal(code, 2);
    assert.match(stderr, /No Python with Ray was found\. Tried: no-such-python/);
    assert.match(stderr, /pip install 'ray\[client\]'/);
  });

  test('is refused by a Ray that is too old for it', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'cortex-old-ray-'));
    t.after(() => rm(folder, { recursive: true }));
    await mkdir(join(folder, 'ray'));
    await writeFile(join(folder, 'ray', '__init__.py'), '__version__ = "1.13.0"\n');
    const bridge = join(DIST, 'ray', 'bridge.py');
    const { output } = spawnSync(rayPython(), ['-B', bridge], {
      input: '{"type":"open","address":"local"}\n',
      stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
      env: { ...process.env, PYTHONPATH: folder },
      encoding: 'utf8',
    });
    const [line = ''] = (output[3] ?? '').split('\n');
    const { error } = JSON.parse(line) as { readonly error: Readonly<Record<string, string>> };
    assert.equal(error['code'], 'ray-too-old');
    assert.match(error['happened'] ?? '', /has Ray 1\.13\.0/);
  });

  test('is no node whose disk is full: that is said of it', () => {
    const ask =
      'import errno, json, onnode; ' +
      'print(json.dumps(onnode.told(OSError(errno.ENOSPC, "No space left on device"))))';
    const { stdout } = spawnSync(rayPython(), ['-B', '-c', ask], {
      cwd: join(DIST, 'ray'),
      encoding: 'utf8',
    });
    const error = JSON.parse(stdout) as Readonly<Record<string, string>>;
    assert.equal(error['code'], 'ray-disk-full');
    assert.match(error['happened'] ?? '', /disk of a node is full.*No space left on device/);
  });

  test('has clocks that may be off: by how much is told', () => {
    const ask = 'import onnode, time; print(onnode.heard({"clock": time.time() - 3600}))';
    const { stdout } = spawnSync(rayPython(), ['-B', '-c', ask], {
      cwd: join(DIST, 'ray'),
      encoding: 'utf8',
    });
    assert.match(stdout, /'clockAhead': -3600\.\d/);
  });

  test('is no word that is not known', async () => {
    const { code, stderr } = await cortex(tmpdir(), 'workers', '--executor', 'slurm');
    assert.equal(code, 2);
    assert.match(stderr, /"ray:auto".*"ray:\/\/host:10001"/);
  });

  test('is not needed: this machine is listed without one', async () => {
    const { code, stdout } = await cortex(tmpdir(), 'workers', '--json', '--workers', '3');
    assert.equal(code, 0);
    const told = JSON.parse(stdout) as { readonly slots: number; readonly executor: string };
    assert.deepEqual([told.executor, told.slots], ['local', 3]);
  });
});
