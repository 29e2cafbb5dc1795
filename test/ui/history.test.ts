import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Locator } from 'playwright-core';
import type { Attempt } from '../../src/core/attempts/attempt.ts';
import { openStudy } from '../../src/files/openStudy.ts';
import { GitAttemptStore } from '../../src/git/gitAttemptStore.ts';
import { attempt } from '../integration/git/helpers.ts';
import type { Session } from './session.ts';
import { openSession } from './session.ts';
import { until } from './until.ts';

const BASELINE = { proposal: null, verdict: { kind: 'baseline', text: 'The file as it is.', comparisons: [] } } satisfies Partial<Attempt>;

/** One person who looks before training and keeps an overview afterwards: every step starts where the one before ended. */
describe('the lens and the history', { timeout: 400_000 }, () => {
  let session: Session;

  before(async () => {
    session = await openSession({ study: { epochs: 2, seeds: 2 } });
    await recordHistory(session);
    await session.workbench.ready();
  });
  after(() => session.close());

  test('layers tell shapes, parameters and FLOPs before anything is trained', async () => {
    const { workbench } = session;
    await workbench.openFile('model.ts');
    await until('the hints', async () => /→ \[16\] · 1,040 params · 2\.1 kFLOPs · ≈85 %/.test(await workbench.editorText()), 60);
    await workbench.codeLens('3 layers · 1,210 parameters · 4.7 KB').waitFor();
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
    await until('the star', async () => (await workbench.treeItems('Attempts')).some((label) => label.includes('starred')));
    await workbench.treeMenu(row('#2'), 'Write a Note');
    await type('try with more data');
    await until('the note in git', async () => (await session.git('log', '-1', '--notes=cortex/*', '--format=%N', '--branches=cortex/*', '--skip=1')).includes('try with more data'));
  });

  test('grouped as the tree of what came from what', async () => {
    const { workbench } = session;
    await workbench.runCommand('Cortex: Group Attempts');
    await workbench.pick('Tree of what came from what');
    await until('the baseline alone under the study', async () => (await workbench.treeItems('Attempts')).filter((label) => label.includes('Attempt ')).length === 1);
    await row('#0').click();
    await workbench.page.keyboard.press('ArrowRight');
    await row('#1').waitFor();
    await workbench.screenshots('history-tree');
    await workbench.runCommand('Cortex: Group Attempts');
    await workbench.pick('One list');
    await row('#2').waitFor();
  });

  test('a branch and a promotion leave HEAD, index and files alone', async () => {
    const { workbench } = session;
    await workbench.treeMenu(row('#1'), 'Create a Branch Here');
    await type('try/one');
    await until('the branch', async () => (await session.git('branch', '--list', 'try/one')).includes('try/one'));
    await workbench.treeMenu(row('#1'), 'Promote to a Branch');
    await type('pr/one');
    await until('the promotion', async () => (await session.git('branch', '--list', 'pr/one')).includes('pr/one'));
    assert.equal((await session.git('rev-list', '--count', 'main..pr/one')).trim(), '1');
    assert.equal((await session.git('symbolic-ref', '--short', 'HEAD')).trim(), 'main');
    assert.equal(await session.git('status', '--porcelain'), '');
  });

  const row = (text: string): Locator => session.workbench.treeRows('Attempts').filter({ hasText: text }).first();

  async function type(text: string): Promise<void> {
    const input = session.workbench.page.locator('.quick-input-widget:visible input[type=text]');
    await input.fill(text);
    await input.press('Enter');
    await input.waitFor({ state: 'hidden' });
  }
});

async function recordHistory({ folder, modelOnDisk }: Session): Promise<void> {
  const study = await openStudy(join(folder, 'model.ts'));
  const store = new GitAttemptStore();
  const text = await modelOnDisk();
  const own = { study: study.name, config: study.config };
  const baseline = attempt(0, { ...own, ...BASELINE });
  const better = attempt(1, { ...own, parents: [baseline.id] });
  const worse = attempt(2, { ...own, parents: [better.id], verdict: { kind: 'worse', text: 'Worse.', comparisons: [] } });
  const last = attempt(3, { ...own, parents: [better.id], verdict: { kind: 'inconclusive', text: 'Cannot tell.', comparisons: [] } });
  await store.record(study, baseline, text);
  for (const [each, units] of [[better, 32], [worse, 64], [last, 24]] as const) await store.record(study, each, text.replace('units: 16', `units: ${units}`));
}
