import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Frame } from 'playwright-core';
import { clickUntil, exportByButton, openCard } from './exporting.ts';
import type { Session } from './session.ts';
import { openSession } from './session.ts';
import { recordArchitectures, recordSearch } from './recordedHistory.ts';
import { effectsTold, oneBest } from './studyNumbers.ts';
import { until } from '../until.ts';

/** Notes in the page every last epoch that a chart has shown, however briefly. */
const NOTE_EPOCHS = `
  window.epochsSeen = new Set();
  new MutationObserver(() => {
    const last = document.querySelector('.chart')?.getAttribute('aria-valuemax');
    if (last) window.epochsSeen.add(last);
  }).observe(document.body, { subtree: true, childList: true, attributes: true });
`;

/** One study is trained and then looked at in every view. */
describe('the views of a study', { timeout: 800_000 }, () => {
  let session: Session;
  const violations: string[] = [];

  before(async () => {
    // Without the check whatever is accepted is trained; on one runtime it comes to the same
    // numbers on every machine.
    session = await openSession({
      study: { epochs: 12, seeds: 2, judge: { maxSeeds: 3 } },
      settings: { 'cortex.baselineCheck': 'skip', 'cortex.runtime': 'wasm' },
    });
    session.workbench.page.on('console', (message) => {
      if (/content security policy/i.test(message.text()))
        violations.push(`${message.location().url}: ${message.text()}`);
    });
    await session.workbench.ready();
    await session.workbench.openFile('model.ts');
    await session.workbench.openContainer('Cortex');
  });
  after(() => session.close());

  test('Curves says what it is for before anything was trained', async () => {
    const curves = await session.workbench.webview('Curves');
    await curves.locator('.empty', { hasText: 'as soon as something trains' }).waitFor();
  });

  test('Curves draws what trains, epoch by epoch', async () => {
    const { workbench } = session;
    const curves = await workbench.webview('Curves');
    await curves.evaluate(NOTE_EPOCHS);
    await workbench.clickCodeLens('Train');
    await until(
      'epochs that come one by one',
      async () => (await curves.evaluate<number>('epochsSeen.size')) >= 4,
      90,
    );
    await until('the commit', async () => (await session.verdicts()).length === 1, 120);
    await row(curves, '#0').waitFor();
  });

  test('an improvement stands beside its baseline, in every kind of theme', async () => {
    const { workbench } = session;
    await workbench.clickCodeLens('Improve Architecture');
    await workbench.codeLens('Accept All').first().waitFor({ timeout: 120_000 });
    await workbench.clickCodeLens('Accept All');
    const curves = await workbench.webview('Curves');
    await until(
      'the one that trains in the legend',
      async () => (await curves.locator('.legend', { hasText: /running/ }).count()) > 0,
      60,
    );
    await workbench.screenshot('curves-live-dark');
    await until(
      'the end of the run',
      async () =>
        (await session.verdicts()).length >= 2 &&
        (await curves.locator('.legend', { hasText: /running/ }).count()) === 0,
      180,
    );
    await row(curves, 'parent').waitFor();
    await oneBest(session);
    await workbench.screenshots('curves');
  });

  test('the output has a line for every round that went well', async () => {
    const { workbench } = session;
    await workbench.runCommand('Cortex: Show Output');
    const lines = workbench.page.locator('.part.panel .view-line');
    for (const words of [
      /digits\s#0\sbaseline:\sBaseline\./,
      /digits\s#1\s(better|worse|inconclusive):/,
    ])
      await lines.filter({ hasText: words }).first().waitFor();
    await workbench.screenshot('output-dark');
    await workbench.runCommand('View: Toggle Panel Visibility');
  });

  test('the keyboard moves through the epochs and the legend reads the values', async () => {
    const curves = await session.workbench.webview('Curves');
    const chart = curves.locator('.chart').first();
    await chart.focus();
    await chart.press('Home');
    await chart.press('ArrowRight');
    await curves.locator('.legend .epoch', { hasText: 'epoch 2 of 12' }).waitFor();
    assert.match((await chart.getAttribute('aria-valuetext')) ?? '', /^epoch 2: #[1-9] .*\d/);
  });

  test(
    'log scale, smoothing and the table are one click away, and stay chosen when the view was ' +
      'hidden',
    async () => {
      const { workbench } = session;
      const curves = await workbench.webview('Curves');
      await curves.getByLabel('Log scale').check();
      await curves.getByLabel('Smooth').fill('0.6');
      await workbench.screenshot('curves-log-dark');
      await curves.getByLabel('Table').check();
      assert.equal(await curves.locator('.values tbody tr').count(), 12);
      await workbench.openContainer('Explorer');
      await workbench.openContainer('Cortex');
      const again = await workbench.webview('Curves');
      await again.locator('.values').waitFor();
      await again.getByLabel('Table').uncheck();
      assert.equal(await again.getByLabel('Log scale').isChecked(), true);
    },
  );

  test('the Study page lists the attempts: sort, filter and open by clicks and keys', async () => {
    const { workbench } = session;
    await workbench.runCommand('Cortex: Show Study');
    const study = await workbench.webview('Study');
    const rows = study.locator('.grid-body .grid-row');
    const count = (await session.verdicts()).length;
    await until('every attempt', async () => (await rows.count()) === count);
    await study.locator('.standing', { hasText: /Best: #\d+\. Your file is #0\./ }).waitFor();
    await rows.filter({ hasText: '#0' }).locator('.badge', { hasText: 'your file' }).waitFor();
    assert.equal(await study.locator('.badge', { hasText: 'best' }).count(), 1);
    await workbench.screenshots('study-table');
    await study.locator('summary', { hasText: 'Columns' }).click();
    await study.getByLabel('val_accuracy', { exact: true }).check();
    await study.getByRole('button', { name: 'val_accuracy', exact: true }).waitFor();
    await workbench.screenshot('study-columns-dark');
    await study.locator('summary', { hasText: 'Columns' }).click();
    await study.getByRole('button', { name: 'Verdict', exact: true }).click();
    assert.match((await rows.first().textContent()) ?? '', /baseline/);
    await study.getByLabel('Filter by text').fill('#0');
    await study.locator('.count', { hasText: `1 of ${count} attempts` }).waitFor();
    await study.getByRole('button', { name: 'Clear filters' }).click();
    await study.locator('.count', { hasText: `${count} attempts` }).waitFor();
  });

  test(
    'a star is set in the table with a click, taken away with a key, and the list is narrowed ' +
      'down to it',
    async () => {
      const { workbench } = session;
      const study = await workbench.webview('Study');
      const rows = study.locator('.grid-body .grid-row');
      const count = await rows.count();
      await study.getByRole('button', { name: 'Star of #0' }).click();
      await study
        .locator('.grid-row', { hasText: 'Baseline' })
        .locator('.starred')
        .first()
        .waitFor();
      await until(
        'the git note',
        async () =>
          (await session.git('notes', '--ref=cortex/digits', 'list').catch(() => '')).trim() !== '',
      );
      await study.getByLabel('Starred', { exact: true }).check();
      await study.locator('.count', { hasText: `1 of ${count} attempts` }).waitFor();
      await workbench.screenshot('study-starred-dark');
      await study.locator('.grid-body').press('Home');
      await study.locator('.grid-body').press('s');
      await study.locator('.count', { hasText: `0 of ${count} attempts` }).waitFor();
      await study.getByRole('button', { name: 'Clear filters' }).click();
      await study.locator('.count', { hasText: new RegExp(`^${count} attempts`) }).waitFor();
    },
  );

  test('a click in the study selects the attempt for all views, Curves among them', async () => {
    const { workbench } = session;
    const study = await workbench.webview('Study');
    await study.locator('.grid-body .grid-row', { hasText: '#0' }).first().click();
    const curves = await workbench.webview('Curves');
    await curves
      .locator('.legend tbody tr')
      .first()
      .locator('.link', { hasText: '#0 Baseline' })
      .waitFor();
    assert.equal(await study.locator('.grid-row.selected').count(), 1);
    await until(
      'the same row in the tree',
      async () =>
        (await workbench
          .treeRows('Attempts')
          .filter({ hasText: '#0 ' })
          .first()
          .getAttribute('aria-selected')) === 'true',
    );
  });

  test('its figures and its map are drawn', async () => {
    const { workbench } = session;
    const study = await workbench.webview('Study');
    for (const tab of ['Progress', 'Trade-off', 'Calibration']) {
      await study.getByRole('tab', { name: tab }).click();
      await study.locator('[role=tabpanel]:not([hidden]) canvas').first().waitFor();
      await workbench.page.waitForTimeout(300);
      await workbench.screenshots(`study-${tab.toLowerCase()}`);
    }
    await study.getByRole('tab', { name: 'Map' }).click();
    await study.getByText(/The map is drawn from 15 architectures on; so far/).waitFor();
  });

  test('two attempts stand side by side, chosen in the table', async () => {
    const { workbench } = session;
    const study = await workbench.webview('Study');
    await study.getByRole('tab', { name: 'Attempts' }).click();
    const rows = study.locator('.grid-body .grid-row');
    await rows.filter({ hasText: '#0' }).first().click();
    await rows
      .filter({ hasText: '#1' })
      .first()
      .click({ modifiers: ['Control'] });
    await study.getByRole('button', { name: 'Compare 2' }).click();
    const compare = await workbench.webview('Compare');
    await compare.locator('.sides tbody tr').first().waitFor();
    await compare.locator('.family canvas').first().waitFor();
    await workbench.screenshots('compare');
  });

  test('the page of an attempt tells why and shows the change', async () => {
    const { workbench } = session;
    const compare = await workbench.webview('Compare');
    await compare.locator('.sides thead .link').last().click();
    const attempt = await workbench.webview('Attempt');
    await attempt.locator('.diff .added').first().waitFor();
    await attempt.locator('.reasoning').waitFor();
    await workbench.screenshots('attempt-page');
    await attempt
      .locator('.legend tbody tr', { hasText: /seed \d/ })
      .nth(1)
      .scrollIntoViewIfNeeded();
    await workbench.screenshots('attempt-curves');
    await attempt.locator('dl').scrollIntoViewIfNeeded();
    await workbench.screenshot('attempt-end-dark');
    // Of a run counts the mean of its tail, whatever its last epoch was.
    await attempt
      .getByText('val_loss counts as the mean of the last 3 of 12 epochs.')
      .first()
      .waitFor();
    const facts = await attempt.locator('dl').allTextContents();
    assert.match(facts.join(' '), /KiB; a row in [\d.]+ ms/);
  });

  test('its buttons: Export Model… writes what programs load, with a card that proves it', () =>
    exportByButton(session));

  test('its buttons: Diff with Parent opens the change', async () => {
    const { workbench } = session;
    const attempt = await workbench.webview('Attempt');
    await clickUntil(
      attempt.getByRole('button', { name: 'Diff with Parent' }),
      workbench.page.locator('.editor-group-container.active .monaco-diff-editor'),
    );
  });

  test('what was exported says so, and a click opens its card', () => openCard(session));

  test('a click on an attempt opens its page, the next one in the same tab, and Enter opens too', async () => {
    const { workbench } = session;
    await workbench.runCommand('View: Close All Editors');
    const attempts = workbench.treeRows('Attempts');
    const pages = workbench.page.locator('.tabs-container .tab', { hasText: /^#\d / });
    for (const number of ['#1', '#0']) {
      await attempts.filter({ hasText: number }).first().click();
      await pages.filter({ hasText: number }).waitFor();
      assert.equal(await pages.count(), 1);
    }
    // Below the study's own row; which attempt is the best stands first, whichever that is.
    const [first, second] = [attempts.nth(1), attempts.nth(2)];
    const below = /#\d+/.exec(await second.innerText())?.[0] ?? '';
    await until('the page of the row below', async () => {
      await first.click();
      await workbench.page.keyboard.press('ArrowDown');
      await workbench.page.keyboard.press('Enter');
      const page = pages.filter({ hasText: below });
      await page.waitFor({ timeout: 3000 }).catch(() => undefined);
      return (await page.count()) === 1;
    });
    assert.equal(await pages.count(), 1);
    await workbench.screenshots('history-opened');
  });

  test('fifteen architectures make a map, by likeness and by what they are', async () => {
    const { workbench } = session;
    await recordArchitectures(session, 18);
    await recordSearch(session);
    await workbench.runCommand('Cortex: Refresh History');
    await workbench.runCommand('Cortex: Show Study');
    const study = await workbench.webview('Study');
    await study.getByRole('tab', { name: 'Map' }).click();
    const canvas = study.locator('[role=tabpanel]:not([hidden]) canvas').first();
    await canvas.waitFor();
    await workbench.screenshots('study-map');
    await study.getByLabel('Projection').selectOption({ label: 'Depth and parameters' });
    await canvas.waitFor();
    await workbench.screenshots('study-map-size');
  });

  test('the effects tell what helped on the whole, and what made the difference in a search', () =>
    effectsTold(session));

  test('no page broke its content security policy', () => {
    assert.deepEqual(violations, []);
  });

  const row = (frame: Frame, text: string) =>
    frame.locator('.legend tbody tr', { hasText: text }).first();
});
