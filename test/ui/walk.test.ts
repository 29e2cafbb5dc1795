import assert from 'node:assert/strict';
import { readFileSync, watch, type FSWatcher } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Locator } from 'playwright-core';
import type { Session } from './session.ts';
import { openSession } from './session.ts';
import { until } from '../until.ts';

const autoSaveDelay = 200;

/** The look of a DOM element, as far as it is asked for: the tests have no types of the DOM. */
declare const getComputedStyle: (element: unknown) => {
  readonly backgroundColor: string;
  readonly borderTopStyle: string;
};

/**
 * Every step starts where the one before ended: one person, one afternoon. Auto-save is on, the
 * harder case.
 */
describe('from CodeLens to one undo', { timeout: 480_000 }, () => {
  let session: Session;
  let original = '';
  /** What the model file came to hold on disk, in order. */
  const written: string[] = [];
  let watcher: FSWatcher;

  before(async () => {
    session = await openSession({
      study: { epochs: 6, seeds: 3 },
      settings: { 'files.autoSave': 'afterDelay', 'files.autoSaveDelay': autoSaveDelay },
    });
    original = await session.modelOnDisk();
    const path = join(session.folder, 'model.ts');
    watcher = watch(path, () => {
      const text = readFileSync(path, 'utf8');
      // A file that is being written is empty for a moment.
      if (text !== '' && text !== (written.at(-1) ?? original)) written.push(text);
    });
    await session.workbench.ready();
  });
  after(async () => {
    watcher.close();
    await session.close();
  });

  test('the CodeLens stands above the builder', async () => {
    await session.workbench.openFile('model.ts');
    await session.workbench.codeLens('Improve Architecture').waitFor();
    await session.workbench.screenshots('editor');
    await session.workbench.openContainer('Cortex');
    await session.workbench.page.locator('.welcome-view', { hasText: 'No attempts yet' }).waitFor();
    await session.workbench.screenshots('history-empty');
  });

  test('the palette has what makes sense now: what needs an attempt comes with the first one', async () => {
    const { workbench } = session;
    assert.ok(await workbench.offersCommand('Cortex: Improve Architecture'));
    assert.equal(await workbench.offersCommand('Cortex: Retrain with More Seeds'), false);
  });

  test('a click on it brings a proposal to review, and leaves the file alone', async () => {
    await session.workbench.clickCodeLens('Improve Architecture');
    await until(
      'the status bar to tell of training',
      async () =>
        (await session.workbench.statusBar()).some((text) => /Cortex.*(epoch|loss)/i.test(text)),
      60,
    );
    await session.workbench.screenshot('training-dark');
    await session.workbench.codeLens('Reject All').waitFor({ timeout: 120_000 });
    await session.workbench.screenshots('review');
    await assertFileIs(original);
  });

  test('what changes is marked, line and words, and has borders in high contrast', async () => {
    const { workbench } = session;
    await until('the cursor on the first change', async () =>
      (await workbench.statusBar()).some((text) => text.includes('Ln 17,')),
    );
    // Both lines, and in each the words that differ; what goes and what comes in its own colour.
    await until('four marks', async () => (await marks()).length === 4);
    const colors = new Set((await marks()).map(({ backgroundColor }) => backgroundColor));
    assert.ok(colors.size >= 2 && !colors.has('rgba(0, 0, 0, 0)'), [...colors].join('; '));
    await workbench.inContrast(async () => {
      await until(
        'a border around each line',
        async () =>
          (await marks()).filter(({ borderTopStyle }) => borderTopStyle !== 'none').length >= 2,
      );
    });
  });

  test('the first thing it says: the baseline is under-trained, and a linear model does as well', async () => {
    const { workbench } = session;
    const finding =
      /under-trained, not too small: learning rate 0\.01 instead of 0\.001 lowers val_loss from [\d.]+ to [\d.]+/;
    await workbench.codeLens(finding).first().waitFor();
    const told = await workbench.notification(finding);
    assert.match(await told.innerText(), /\(1 more finding\)/);
    await workbench.screenshots('check');
    await told.locator('.monaco-button', { hasText: 'Show the Check' }).click();
    await until(
      'the page of the check',
      async () => (await workbench.page.locator('.tabs-container .tab').count()) === 3,
    );
    const page = await workbench.webview('Attempt');
    await page
      .getByText(/A linear model does at least as well as your network/)
      .first()
      .waitFor();
    await workbench.screenshot('check-page-dark');
    await workbench.closeTab('Check of the baseline');
    assert.match(
      await session.git('log', '-1', '--format=%B', 'cortex/digits'),
      /^#1 inconclusive: Check of the baseline: found learning rate 0\.01 instead of 0\.001/,
    );
  });

  test('the proposal opens as a native diff and with its whole reasoning', async () => {
    const { workbench } = session;
    await workbench.runCommand('Cortex: Open as Diff');
    await workbench.page.locator('.editor-group-container.active .monaco-diff-editor').waitFor();
    await workbench.screenshots('review-diff');
    await workbench.closeTab('Learning rate');
    await workbench.runCommand('Cortex: Show Reasoning');
    await workbench.page.locator('.tabs-container .tab', { hasText: 'Preview' }).waitFor();
    await workbench.preview('Before any layer is changed');
    await workbench.screenshots('reasoning');
    await workbench.closeTab('Preview');
    await until('the review alone', async () => (await hunkLenses('Reject').count()) > 0);
  });

  test('the proposed text can be edited: one more hunk', async () => {
    const { workbench } = session;
    const hunks = await hunkLenses('Accept').count();
    await workbench.typeBehind('return model', ' // by hand');
    await until(
      'the hunk of the edit',
      async () => (await hunkLenses('Accept').count()) === hunks + 1,
    );
    await assertFileIs(original);
  });

  test('closing its tab loses nothing: a click on the status bar brings it back', async () => {
    const { workbench } = session;
    const hunks = await hunkLenses('Accept').count();
    await workbench.closeTab('Review of');
    await until('the review gone', async () => (await hunkLenses('Accept').count()) === 0);
    await workbench.page
      .locator('.part.statusbar .statusbar-item', { hasText: 'waiting for your review' })
      .click();
    await until('all hunks again', async () => (await hunkLenses('Accept').count()) === hunks);
    assert.match(
      await workbench.page.locator('.part.editor .view-lines').last().innerText(),
      /by\s+hand/,
    );
  });

  test('its keys do nothing while Find has the keyboard', async () => {
    const { workbench } = session;
    const hunks = await hunkLenses('Accept').count();
    await workbench.page.keyboard.press('Control+f');
    const find = workbench.page.locator('.part.editor .find-widget.visible textarea').first();
    await find.fill('model');
    await find.press('Alt+Enter');
    await find.press('Escape');
    await until('Find closed', async () => !(await find.isVisible()));
    assert.equal(await hunkLenses('Accept').count(), hunks);
  });

  test('one hunk rejected, the others accepted: it is judged, by what the check has trained already', async () => {
    const hunks = await hunkLenses('Accept').count();
    await hunkLenses('Reject').last().click();
    for (let left = hunks - 1; left > 0; left--) {
      await until(`${left} hunks left`, async () => (await hunkLenses('Accept').count()) === left);
      await hunkLenses('Accept').first().click();
    }
    await assertFileIs(original);
  });

  test('the history shows baseline, its check and the attempt, and git keeps them', async () => {
    const { workbench } = session;
    await until(
      'the commit of the attempt',
      async () => (await session.verdicts()).length === 3,
      120,
    );
    await workbench.openContainer('Cortex');
    await until(
      'all in the history',
      async () => (await workbench.treeRows('Attempts').count()) >= 3,
    );
    await workbench.screenshots('history');
    const variant = await variantText();
    assert.notEqual(variant, original);
    assert.doesNotMatch(variant, /by hand/);
    await assertFileIs(original);
  });

  test('what needs an attempt is in the palette now', async () => {
    assert.ok(await session.workbench.offersCommand('Cortex: Retrain with More Seeds'));
  });

  test('an attempt opens as a page, as details in the tree, and as a diff with the baseline', async () => {
    const { workbench } = session;
    await workbench.expand(attemptRow());
    await until('its details', async () => (await workbench.treeRows('Attempts').count()) >= 6);
    const tab = workbench.page.locator('.tabs-container .tab', { hasText: /^#2 / });
    await workbench.treeMenuFor(attemptRow(), 'Show Attempt', tab);
    const page = await workbench.webview('Attempt');
    await page.locator('.diff .added').first().waitFor();
    await workbench.screenshots('attempt');
    await workbench.treeMenu(attemptRow(), 'Open Diff with Baseline');
    await workbench.page.locator('.editor-group-container.active .monaco-diff-editor').waitFor();
    await workbench.screenshots('attempt-diff');
    await workbench.closeTab('#2');
    await assertFileIs(original);
  });

  test('Apply to My File changes the file, and one undo restores it', async () => {
    const { workbench } = session;
    const variant = await variantText();
    await workbench.treeMenu(attemptRow(), 'Apply to My File');
    await until(
      'the variant on disk, saved by auto-save',
      () => written.length > 0 && session.modelOnDisk().then((text) => text === variant),
    );
    assert.deepEqual(written, [variant], 'nothing was saved to the file before Apply');
    await workbench.screenshots('applied');
    await workbench.tab('model.ts').click();
    await workbench.page.locator('.part.editor .view-line').first().click();
    await workbench.page.keyboard.press('Control+Z');
    await until('the original on disk', async () => (await session.modelOnDisk()) === original);
  });

  test('HEAD, index and working tree are as they were', async () => {
    assert.equal((await session.git('symbolic-ref', '--short', 'HEAD')).trim(), 'main');
    assert.equal(await session.git('status', '--porcelain'), '');
    assert.equal((await session.git('rev-list', '--count', 'main')).trim(), '1');
  });

  /** What lies behind the lines of the review. */
  const marks = () =>
    session.workbench.page
      .locator('.part.editor .view-overlays .cdr[class*="ced-"]')
      .evaluateAll((nodes) =>
        nodes.map((node) => {
          const { backgroundColor, borderTopStyle } = getComputedStyle(node);
          return { backgroundColor, borderTopStyle };
        }),
      );

  /** The lenses of single hunks: `Accept`, not `Accept All`. */
  function hunkLenses(verb: 'Accept' | 'Reject'): Locator {
    return session.workbench.codeLens(new RegExp(`^\\s*${verb}\\s*$`));
  }

  function attemptRow(): Locator {
    return session.workbench.treeRows('Attempts').filter({ hasText: '#2 ' }).first();
  }

  /** What auto-save writes later is seen by the watcher: Apply's is to be the first. */
  async function assertFileIs(text: string): Promise<void> {
    assert.equal(await session.modelOnDisk(), text);
    assert.deepEqual(written, []);
  }

  function variantText(): Promise<string> {
    return session.git('show', 'cortex/digits:model.ts');
  }
});
