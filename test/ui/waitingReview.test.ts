import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Locator } from 'playwright-core';
import type { Session } from './session.ts';
import { openSession } from './session.ts';
import { until } from '../until.ts';
import { holding, writtenTexts } from './writtenTexts.ts';

/** Typed without a pause between its letters. */
const FAST = ', at once and to the last letter of a long line';

/** Nobody has decided yet, and the window goes away. */
describe('a review that waits', { timeout: 600_000 }, () => {
  let session: Session;

  before(async () => {
    session = await openSession({
      study: { epochs: 2, seeds: 2 },
      settings: { 'cortex.baselineCheck': 'skip' },
    });
    await session.workbench.ready();
    await propose();
  });
  after(() => session.close());

  test('comes back as it was left when the window is reloaded: proposal, edits and decisions', async () => {
    const { workbench } = session;
    await workbench.typeBehind('return model', ' // by hand');
    await until('the hunk of the edit', async () => (await accepts().count()) === 2);
    await reload('// by hand');
    assert.deepEqual(await session.verdicts(), ['baseline'], 'nothing was recorded meanwhile');
    await workbench.screenshot('review-waits-dark');
    await waiting().click();
    await until('both hunks again', async () => (await accepts().count()) === 2);
    assert.match(await workbench.editorText(), /\/\/ by hand/);
  });

  test('what is on the screen is trained, typed a moment before, and nothing waits any more', async () => {
    const { workbench } = session;
    await workbench.typeBehind('by hand', FAST);
    await workbench.clickCodeLens('Accept All');
    await until('its verdict', async () => (await session.verdicts()).length === 2, 120);
    const variant = await session.git('show', 'cortex/digits:model.ts');
    assert.ok(variant.includes(`// by hand${FAST}`), variant);
    await until('nothing to wait', async () => (await waiting().count()) === 0);
  });

  test('a model file that changed meanwhile gets a new proposal, and the old one is shown', async () => {
    const { workbench } = session;
    await propose();
    await reload('"proposal"');
    const before = await session.modelOnDisk();
    await writeFile(join(session.folder, 'model.ts'), before.replace('units: 16', 'units: 12'));
    await waiting().click();
    const told = await workbench.notification(/model\.ts changed since .* was proposed for it/);
    await told.locator('.monaco-button', { hasText: 'Show What Was Proposed' }).click();
    await workbench.page.locator('.tab', { hasText: 'Untitled' }).waitFor();
    await workbench.codeLens('Reject All').first().waitFor({ timeout: 120_000 });
  });

  async function propose(): Promise<void> {
    await session.workbench.openFile('model.ts');
    await session.workbench.clickCodeLens('Improve Architecture');
    await session.workbench.codeLens('Reject All').first().waitFor({ timeout: 120_000 });
  }

  /** In a browser, VS Code writes down every few seconds what extensions keep. */
  async function reload(kept: string): Promise<void> {
    await until('the draft to be written down', async () =>
      holding(await writtenTexts(session), kept).some((name) =>
        name.startsWith('browser:vscode-web-state-db'),
      ),
    );
    await session.workbench.page.reload();
    await session.workbench.ready();
    await waiting().waitFor();
  }

  const accepts = (): Locator => session.workbench.codeLens(/^\s*Accept\s*$/);

  const waiting = (): Locator =>
    session.workbench.page.locator('.part.statusbar .statusbar-item', {
      hasText: 'waiting for your review',
    });
});
