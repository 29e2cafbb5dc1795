import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Session } from './session.ts';
import { openSession } from './session.ts';

describe('an untrusted workspace', { timeout: 120_000 }, () => {
  let session: Session;

  before(async () => {
    session = await openSession({ trusted: false });
  });
  after(() => session.close());

  test('runs nothing: no training, no branch, no change', async () => {
    const { workbench } = session;
    await workbench.page.locator('.monaco-dialog-box').waitFor({ timeout: 60_000 });
    await workbench.clickDialogButton('No, I don');
    await workbench.ready();
    await workbench.openFile('model.ts');
    await workbench.page.locator('.part.editor .view-line', { hasText: 'buildModel' }).waitFor();
    await workbench.openContainer('Cortex');
    await sleep(3000);
    await workbench.screenshot('untrusted-dark');
    assert.equal(await workbench.codeLens('Improve Architecture').count(), 0);
    assert.equal(await session.git('branch', '--list', 'cortex/*'), '');
    assert.equal(await session.git('status', '--porcelain'), '');
  });
});
