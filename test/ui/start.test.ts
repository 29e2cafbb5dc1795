import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { cacheFolder } from '../../src/adapters/files/cacheFolder.ts';
import { until } from '../until.ts';
import { startBrowser } from '../vscode/launch.ts';
import { Workbench } from './workbench.ts';

/** A machine without a display, with a browser somewhere. */
describe('npm start', { timeout: 600_000 }, () => {
  let cache = '';
  let start: ChildProcess;
  let browser: Browser;
  let printed = '';

  before(async () => {
    browser = await startBrowser(cacheFolder());
    cache = await cacheWithoutExample();
    start = spawn('npm', ['start'], {
      env: { ...withoutDisplay(), CORTEX_CACHE: cache },
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    });
    start.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
    });
  });
  after(async () => {
    await browser.close();
    interrupt();
    await rm(cache, { recursive: true, force: true, maxRetries: 5 });
  });

  test('its address opens the example: the model, and the walkthrough beside it', async () => {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    await page.goto(await until('the address', address, 120));
    const workbench = new Workbench(page, () => Promise.resolve());
    await workbench.ready();
    await workbench.tab('model.ts').waitFor();
    await workbench.codeLens('Improve Architecture').waitFor();
    await page
      .locator('.gettingStarted .monaco-button:visible', { hasText: 'Improve Architecture' })
      .waitFor();
    await workbench.screenshot('start-dark');
  });

  test('Ctrl+C ends it, its server too', async () => {
    interrupt();
    await until('nobody to answer', () =>
      fetch(address()).then(
        () => false,
        () => true,
      ),
    );
  });

  const address = (): string => /http:\S+/.exec(printed)?.[0] ?? '';

  /** As Ctrl+C does it: every process of the terminal. */
  const interrupt = (): void => {
    if (start.exitCode === null && start.signalCode === null && start.pid !== undefined)
      process.kill(-start.pid, 'SIGINT');
  };
});

function withoutDisplay(): NodeJS.ProcessEnv {
  const { env } = process;
  return { ...env, DISPLAY: '', WAYLAND_DISPLAY: '', VSCODE_EXECUTABLE: '' };
}

/** All that the cache folder holds, but the example that somebody may have worked in. */
async function cacheWithoutExample(): Promise<string> {
  const whole = cacheFolder();
  const folder = await mkdtemp(join(tmpdir(), 'cortex-start-'));
  await mkdir(whole, { recursive: true });
  const names = await readdir(whole);
  for (const name of names.filter((name) => name !== 'example'))
    await symlink(join(whole, name), join(folder, name));
  return folder;
}
