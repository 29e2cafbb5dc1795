import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Locator } from 'playwright-core';
import type { Session } from './session.ts';
import { openSession } from './session.ts';
import { until } from '../until.ts';

/** What a verdict rests on, looked into by clicks. */
describe('the evidence behind a verdict', { timeout: 600_000 }, () => {
  let session: Session;
  let better = '';

  before(async () => {
    session = await openSession({ study: { epochs: 3, seeds: 2 } });
    await session.workbench.ready();
    await session.workbench.openFile('model.ts');
  });
  after(() => session.close());

  test('a trained baseline: the study says how often its validation part chose', async () => {
    const { workbench } = session;
    await workbench.clickCodeLens('Train');
    await until('the baseline', async () => (await session.verdicts()).length === 1, 120);
    await workbench.openContainer('Cortex');
    await until('the meter beside the study', async () =>
      (await workbench.treeItems('Attempts')).some((item) =>
        /1 look, nothing chosen by it yet/.test(item),
      ),
    );
  });

  test('Open Sealed Test asks first, and closing the question opens nothing', async () => {
    await unseal('Cancel', 'It was never opened in this study');
    assert.deepEqual(await session.verdicts(), ['baseline']);
  });

  test('opened, it shows both with their intervals, and the opening is a commit', async () => {
    const { workbench } = session;
    await unseal('Open Sealed Test', 'It was never opened in this study');
    await until(
      'the opening on the branch',
      async () => (await session.verdicts()).length === 2,
      120,
    );
    assert.match(
      (await session.git('log', '-1', '--format=%B', 'cortex/digits')).replace(/\s+/g, ' '),
      /On the sealed part: test loss [\d.]+ \(.* to .*\), the baseline itself; .*Opened for the first time/,
    );
    await until('its row', async () =>
      (await workbench.treeItems('Attempts')).some((item) =>
        item.includes('Sealed test opened for #0'),
      ),
    );
    await (
      await workbench.webview('Attempt')
    )
      .locator('h1', { hasText: 'Sealed test opened for #0' })
      .waitFor();
    await until(
      'the message',
      async () =>
        (await (
          await workbench.notifications()
        )
          .filter({ hasText: 'Opened for the first time' })
          .count()) === 1,
    );
    await workbench.screenshots('unsealed');
  });

  test('the next opening says how many there were', async () => {
    await unseal('Cancel', 'It was opened once before');
    assert.equal((await session.verdicts()).length, 2);
  });

  test('a proposal with one more hunk by hand is judged better', async () => {
    const { workbench } = session;
    await workbench.tab('model.ts').click();
    await workbench.clickCodeLens('Improve Architecture');
    await workbench.codeLens('Reject All').waitFor({ timeout: 120_000 });
    await workbench.typeBehind('return model', ' // by hand');
    await until(
      'the hunk of the edit',
      async () => (await workbench.codeLens(/^\s*Accept\s*$/).count()) === 2,
    );
    await workbench.clickCodeLens('Accept All');
    better = await until(
      'its verdict',
      async () => (await attempts()).find(({ verdict }) => verdict === 'better')?.number,
      180,
    );
    await until('its row', async () =>
      (await workbench.treeItems('Attempts')).some(
        (item) => item.includes(`Attempt ${better},`) && item.includes('better'),
      ),
    );
  });

  test('Ablate Hunks tells which line paid, on its page, in the tree and in the history', async () => {
    const { workbench } = session;
    const before = (await session.verdicts()).length;
    await workbench.treeMenu(row(`#${better} `), 'Ablate Hunks');
    await until(
      'both ablations on the branch',
      async () => (await session.verdicts()).length === before + 2,
      120,
    );
    assert.deepEqual((await session.verdicts()).slice(0, 2).toSorted(), ['inconclusive', 'worse']);
    await until(
      'the message',
      async () =>
        (await (
          await workbench.notifications()
        )
          .filter({
            hasText: /Hunk 1 of 2: .* it pays.* Hunk 2 of 2: .*cannot tell whether it matters/,
          })
          .count()) === 1,
    );
    const page = await workbench.webview('Attempt');
    await page
      .locator('section', { hasText: 'Which line paid?' })
      .locator('li', { hasText: /Hunk 1 of 2: .* it pays/ })
      .waitFor();
    await workbench.expand(row(`#${better} `));
    await until('the hunks in the tree', async () =>
      (await workbench.treeItems('Attempts')).some((item) => item.includes('2 hunks')),
    );
    await workbench.screenshots('ablated');
  });

  test('Show Track Record counts what a check proposed, and holds nothing against it: it was measured', async () => {
    const { workbench } = session;
    await workbench.runCommand('Cortex: Show Track Record');
    const page = await until('the page', async () => {
      for (const frame of workbench.page.frames())
        if (
          await frame
            .locator('h1', { hasText: 'Track record of digits' })
            .count()
            .catch(() => 0)
        )
          return frame;
      return undefined;
    });
    const row = page.locator('table').first().locator('tbody tr').first();
    await row.waitFor();
    assert.equal(
      (await row.locator('td').allTextContents()).join(' '),
      'learning-rate-probe 1 1 0 0 0 – – – – –',
    );
    assert.deepEqual(await page.locator('h2').allTextContents(), ['By operator', 'By proposer']);
    await workbench.screenshots('track-record');
  });

  async function unseal(answer: string, told: string): Promise<void> {
    const { workbench } = session;
    await workbench.treeMenu(row('#0 '), 'Open Sealed Test');
    await workbench.page.locator('.monaco-dialog-box', { hasText: told }).waitFor();
    await workbench.clickDialogButton(answer);
    await workbench.page.locator('.monaco-dialog-box').waitFor({ state: 'hidden' });
  }

  /** Newest first. */
  async function attempts(): Promise<
    readonly { readonly number: string | undefined; readonly verdict: string | undefined }[]
  > {
    const values = ['Number', 'Verdict']
      .map((key) => `%(trailers:key=Cortex-${key},valueonly,separator=%x2C)`)
      .join(' ');
    return (await session.git('log', `--format=${values}`, 'cortex/digits'))
      .split('\n')
      .map((line) => line.split(' '))
      .map(([number, verdict]) => ({ number, verdict }));
  }

  function row(text: string): Locator {
    return session.workbench.treeRows('Attempts').filter({ hasText: text }).first();
  }
});
