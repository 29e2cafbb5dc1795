import assert from 'node:assert/strict';
import { copyFile, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { run } from '../../vscode/run.ts';
import { loadBundle } from '../../../src/hosts/vscode/loadBundle.ts';

/** The built engine, loaded as the extension loads it. */
describe('loading a bundle', () => {
  let folder = '';
  const engine = resolve('dist', 'engine.cjs');

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cortex-bundle-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  test('a thread makes the code cache before the first load; the next one takes it as it is', async () => {
    const cache = join(folder, 'cache');
    assert.deepEqual(Object.keys(await loadBundle(engine, cache)), ['createEngine']);
    const [name = ''] = await readdir(cache);
    const made = await stat(join(cache, name));
    assert.ok(made.size > 100_000, String(made.size));
    assert.deepEqual(Object.keys(await loadBundle(engine, cache)), ['createEngine']);
    assert.equal((await stat(join(cache, name))).mtimeMs, made.mtimeMs);
  });

  test('where no cache can be kept it loads all the same', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    assert.deepEqual(Object.keys(await loadBundle(engine, join(file, 'below'))), ['createEngine']);
  });

  test('a damaged cache only costs its time, and is made anew', async () => {
    const cache = join(folder, 'cache');
    const [name = ''] = await readdir(cache);
    await writeFile(join(cache, name), 'not a cache');
    for (let window = 0; window < 2; window++)
      assert.equal(await loadElsewhere(cache), 'createEngine');
    assert.ok((await stat(join(cache, name))).size > 100_000);
  });

  /** A process of its own, as each window has one: V8 remembers what it compiled in this one. */
  const loadElsewhere = (cache: string): Promise<string> =>
    run(process.execPath, [
      '--input-type=module',
      '-e',
      `
    import { loadBundle } from ${JSON.stringify(import.meta.resolve('../../../src/hosts/vscode/loadBundle.ts'))};
    process.stdout.write(Object.keys(await loadBundle(${JSON.stringify(engine)}, ${JSON.stringify(cache)})).join());`,
    ]);

  test('what a bundle throws while it loads reaches the caller', async () => {
    const broken = join(folder, 'broken.cjs');
    await writeFile(broken, "throw new Error('no such part')");
    await copyFile(resolve('dist', 'bundleCache.cjs'), join(folder, 'bundleCache.cjs'));
    await assert.rejects(loadBundle(broken, join(folder, 'cache')), /no such part/);
  });
});
