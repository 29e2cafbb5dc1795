import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Locator } from 'playwright-core';
import type { Attempt } from '../../src/record/attempt.ts';
import { openStudy } from '../../src/adapters/files/openStudy.ts';
import { createStore } from '../support/attemptStore.ts';
import { attempt, baselineAttempt } from '../integration/git/helpers.ts';
import { run } from '../vscode/run.ts';
import { exampleWorkspace } from '../vscode/workspace.ts';
import type { Session } from './session.ts';
import { openSession } from './session.ts';
import { until } from '../until.ts';
import { holding, writtenTexts } from './writtenTexts.ts';

const FAST = { epochs: 2, seeds: 2 };
const git = (folder: string, ...args: string[]): Promise<string> =>
  run('git', args, { cwd: folder });

/**
 * One window on three folders: two repositories with a study of the same name each, and one into
 * which a colleague's was fetched, without any of its files.
 */
describe('several repositories in one window', { timeout: 800_000 }, () => {
  let session: Session;
  let second = '';

  before(async () => {
    session = await openSession({
      study: FAST,
      settings: { 'workbench.tree.expandMode': 'doubleClick' },
      besides: makeOthers,
    });
    await session.workbench.ready();
    await session.workbench.openContainer('Cortex');
    for (const other of ['Curves', 'Diagnosis'])
      await session.workbench.page.locator('.pane-header', { hasText: other }).click();
  });
  after(() => session.close());

  test('every study stands in the tree, also the one that was fetched and has no file here', async () => {
    const { workbench } = session;
    await until(
      'all attempts',
      async () => (await workbench.treeRows('Attempts').count()) === 9,
      60,
    );
    const studies = (await workbench.treeItems('Attempts')).filter((label) =>
      label.startsWith('Study '),
    );
    assert.deepEqual(
      studies.map((label) => /(\S+\/model\.ts)/.exec(label)?.[1]),
      ['digits/model.ts', 'colleague/model.ts', 'second/model.ts'].sort(),
    );
    assert.match(studies.find((label) => label.includes('colleague')) ?? '', /origin, read-only/);
    await workbench.screenshots('repositories');
  });

  test(
    'commands act on the repository of their row, and without a row on that of the attempt ' +
      'that is selected',
    async () => {
      const { workbench, folder } = session;
      await workbench.treeMenu(row('Second change'), 'Create a Branch Here');
      await type('try/here');
      await until(
        'the branch',
        async () => (await git(second, 'branch', '--list', 'try/here')) !== '',
      );
      assert.equal(await git(folder, 'branch', '--list', 'try/here'), '');
      await row('First change').click();
      await workbench.runCommand('Cortex: Show Study');
      const study = await workbench.webview('Study');
      await study.locator('.grid-row', { hasText: 'First change' }).waitFor();
      await row('Second change').click();
      await workbench.runCommand('Cortex: Show Track Record');
      await workbench.closeTab('Track Record');
    },
  );

  test('a double click on a row of the study opens its page', async () => {
    const { workbench } = session;
    await workbench.page.locator('.tabs-container .tab', { hasText: 'Study digits' }).click();
    const study = await workbench.webview('Study');
    await study.locator('.grid-body .grid-row', { hasText: 'First change' }).dblclick();
    const page = await workbench.webview('Attempt');
    await page.locator('h1', { hasText: 'First change' }).waitFor();
    await page.getByRole('button', { name: 'Retrain…' }).waitFor();
    await workbench.runCommand('View: Close All Editors');
  });

  test('training one of them leaves the other alone', async () => {
    const { workbench, folder } = session;
    const [own, others] = [await count(folder), await count(second)];
    const study = workbench.treeRows('Attempts').filter({ hasText: 'second/model.ts' });
    await workbench.treeMenu(study, 'Train');
    await until('the new baseline', async () => (await count(second)) === others + 1, 120);
    assert.equal(await count(folder), own);
  });

  test('a baseline that is given more seeds keeps its place, and trains the new ones alone', async () => {
    const { workbench } = session;
    const before = await count(second);
    await workbench.treeMenu(row('#2 '), 'Retrain with More Seeds');
    await type('3');
    await until('its further seed', async () => (await count(second)) === before + 1, 120);
    await row('#3 ').waitFor();
    const labels = await workbench.treeItems('Attempts');
    assert.deepEqual(
      labels
        .filter((label) => /^(best|baseline), .*Attempt [23]/.test(label))
        .map((label) => /Attempt \d/.exec(label)?.[0]),
      ['Attempt 2'],
    );
    const record = JSON.parse(
      await git(second, 'show', 'cortex/digits:.cortex/attempt.json'),
    ) as Attempt;
    assert.deepEqual(
      record.trials.map(({ seed }) => seed),
      [1, 2, 3],
    );
    await workbench.screenshots('more-seeds');
  });

  test('what was fetched is looked at, and nothing that writes is offered', async () => {
    const { workbench } = session;
    const offered = await menuOf(row('Their change'));
    assert.ok(
      ['Show Attempt', 'Compare Attempts', 'Copy SHA'].every((entry) => offered.includes(entry)),
      offered.join(),
    );
    assert.deepEqual(
      offered.filter((entry) =>
        /Apply|My File|Retrain|Ablate|Sealed|Propose|Star|Note/.test(entry),
      ),
      [],
    );
    await row('Their change').click();
    const page = await workbench.webview('Attempt');
    await page.locator('.diff .added').first().waitFor();
    assert.deepEqual(
      await page
        .locator('[role=toolbar][aria-label="What to do with it"] button')
        .allTextContents(),
      ['Diff with Parent', 'Diff with Baseline', 'Compare…', 'Copy SHA'],
    );
    await workbench.screenshots('fetched-attempt');
    const theirs = workbench.treeRows('Attempts').filter({ hasText: 'colleague/model.ts' });
    // A menu does nothing where its row is drawn anew meanwhile.
    await until('the page of the study', async () => {
      await workbench.treeMenu(theirs, 'Show Study');
      return workbench.page
        .locator('.tab', { hasText: 'Study' })
        .waitFor({ timeout: 20_000 })
        .then(
          () => true,
          () => false,
        );
    });
    const study = await workbench.webview('Study');
    await study.locator('h1', { hasText: 'fetched from origin, read-only' }).waitFor();
    const rows = study.locator('.grid-body .grid-row');
    await rows.filter({ hasText: 'Their change' }).waitFor();
    assert.equal(await study.locator('.grid-body .star button').count(), 0);
    await workbench.screenshots('fetched-study');
    await rows.filter({ hasText: 'Baseline' }).click();
    await rows.filter({ hasText: 'Their change' }).click({ modifiers: ['Control'] });
    await study.getByRole('button', { name: 'Compare 2' }).click();
    await (await workbench.webview('Compare')).locator('.sides tbody tr').first().waitFor();
  });

  test('pages come back with their content when the window is reloaded', async () => {
    const { workbench } = session;
    // In a browser, VS Code writes its open editors down every five seconds, not when it is closed.
    // What its database has compressed meanwhile hides the names: the editors are written again.
    const tab = (text: string) => workbench.page.locator('.tab', { hasText: text });
    await until(
      'the open pages to be written down',
      async () => {
        const texts = await writtenTexts(session);
        const isWritten = ['compare', 'attempt', 'study'].every((page) =>
          holding(texts, `mainThreadWebview-cortex.${page}`).some((name) =>
            name.startsWith('browser:vscode-web-state-db'),
          ),
        );
        if (isWritten) return true;
        await tab('Study digits (colleague)').click();
        await tab('Compare').click();
        return false;
      },
      90,
    );
    await workbench.page.reload();
    await workbench.page.locator('.monaco-workbench .part.statusbar').waitFor();
    // Which of them is in front is written down a moment later.
    await tab('Compare').click();
    await (await workbench.webview('Compare')).locator('.sides tbody tr').first().waitFor();
    await workbench.page.locator('.tab', { hasText: 'Their change' }).click();
    await (await workbench.webview('Attempt')).locator('.diff .added').first().waitFor();
    await workbench.page.locator('.tab', { hasText: 'Study digits (colleague)' }).click();
    const study = await workbench.webview('Study');
    await study.locator('.grid-body .grid-row', { hasText: 'Their change' }).waitFor();
    await workbench.screenshot('reloaded-dark');
    const refs = await git(
      join(session.temporary, 'colleague'),
      'for-each-ref',
      '--format=%(refname)',
      'refs/heads',
      'refs/notes',
      'refs/cortex',
    );
    assert.equal(refs, '', 'nothing was written to their repository');
  });

  /** A second example, and a clone that has nothing but what was fetched. */
  async function makeOthers(
    temporary: string,
    example: string,
  ): Promise<Readonly<Record<string, string>>> {
    second = await exampleWorkspace(process.cwd(), join(temporary, 'second'), FAST);
    const theirs = await exampleWorkspace(process.cwd(), join(temporary, 'theirs'), FAST);
    for (const [folder, title] of [
      [example, 'First change'],
      [second, 'Second change'],
      [theirs, 'Their change'],
    ] as const)
      await record(folder, title);
    const mine = join(temporary, 'colleague');
    await mkdir(mine);
    await git(mine, 'init', '--quiet');
    await git(mine, 'remote', 'add', 'origin', theirs);
    await git(mine, 'fetch', '--quiet', 'origin');
    return { second, colleague: mine };
  }

  const row = (text: string): Locator =>
    session.workbench.treeRows('Attempts').filter({ hasText: text }).first();

  const count = async (folder: string): Promise<number> =>
    Number(await git(folder, 'rev-list', '--count', 'cortex/digits', '^main'));

  async function menuOf(of: Locator): Promise<readonly string[]> {
    const { page } = session.workbench;
    await of.click({ button: 'right' });
    await page.locator('.context-view .action-label').first().waitFor();
    const labels = await page
      .locator('.context-view .action-label')
      .evaluateAll((nodes) =>
        nodes.map((node) => node.getAttribute('aria-label') ?? node.textContent),
      );
    await page.keyboard.press('Escape');
    return labels.map((label) => label.replace('…', '').trim());
  }

  async function type(text: string): Promise<void> {
    const input = session.workbench.page.locator('.quick-input-widget:visible input[type=text]');
    await input.fill(text);
    await input.press('Enter');
    await input.waitFor({ state: 'hidden' });
  }
});

/** A baseline and one better attempt on it. */
async function record(folder: string, title: string): Promise<void> {
  const study = await openStudy(join(folder, 'model.ts'));
  const store = createStore();
  const text = await readFile(study.modelPath, 'utf8');
  const own = { study: study.name, config: study.config };
  const baseline = baselineAttempt(0, own);
  const { proposal } = attempt(1);
  const diff = '--- a/model.ts\n+++ b/model.ts\n@@ -1,1 +1,1 @@\n-units: 16\n+units: 32\n';
  const better: Attempt = attempt(1, {
    ...own,
    parents: [baseline.id],
    proposal: { ...proposal, title, diff },
  });
  await store.record(study, baseline, text);
  await store.record(study, better, text.replace('units: 16', 'units: 32'));
}
