import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, describe, test } from 'node:test';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  BLOBS_JS,
  builderText,
  DIST,
  makeFolder,
  makeTrainer,
  NEVER,
  projectStudy,
  studyOn,
  variantOf,
} from './harness.ts';
import { until } from '../../until.ts';
import { children, failed, SLOW, trainWith } from './trainWith.ts';

const EXECUTION = join(import.meta.dirname, '../../../src/execution');
const trainer = makeTrainer();
const train = (run: Parameters<typeof trainWith>[1], by = trainer): ReturnType<typeof trainWith> =>
  trainWith(by, run);

after(() => trainer.dispose());

describe('starting and ending', () => {
  test('disposing ends the workers, also in the middle of training', async () => {
    const other = makeTrainer();
    const before = children();
    let disposal: Promise<void> | null = null;
    const { trials } = await train(
      { config: SLOW, onProgress: () => void (disposal ??= other.dispose()) },
      other,
    );
    assert.equal(failed(trials[0]).failure.kind, 'interrupted');
    await disposal;
    assert.deepEqual(children(), before);
    await assert.rejects(train({}, other), { code: 'trainer-disposed' });
  });

  test('a worker ends when its parent dies', async () => {
    const script = `
      import { spawnWorker } from ${JSON.stringify(join(EXECUTION, 'launch.ts'))};
      import { RUNTIMES } from ${JSON.stringify(join(EXECUTION, 'runtimes.ts'))};
      const place = { workerPath: ${JSON.stringify(join(DIST, 'worker.cjs'))}, nodePath: process.execPath, assetFolder: '', tfjsNodeFolders: () => [] };
      const { process: child } = spawnWorker(RUNTIMES[0].launch(place, { config: { limits: { memoryMB: 500 } } }));
      console.log(child.pid);
      setTimeout(() => process.kill(process.pid, 'SIGKILL'), 200);
      setInterval(() => {}, 1000);`;
    let pid = 0;
    try {
      execFileSync(process.execPath, ['--input-type=module', '-e', script], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
    } catch (error) {
      pid = Number((error as { stdout: string }).stdout);
    }
    assert.ok(pid > 0);
    await until('its end', () => !isRunning(pid));
  });

  test('a worker that cannot start says why', async () => {
    const { folder, remove } = await makeFolder({
      'worker.cjs': `console.error('bad hook'); process.exit(3);`,
    });
    const other = makeTrainer({ workerPath: join(folder, 'worker.cjs') });
    await assert.rejects(train({}, other), (error: Error & { code: string; kind: string }) => {
      assert.equal(error.code, 'trainer-not-started');
      assert.equal(error.kind, 'environment');
      assert.match(error.message, /bad hook/);
      return true;
    });
    await remove();
    await other.dispose();
  });

  test('a worker of another version is refused', async () => {
    const { folder, remove } = await makeFolder({
      'worker.cjs':
        `require('fs').writeSync(3, JSON.stringify({ type: 'ready', protocol: 99, ` +
        `capabilities: [], environment: { cortex: '9', runtime: 'wasm', probe: {}, versions: ` +
        `{}, platform: 'x' } }) + '\\n'); setInterval(() => {}, 1000);`,
    });
    const other = makeTrainer({ workerPath: join(folder, 'worker.cjs') });
    await assert.rejects(train({}, other), {
      code: 'trainer-protocol-mismatch',
      kind: 'environment',
    });
    await remove();
    await other.dispose();
  });

  test('checks do not wait for a training', async () => {
    const controller = new AbortController();
    const study = projectStudy('blobs');
    let built: Promise<unknown> | null = null;
    const training = train({
      config: SLOW,
      signal: controller.signal,
      onProgress: () => {
        built ??= trainer.build(study, variantOf(study, builderText()), NEVER).then((result) => {
          assert.ok(result.ok);
          controller.abort();
        });
      },
    });
    const { trials } = await training;
    await built;
    assert.equal(failed(trials[0]).failure.kind, 'cancelled');
  });

  test('reading the data may not take for ever', async () => {
    const { folder, remove } = await makeFolder({
      'data.js': `${BLOBS_JS}\nexports.loadData = () => { process.exit(5); };`,
    });
    const study = studyOn(folder);
    await assert.rejects(trainer.profileData(study, NEVER), {
      code: 'data-not-read',
      kind: 'input',
    });
    await writeFile(join(folder, 'data.js'), BLOBS_JS);
    assert.equal((await trainer.profileData(study, NEVER)).outputUnits, 3);
    await remove();
  });
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}
