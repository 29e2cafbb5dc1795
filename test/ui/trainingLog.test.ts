import assert from 'node:assert/strict';
import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Locator } from 'playwright-core';
import { epochs, linesTo, lowest, overfitLine } from './logTexts.ts';
import type { Session } from './session.ts';
import { openSession } from './session.ts';
import { UNKNOWN, unknownLog } from './unknownLog.ts';
import { until } from '../until.ts';

/**
 * The part of the browser that is looked at here: the tests are compiled without the DOM's types.
 */
declare const getComputedStyle: (element: unknown) => { readonly color: string };

describe('a training log in the editor', { timeout: 1000_000 }, () => {
  let session: Session;

  before(async () => {
    session = await openSession({ study: { epochs: 3, seeds: 2 } });
    await writeFile(join(session.folder, 'overfit.log'), linesTo(epochs));
    await writeFile(
      join(session.folder, 'server.log'),
      '2026-03-01 10:00:01 INFO listening on port 8080\n2026-03-01 10:00:02 WARNING slow request\n'.repeat(
        20,
      ),
    );
    await writeFile(join(session.folder, 'live.log'), linesTo(6));
    await writeFile(join(session.folder, 'unknown.log'), UNKNOWN);
    await session.workbench.ready();
  });
  after(() => session.close());

  test('its epochs, metrics and numbers have colours of their own', async () => {
    await session.workbench.openFile('overfit.log');
    const colors = await until('coloured metrics', async () => {
      const found = await tokenColors(['Epoch', 'loss', 'val_loss', '12ms/step']);
      return new Set(found).size === 4 && !found.includes('') ? found : undefined;
    });
    assert.equal(new Set([...colors, await tokenColor(' - ')]).size, 5, colors.join());
  });

  test('findings stand on the lines that prove them, in the editor and among the problems', async () => {
    const { workbench } = session;
    await workbench.codeLens(/\d+ findings/).waitFor();
    await until(
      'a squiggle',
      async () => (await workbench.page.locator('.part.editor .squiggly-error').count()) > 0,
    );
    await workbench.clickCodeLens('findings');
    const problem = workbench.page.locator('.markers-panel .monaco-list-row', {
      hasText: 'Overfitting is likely',
    });
    await problem.waitFor();
    assert.match((await problem.textContent()) ?? '', new RegExp(`\\[Ln ${lowest}, Col 1\\]`));
    const told = await workbench.page.locator('.markers-panel').innerText();
    assert.doesNotMatch(told, /good improvement|is improving|is unlikely/, 'good news is none');
    await workbench.runCommand('View: Toggle Panel Visibility');
  });

  test('a hover says what a finding means and what Cortex would try', async () => {
    const { workbench } = session;
    const hover = workbench.page.locator('.monaco-hover:visible', { hasText: 'Overfitting' });
    await until('the hover', async () => {
      await workbench.page.mouse.move(0, 0);
      await lineOf(`Epoch ${lowest}/`).hover({ position: { x: 60, y: 8 } });
      return hover
        .first()
        .waitFor({ timeout: 5000 })
        .then(
          () => true,
          () => false,
        );
    });
    const text = (await hover.first().textContent()) ?? '';
    assert.match(text, /what only the training rows have/);
    assert.match(text, /Cortex would try first:.*dropout/);
    await workbench.screenshot('log-hover');
    await workbench.page.keyboard.press('Escape');
  });

  test('the Diagnosis view tells the same, and follows from finding to line', async () => {
    const { workbench } = session;
    await workbench.clickCodeLens('Diagnose');
    const finding = workbench.treeRows('Diagnosis').filter({ hasText: 'overfitting' }).first();
    await finding.waitFor();
    const rows = await workbench.treeItems('Diagnosis');
    assert.ok(
      rows.some((row) => row.includes('overfit.log')) &&
        rows.some((row) => row.includes('model.ts')),
      rows.join('\n'),
    );
    assert.ok(
      rows.some((row) => /^val_loss, last .*best .*epoch 9 of 24/.test(row)),
      rows.join('\n'),
    );
    await finding.click();
    await until('the cursor on the line', async () =>
      (await workbench.statusBar()).some((text) => text.includes(`Ln ${lowest},`)),
    );
    await workbench.screenshots('log');
  });

  test('a log without epochs shows nothing of Cortex', async () => {
    const { workbench } = session;
    await workbench.openFile('server.log');
    await workbench.page.waitForTimeout(2500);
    assert.equal(await workbench.codeLens(/finding|Diagnose|Improve/).count(), 0);
  });

  test('a log that is written while it is open is followed', async () => {
    const { workbench } = session;
    await workbench.openFile('live.log');
    await workbench.codeLens('Diagnose').waitFor();
    for (const epoch of [7, 8]) {
      await appendFile(join(session.folder, 'live.log'), `${overfitLine(epoch)}\n`);
      await until(
        `epoch ${epoch} in the lens`,
        async () => (await workbench.codeLens(`epoch ${epoch} of ${epochs}`).count()) > 0,
      );
    }
    await until('the live log in the view', async () =>
      (await workbench.treeItems('Diagnosis')).some(
        (row) => row.includes('live.log') && row.includes('8 epochs, training'),
      ),
    );
    await workbench.screenshot('log-live');
    await appendFile(
      join(session.folder, 'live.log'),
      Array.from({ length: epochs - 8 }, (_, index) => `${overfitLine(index + 9)}\n`).join(''),
    );
    await until(
      'its end',
      async () =>
        (await workbench.codeLens('training…').count()) === 0 &&
        (await workbench.page.locator('.part.editor .squiggly-error').count()) > 0,
    );
  });

  test('one click on the Quick Fix: a proposal that answers the finding and cites its lines', async () => {
    const { workbench } = session;
    await workbench.openFile('overfit.log');
    await workbench.page.locator('.tab.active[data-resource-name="overfit.log"]').waitFor();
    await lineOf(`Epoch ${lowest}/`).click();
    await until('the cursor on its line', async () =>
      (await workbench.statusBar()).some((text) => text.includes(`Ln ${lowest},`)),
    );
    const fix = workbench.page.locator('.action-widget .monaco-list-row', {
      hasText: 'Improve model.ts: answer “overfitting since epoch 9”',
    });
    await until('the Quick Fix', async () => {
      await workbench.page.keyboard.press('Control+Period');
      return fix.waitFor({ timeout: 5000 }).then(
        () => true,
        () => workbench.page.keyboard.press('Escape').then(() => false),
      );
    });
    await fix.click();
    await workbench.tab('Review of model.ts').waitFor({ timeout: 120_000 });
    await workbench.codeLens('Reject All').first().waitFor();
    await until('the log that is answered, still in the Diagnosis view', async () =>
      (await workbench.treeItems('Diagnosis')).some((row) => row.includes('overfit.log')),
    );
    await workbench.runCommand('Cortex: Show Reasoning');
    await workbench.preview('This answers “overfitting”, as asked');
    await workbench.preview(`overfit.log, lines ${lowest}, ${epochs}`);
    await workbench.screenshot('log-answer');
    await workbench.closeTab('Preview');
    await workbench.clickCodeLens('Reject All');
    await until('its record', async () => (await session.verdicts())[0] === 'rejected', 60);
  });

  void unknownLog(() => session);

  const lineOf = (text: string): Locator =>
    session.workbench.page
      .locator('.editor-group-container.active .view-line', {
        hasText: text.replaceAll(' ', '\u00a0'),
      })
      .first();

  const tokenColors = (texts: readonly string[]): Promise<string[]> =>
    Promise.all(texts.map(tokenColor));

  /** The colour of the first token with exactly this text; empty where there is none. */
  async function tokenColor(text: string): Promise<string> {
    const tokens = session.workbench.page.locator('.part.editor .view-line span[class*="mtk"]');
    return tokens.evaluateAll((nodes, wanted) => {
      const node = nodes.find(
        ({ textContent }) => textContent.replaceAll('\u00a0', ' ') === wanted,
      );
      return node ? getComputedStyle(node).color : '';
    }, text);
  }
});
