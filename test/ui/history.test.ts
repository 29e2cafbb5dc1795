import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { parse } from 'csv-parse/sync';
import type { Locator } from 'playwright-core';
import { documents } from '../../src/show/documents/contract.ts';
import { openStudy } from '../../src/adapters/files/openStudy.ts';
import { createStore } from '../support/attemptStore.ts';
import { attempt } from '../integration/git/helpers.ts';
import type { Session } from './session.ts';
import { openSession } from './session.ts';
import { recordHistory } from './recordedHistory.ts';
import { until } from '../until.ts';

/**
 * One person who looks before training and keeps an overview afterwards: every step starts where
 * the one before ended.
 */
describe('the lens and the history', { timeout: 800_000 }, () => {
  let session: Session;

  before(async () => {
    // A click selects a row without opening it.
    session = await openSession({
      study: { epochs: 2, seeds: 2 },
      settings: { 'workbench.tree.expandMode': 'doubleClick' },
    });
    await recordHistory(session);
    await session.workbench.ready();
  });
  after(() => session.close());

  test('layers tell shapes, parameters and FLOPs before anything is trained', async () => {
    const { workbench } = session;
    await workbench.openFile('model.ts');
    await until(
      'the hints',
      async () =>
        /→ \[16\] · 1,040 params · 2\.1 kFLOPs · ≈85 %/.test(await workbench.editorText()),
      60,
    );
    // A CodeLens without a command is no link.
    await workbench.page
      .locator('.part.editor .codelens-decoration', {
        hasText: '3 layers · 1,210 parameters · 4.7 KB',
      })
      .waitFor();
    await workbench.screenshots('lens');
  });

  test('attempts stand with best and baseline on top', async () => {
    const { workbench } = session;
    await workbench.openContainer('Cortex');
    await until('the attempts', async () => (await workbench.treeRows('Attempts').count()) >= 5);
    assert.match((await workbench.treeItems('Attempts'))[1] ?? '', /best/);
    assert.match((await workbench.treeItems('Attempts'))[2] ?? '', /baseline/);
  });

  test('a filter hides, says so, and can be cleared by one click', async () => {
    const { workbench } = session;
    const all = await workbench.treeRows('Attempts').count();
    await workbench.runCommand('Cortex: Filter Attempts');
    await workbench.page
      .locator('.quick-input-widget:visible input[type=text]')
      .fill('verdict:nope');
    await workbench.page.getByText('No verdict is called nope. There are: better, worse').waitFor();
    await workbench.screenshots('history-no-such-verdict');
    await type('verdict:worse');
    await until('fewer rows', async () => (await workbench.treeRows('Attempts').count()) < all);
    await workbench.page.getByText('Filter: verdict:worse').first().waitFor();
    await workbench.screenshots('history-filtered');
    await workbench.page.locator('.pane-header', { hasText: 'Attempts' }).hover();
    await workbench.page.locator('.pane-header .action-label[aria-label*="Clear Filter"]').click();
    await until('every row', async () => (await workbench.treeRows('Attempts').count()) === all);
  });

  test('a star and a note are kept in git', async () => {
    const { workbench } = session;
    await workbench.treeMenu(row('#2'), 'Star or Unstar');
    await until('the star', async () =>
      (await workbench.treeItems('Attempts')).some((label) => label.includes('starred')),
    );
    await workbench.treeMenu(row('#2'), 'Write a Note');
    await type('try with more data');
    await until('the note in git', async () =>
      (
        await session.git(
          'log',
          '-1',
          '--notes=cortex/*',
          '--format=%N',
          '--branches=cortex/*',
          '--skip=1',
        )
      ).includes('try with more data'),
    );
  });

  test('grouped as the tree of what came from what', async () => {
    const { workbench } = session;
    await group('By parent');
    await until(
      'the baseline alone under the study',
      async () =>
        (await workbench.treeItems('Attempts')).filter((label) => label.includes('Attempt '))
          .length === 1,
    );
    await workbench.expand(row('#0'));
    await row('#1').waitFor();
    await workbench.screenshots('history-tree');
  });

  test('grouped by operator, by proposer, and by study again', async () => {
    const { workbench } = session;
    for (const [by, folders] of [
      ['By operator', ['batch-normalization', 'widen']],
      ['By proposer', ['offline', 'user']],
    ] as const) {
      await group(by);
      await until(
        `the groups ${folders.join()}`,
        async () =>
          (await workbench.treeItems('Attempts')).filter((label) =>
            folders.some((folder) => label.startsWith(folder)),
          ).length === folders.length,
      );
      await workbench.expand(workbench.treeRows('Attempts').filter({ hasText: folders[1] }));
      await row('#3').waitFor();
      await workbench.screenshot(`history-${by.replace(' ', '-').toLowerCase()}-dark`);
    }
    await group('By study');
    await row('#2').waitFor();
  });

  test('a branch and a promotion leave HEAD, index and files alone', async () => {
    const { workbench } = session;
    await workbench.treeMenu(row('#1'), 'Create a Branch Here');
    await type('try/one');
    await until('the branch', async () =>
      (await session.git('branch', '--list', 'try/one')).includes('try/one'),
    );
    await workbench.treeMenu(row('#1'), 'Promote to a Branch');
    await type('pr/one');
    await until('the promotion', async () =>
      (await session.git('branch', '--list', 'pr/one')).includes('pr/one'),
    );
    assert.equal((await session.git('rev-list', '--count', 'main..pr/one')).trim(), '1');
    assert.equal((await session.git('symbolic-ref', '--short', 'HEAD')).trim(), 'main');
    assert.equal(await session.git('status', '--porcelain'), '');
  });

  test('two attempts compared stand in one page', async () => {
    const { workbench } = session;
    for (const other of ['Curves', 'Diagnosis'])
      await workbench.page.locator('.pane-header', { hasText: other }).click();
    await row('#1').click();
    await row('#2').click({ modifiers: ['Control'] });
    await workbench.treeMenu(row('#2'), 'Compare Attempts');
    const page = await workbench.webview('Compare');
    for (const name of ['#1', '#2'])
      await page.locator('.sides thead', { hasText: name }).first().waitFor();
    await workbench.closeTab('Compare');
  });

  test('an export holds what is shown, as HTML, CSV and JSON, and asks for nothing from outside', async () => {
    const ids = [0, 1, 2, 3].map((number) => attempt(number).id);
    const html = await exported('HTML report', 'html');
    const csv = await exported('CSV table', 'csv');
    const json = await exported('JSON document', 'json');
    assert.deepEqual(
      parse<Record<string, string>>(csv.text, { columns: true })
        .map(({ id }) => id)
        .toSorted(),
      ids.toSorted(),
    );
    assert.deepEqual(
      documents.history
        .parse(JSON.parse(json.text))
        .attempts.map(({ id }) => id)
        .toSorted(),
      ids.toSorted(),
    );
    const context = await session.workbench.page.context().browser()?.newContext();
    assert.ok(context);
    const page = await context.newPage();
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(pathToFileURL(html.path).href);
    await page.locator('svg circle').first().waitFor();
    assert.equal(await page.locator('tbody tr').count(), ids.length);
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.screenshot({
        path: join(process.cwd(), '.screenshots', `export-${scheme}.png`),
        fullPage: true,
      });
    }
    await context.close();
    assert.deepEqual(requests, [pathToFileURL(html.path).href]);
  });

  test('an attempt stands in a new working tree', async () => {
    const { workbench, temporary } = session;
    const folder = join(temporary, 'tree-1');
    await workbench.treeMenu(row('#1'), 'Check Out in a New Worktree');
    await save(folder);
    await until('the working tree', async () =>
      (await session.git('worktree', 'list')).includes('tree-1'),
    );
    assert.match(
      await until('its model file', () =>
        readFile(join(folder, 'model.ts'), 'utf8').catch(() => undefined),
      ),
      /units: 32/,
    );
    assert.equal(await session.git('status', '--porcelain'), '');
  });

  test('an attempt applied, the baseline restored', async () => {
    const { workbench } = session;
    await workbench.treeMenu(row('#1'), 'Apply to My File');
    await until('the attempt in the editor', async () =>
      (await workbench.editorText()).includes('units: 32'),
    );
    await workbench.treeMenu(workbench.treeRows('Attempts').first(), 'Restore Baseline');
    await until('the baseline in the editor', async () =>
      (await workbench.editorText()).includes('units: 16'),
    );
    await workbench.runCommand('File: Revert File');
    assert.equal(await session.git('status', '--porcelain'), '');
  });

  test('a proposal from an attempt the search would never choose has it as its parent', async () => {
    const { workbench } = session;
    const onTop = workbench.codeLens('model.ts on top of #2: From My File Instead');
    await workbench.treeMenuFor(row('#2'), 'Propose from Here', onTop);
    await workbench.codeLens('Accept All and Train').waitFor();
    await workbench.screenshots('review-on-top');
    await workbench.clickCodeLens('Accept All and Train');
    const store = createStore();
    const study = await openStudy(join(session.folder, 'model.ts'));
    const made = await until(
      'the new attempt',
      async () =>
        (await store.list(study)).find(({ proposer, number }) => number > 3 && proposer !== null),
      120,
    );
    assert.deepEqual(made.parents, [attempt(2).id]);
    assert.match(await store.readVariant(study, made.id), /units: /);
    await until('it in the tree', async () => (await row(`#${made.number} `).count()) === 1);
    await workbench.screenshots('history-proposed');
  });

  test('one click proposes from the file as it is in its place', async () => {
    const { workbench } = session;
    // The rows move while the attempt before this is still being told.
    await workbench.idle();
    const instead = workbench.codeLens('From My File Instead');
    await workbench.treeMenuFor(row('#2'), 'Propose from Here', instead);
    await workbench.clickCodeLens('From My File Instead');
    await until(
      'a proposal that stands on the file',
      async () =>
        (await workbench.codeLens('Accept All and Train').count()) > 0 &&
        (await workbench.codeLens('on top of').count()) === 0 &&
        (await workbench.editorText()).includes('units: 16'),
      120,
    );
    await workbench.clickCodeLens('Reject All');
  });

  /** Exports the study from its menu and reads what was written. */
  async function exported(
    kind: string,
    extension: string,
  ): Promise<{ readonly path: string; readonly text: string }> {
    const path = join(session.temporary, `history.${extension}`);
    await session.workbench.treeMenu(
      session.workbench.treeRows('Attempts').first(),
      'Export History',
    );
    await session.workbench.pick(kind);
    await save(path);
    return { path, text: await until(path, () => readFile(path, 'utf8').catch(() => undefined)) };
  }

  /** Gives VS Code's own file dialog a path. */
  async function save(path: string): Promise<void> {
    const input = session.workbench.page.locator('.quick-input-widget:visible input[type=text]');
    await until('the dialog', async () => (await input.inputValue()).startsWith('/'));
    // The dialog fills itself in once more when it has read its folder.
    await until('the path', async () => {
      await input.fill(path);
      await session.workbench.page.waitForTimeout(500);
      return (await input.inputValue()) === path;
    });
    await input.press('Enter');
    await input.waitFor({ state: 'hidden' });
  }

  async function group(by: string): Promise<void> {
    await session.workbench.runCommand('Cortex: Group Attempts');
    await session.workbench.pick(by);
  }

  const row = (text: string): Locator =>
    session.workbench.treeRows('Attempts').filter({ hasText: text }).first();

  async function type(text: string): Promise<void> {
    const input = session.workbench.page.locator('.quick-input-widget:visible input[type=text]');
    await input.fill(text);
    await input.press('Enter');
    await input.waitFor({ state: 'hidden' });
  }
});
