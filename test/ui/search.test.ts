import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { pythonFolder, pythonIn } from '../python/environment.ts';
import { until } from '../until.ts';
import { openSession, type Session } from './session.ts';

const PYTHON = { 'cortex.python': pythonIn(pythonFolder()), 'cortex.baselineCheck': 'skip' };

/** Gives the question for minutes an answer, until it is taken. */
async function answerMinutes({ workbench: { page } }: Session, minutes: string): Promise<void> {
  const input = page.locator('.quick-input-widget:visible input[type=text]');
  await input.waitFor({ timeout: 120_000 });
  await until('the minutes to be taken', async () => {
    if (!(await input.isVisible())) return true;
    await input.fill(minutes, { timeout: 5000 }).catch(() => undefined);
    await page.keyboard.press('Enter');
    return input.waitFor({ state: 'hidden', timeout: 3000 }).then(
      () => true,
      () => false,
    );
  });
}

describe('a search of a Keras project in the editor', { timeout: 900_000 }, () => {
  test('shows how it stands, is stopped by a click, and keeps what it tried', async () => {
    const session = await openSession({ project: 'keras-script', settings: PYTHON });
    try {
      const { workbench } = session;
      await workbench.ready();
      await workbench.openFile('train.py');
      await workbench.clickCodeLens('Search Architecture');
      await answerMinutes(session, '600');
      const page = await workbench.webview('Search');
      await page.getByText('configurations tried').waitFor({ timeout: 300_000 });
      await until(
        'three configurations to be tried',
        async () => Number.parseInt(await page.locator('p[aria-live]').innerText(), 10) >= 3,
        300,
      );
      await workbench.screenshots('search-running');
      const stop = page.getByRole('button', { name: 'Stop and Keep' });
      const record = page.getByRole('button', { name: 'Show Record' });
      await until('the search to be stopped', async () => {
        if (await record.isVisible()) return true;
        await stop.click({ timeout: 3000 }).catch(() => undefined);
        return record.waitFor({ timeout: 20_000 }).then(
          () => true,
          () => false,
        );
      });
      await workbench.screenshots('search-kept');
      assert.match(await page.locator('p[aria-live]').innerText(), /Ended: /);
      assert.ok((await session.verdicts()).includes('cancelled'), 'the record of the sweep');
      assert.equal(await session.git('status', '--porcelain'), '', 'the folder is as it was');
    } finally {
      await session.close();
    }
  });
});
