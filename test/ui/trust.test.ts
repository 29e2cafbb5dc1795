import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Locator } from 'playwright-core';
import type { Session } from './session.ts';
import { openSession } from './session.ts';

describe('an untrusted workspace', { timeout: 240_000 }, () => {
  let session: Session;

  before(async () => {
    session = await openSession({ trusted: false });
  });
  after(() => session.close());

  test('runs nothing: no training, no branch, no change', async () => {
    const { workbench } = session;
    await workbench.page.locator('.monaco-dialog-box').waitFor();
    await workbench.clickDialogButton('No, I don');
    await workbench.ready();
    await workbench.openFile('model.ts');
    await workbench.page.locator('.part.editor .view-line', { hasText: 'buildModel' }).waitFor();
    await workbench.openContainer('Cortex');
    await welcome().waitFor();
    await workbench.screenshot('untrusted-dark');
    assert.equal(await workbench.codeLens('Improve Architecture').count(), 0);
    await assertNothingRan();
  });

  test('until it is trusted: then the lens comes, and still nothing runs by itself', async () => {
    const { workbench } = session;
    await welcome().getByText('Manage Workspace Trust').click();
    const trust = workbench.page
      .locator('.workspace-trust-editor .monaco-button', { hasText: /^Trust/ })
      .first();
    await trust.waitFor();
    assert.equal(await workbench.codeLens('Improve Architecture').count(), 0);
    await trust.click();
    await workbench.codeLens('Improve Architecture').waitFor();
    await assertNothingRan();
  });

  /** What the view says in place of a history. */
  const welcome = (): Locator =>
    session.workbench.page.locator('.welcome-view', { hasText: 'in Restricted Mode' });

  async function assertNothingRan(): Promise<void> {
    assert.equal(await session.git('branch', '--list', 'cortex/*'), '');
    assert.equal(await session.git('status', '--porcelain'), '');
  }
});
