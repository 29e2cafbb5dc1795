import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { barsTo, epochs, linesTo, lowest, overfitLine } from './logTexts.ts';
import { logActions } from './logActions.ts';
import { requests, steps, training, writeLarge, writeUnrelated } from './longLogs.ts';
import type { Session } from './session.ts';
import { openSession } from './session.ts';
import { until } from '../until.ts';

/**
 * Real logs are not one file beside one model: several models and runs, progress bars, huge ones,
 * rotated ones, and such of other programs.
 */
describe('many logs and models in one workspace', { timeout: 800_000 }, () => {
  let session: Session;
  const { finding, inView, activeTab, cursorAt, editorMenu, inTerminal } = logActions(
    () => session,
  );

  before(async () => {
    session = await openSession({
      study: { epochs: 3, seeds: 2 },
      settings: {
        'workbench.editorLargeFileConfirmation': 1024,
        'workbench.editor.enablePreview': false,
      },
    });
    const write = (name: string, text: string): Promise<void> =>
      writeFile(join(session.folder, name), text);
    await write('wide.ts', (await session.modelOnDisk()).replace('units: 16', 'units: 48'));
    await write('overfit.log', linesTo(epochs));
    await write('runs.log', linesTo(epochs) + linesTo(5));
    await write('bars.log', barsTo(epochs));
    await mkdir(join(session.folder, 'own'));
    await write('own/net.ts', await session.modelOnDisk());
    await write(
      'own/cortex.json',
      JSON.stringify({
        model: 'net.ts',
        log: 'own.log',
        logPattern: String.raw`#(?<epoch>\d+) L (?<val_loss>[\d.]+)`,
      }),
    );
    await write(
      'own/own.log',
      Array.from(
        { length: 12 },
        (_, index) => `#${index + 1} L ${(2 * 0.8 ** index).toFixed(4)}\n`,
      ).join(''),
    );
    await write('train.mjs', training);
    await write('live.log', '');
    await writeLarge(session.folder);
    await writeUnrelated(session.folder);
    await session.workbench.ready();
  });
  after(() => session.close());

  test('the model file of a log is chosen beside its name in the Diagnosis view', async () => {
    const { workbench } = session;
    await workbench.openFile('overfit.log');
    await workbench.codeLens('Improve Architecture for model.ts').waitFor();
    await workbench.clickCodeLens('Diagnose');
    const row = workbench.treeRows('Diagnosis').filter({ hasText: 'model.ts' }).first();
    await row.hover();
    await row.locator('.action-label[aria-label^="Choose the Model File of a Log"]').click();
    await workbench.pick('wide.ts');
    await workbench.codeLens('Improve Architecture for wide.ts').waitFor();
    await until('its row', async () =>
      (await workbench.treeItems('Diagnosis')).includes('model file wide.ts'),
    );
    await workbench.screenshot('log-other-model');
  });

  test('from a model file to its log: the one that was chosen, by the editor’s menu', async () => {
    const { workbench } = session;
    await workbench.openFile('wide.ts');
    await workbench.codeLens('Improve Architecture').first().waitFor();
    await editorMenu('Open Training Log');
    await until('its log in front', async () => (await activeTab()) === 'overfit.log');
  });

  test('the log of a model file is chosen from a list, and left to Cortex again', async () => {
    const { workbench } = session;
    await workbench.openFile('model.ts');
    await workbench.codeLens('Improve Architecture').first().waitFor();
    await editorMenu('Choose the Log of a Model File');
    const rows = workbench.page.locator('.quick-input-widget:visible .monaco-list-row');
    await rows.first().waitFor();
    assert.match((await rows.first().getAttribute('aria-label')) ?? '', /train_log\.txt.*read now/);
    await workbench.screenshot('log-choose');
    await workbench.pick('bars.log');
    await until('it in front', async () => (await activeTab()) === 'bars.log');
    await workbench.openFile('model.ts');
    await workbench.runCommand('Cortex: Open Training Log');
    await until('it again', async () => (await activeTab()) === 'bars.log');
    await workbench.openFile('model.ts');
    await workbench.runCommand('Cortex: Choose the Log of a Model File');
    await workbench.pick('The Log that Cortex Finds');
    await until('the study file’s', async () => (await activeTab()) === 'train_log.txt');
  });

  test('of several runs in a log one is chosen, and its findings stand on its lines', async () => {
    const { workbench } = session;
    await workbench.openFile('runs.log');
    await workbench.clickCodeLens('run 2 of 2');
    await workbench.screenshot('log-runs');
    await workbench.pick(`24 epochs, lines 1 to ${epochs}`);
    await workbench.codeLens('run 1 of 2').waitFor();
    await until(
      'its finding',
      async () => (await workbench.page.locator('.part.editor .squiggly-error').count()) > 0,
    );
    const rows = await until('the view', async () => {
      const items = await workbench.treeItems('Diagnosis');
      return items.some((item) => item.startsWith('run 1 of 2')) &&
        items.some((item) => item.includes('overfitting since epoch 9'))
        ? items
        : undefined;
    });
    assert.ok(
      rows.some((row) => row.includes('runs.log, 24 epochs')),
      rows.join('\n'),
    );
    await workbench.treeRows('Diagnosis').filter({ hasText: 'run 1 of 2' }).click();
    await workbench.pick('The Last');
    await workbench.codeLens('run 2 of 2').waitFor();
  });

  test(
    'a progress bar is many lines of an editor: findings, links and the page of an attempt ' +
      'lead to the right one',
    async () => {
      const { workbench } = session;
      const shown = lowest * 5;
      await workbench.openFile('bars.log');
      await workbench.codeLens(/\d+ findings/).waitFor();
      await workbench.clickCodeLens('findings');
      const problem = workbench.page.locator('.markers-panel .monaco-list-row', {
        hasText: 'Overfitting is likely',
      });
      await until('the problem on its line', async () =>
        (await problem.first().textContent())?.includes(`[Ln ${shown}, Col 1]`),
      );
      await workbench.runCommand('View: Toggle Panel Visibility');
      await workbench.clickCodeLens('Diagnose');
      await finding().click();
      await cursorAt('bars.log', shown);
      assert.match(await workbench.editorText(), /34\/34 \[==============\]/);
      await workbench.screenshots('log-bars');
      await finding().hover();
      await finding().locator('.action-label[aria-label^="Improve Architecture"]').click();
      await workbench.codeLens('Reject All').first().waitFor({ timeout: 120_000 });
      await workbench.codeLens('Why').first().click();
      const link = workbench.page.locator('.monaco-hover:visible a', {
        hasText: `bars.log, lines ${shown}`,
      });
      await link.first().waitFor();
      await workbench.screenshot('log-why');
      await link.first().click();
      await cursorAt('bars.log', shown);
    },
  );

  test('the record counts as grep does, and its page as the editor', async () => {
    const { workbench } = session;
    await workbench.tab('Review of model.ts').click();
    await workbench.clickCodeLens('Reject All');
    await until('the attempt', async () => (await session.verdicts())[0] === 'rejected', 60);
    const record = JSON.parse(await session.git('show', 'cortex/digits:.cortex/attempt.json')) as {
      readonly proposal: { readonly evidence: readonly { readonly lines: readonly number[] }[] };
    };
    const [line = 0] = record.proposal.evidence.flatMap(({ lines }) => lines);
    assert.equal(line, 2 * lowest);
    const text =
      (await readFile(join(session.folder, 'bars.log'), 'utf8')).split('\n')[line - 1] ?? '';
    assert.ok(text.includes(overfitLine(lowest).split(' - ').slice(2).join(' - ')), text);
    await workbench.treeMenu(
      workbench.treeRows('Attempts').filter({ hasText: '#1 ' }).first(),
      'Show Attempt',
    );
    const page = await workbench.webview('Attempt');
    await page.locator('li', { hasText: `(bars.log, lines ${lowest * 5}, ` }).waitFor();
    await workbench.screenshot('log-attempt');
    await page
      .locator('li button', { hasText: String(lowest * 5) })
      .first()
      .click();
    await cursorAt('bars.log', lowest * 5);
  });

  test(
    'a log above 50 MB, which VS Code hands to no extension, has the same findings, rows and ' +
      'actions',
    async () => {
      const { workbench } = session;
      await workbench.openFile('large.log');
      await workbench.runCommand('Cortex: Diagnose Training Log');
      await until(
        'its findings in the view',
        async () => {
          const items = await workbench.treeItems('Diagnosis');
          return (
            items.some((item) => item.includes('large.log, 24 epochs')) &&
            items.some((item) => item.includes('overfitting since epoch 9'))
          );
        },
        90,
      );
      await finding().click();
      await cursorAt('large.log', lowest * (steps + 1));
      await workbench.screenshot('log-large');
      await workbench.runCommand('Cortex: Choose the Model File of a Log');
      await workbench.pick('wide.ts');
      await until('its model', async () =>
        (await workbench.treeItems('Diagnosis')).includes('model file wide.ts'),
      );
      await workbench.openFile('wide.ts');
      await workbench.runCommand('Cortex: Open Training Log');
      await until('it in front', async () => (await activeTab()) === 'large.log');
      await finding().click({ button: 'right' });
      await workbench.page
        .locator('.context-view .action-label', { hasText: 'Improve Architecture from This Log' })
        .first()
        .waitFor();
      await workbench.page.keyboard.press('Escape');
      await workbench.runCommand('View: Close Editor');
    },
  );

  test('a log of an own make is read by the expression of the study file beside it', async () => {
    const { workbench } = session;
    await workbench.openFile('own.log');
    await workbench.codeLens('Improve Architecture for net.ts').waitFor();
    await until('its series', async () =>
      (await workbench.treeItems('Diagnosis')).some((item) => item.startsWith('val_loss, last')),
    );
  });

  test('a log of 20 MB of another program opens at once and shows nothing of Cortex', async () => {
    const { workbench } = session;
    await workbench.openFile('access.log');
    const start = performance.now();
    await workbench.page
      .locator('.editor-group-container.active .view-line', { hasText: 'GET' })
      .first()
      .waitFor();
    await workbench.page.keyboard.press('Control+End');
    await workbench.page
      .locator('.editor-group-container.active .view-line', { hasText: `items/${requests}?` })
      .first()
      .waitFor();
    const milliseconds = performance.now() - start;
    await workbench.page.waitForTimeout(2500);
    await workbench.screenshot('log-unrelated');
    assert.ok(
      (await workbench.treeItems('Diagnosis')).every((item) => !item.includes('access.log')),
    );
    assert.equal(
      await workbench.page
        .locator(
          '.editor-group-container.active .editor-actions .action-label[aria-label*="Improve ' +
            'Architecture"]',
        )
        .count(),
      0,
    );
    assert.equal(await workbench.codeLens(/finding|Diagnose|Improve|run \d/).count(), 0);
    assert.equal(await workbench.page.locator('.part.editor [class*="squiggly"]').count(), 0);
    assert.ok(milliseconds < 15_000, `${milliseconds.toFixed(0)} ms from its start to its end`);
  });

  test(
    'a training in the terminal is followed, through a second one into the same file and ' +
      'through rotation',
    async () => {
      const { workbench } = session;
      await workbench.runCommand('View: Close All Editors');
      await workbench.openContainer('Cortex');
      await workbench.openFile('live.log');
      // A lens waits until its document stands still for a while; the view does not.
      await inTerminal('node train.mjs 1 24 250 > live.log');
      await until('the training in the view', () => inView(/live\.log, \d+ epochs?, training/), 60);
      await workbench.screenshot('log-terminal');
      await until(
        'overfitting',
        async () => (await workbench.page.locator('.part.editor .squiggly-error').count()) > 0,
      );
      await until(
        'its end',
        async () =>
          (await workbench.codeLens('findings').count()) > 0 &&
          (await workbench.codeLens('training…').count()) === 0,
      );
      await inTerminal('node train.mjs 1 6 400 > live.log');
      await until(
        'nothing of the first training',
        async () =>
          (await workbench.codeLens('findings').count()) === 0 &&
          (await workbench.page.locator('.part.editor .squiggly-error').count()) === 0,
      );
      await until('the second one', () => inView(/live\.log, [1-6] epochs?, training/), 60);
      await inTerminal('mv live.log live.log.1; sleep 2; node train.mjs 1 24 400 > live.log');
      await until(
        'the new file’s finding',
        async () => (await workbench.page.locator('.part.editor .squiggly-error').count()) > 0,
        60,
      );
      await until('it in the view', () => inView(/live\.log, \d+ epochs, training/));
      assert.match(await workbench.editorText(), /loading data/);
    },
  );
});
