import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { cacheFolder } from '../../../src/adapters/files/cacheFolder.ts';
import { documents } from '../../../src/show/documents/contract.ts';
import { startBrowser } from '../../vscode/launch.ts';
import { cortex, digitsCopy, root } from '../cli/cortex.ts';

const SERVER = 'http://cortex.example';
const TFJS = join(root, 'node_modules', '@tensorflow', 'tfjs', 'dist', 'tf.min.js');

let copy: Awaited<ReturnType<typeof digitsCopy>>;
before(async () => {
  copy = await digitsCopy();
  const path = join(copy.folder, 'cortex.json');
  const config = JSON.parse(await readFile(path, 'utf8')) as object;
  await writeFile(path, JSON.stringify({ ...config, epochs: 2, seeds: 1 }));
});
after(() => copy.remove());

test('a page in a browser loads an export with 8-bit weights and predicts', async () => {
  assert.equal((await cortex(copy.folder, 'train', 'model.ts')).code, 0);
  const run = await cortex(
    copy.folder,
    ...['export', '0', '--quantize', '8', '--to', 'exported', '--json'],
  );
  documents.export.parse(JSON.parse(run.stdout));
  const browser = await startBrowser(cacheFolder());
  try {
    const page = await browser.newPage();
    await page.route('**/tf.min.js', (route) => route.fulfill({ path: TFJS }));
    await page.route(`${SERVER}/**`, (route) => {
      const { pathname } = new URL(route.request().url());
      const folder = pathname === '/predict.html' ? join(root, 'examples', 'load') : copy.folder;
      return route.fulfill({ path: join(folder, pathname) });
    });
    const rows = JSON.stringify([Array<number>(64).fill(4), Array<number>(64).fill(0)]);
    await page.goto(`${SERVER}/predict.html?model=exported&rows=${rows}`);
    const text = page.locator('#outputs', { hasText: '[[' });
    const outputs = JSON.parse((await text.textContent({ timeout: 60_000 })) ?? '') as number[][];
    assert.deepEqual(
      outputs.map((each) => each.length),
      [10, 10],
    );
    for (const each of outputs)
      assert.ok(Math.abs(each.reduce((sum, value) => sum + value, 0) - 1) < 1e-4);
  } finally {
    await browser.close();
  }
});
