import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Attempt } from '../../src/record/attempt.ts';
import { until } from '../until.ts';
import type { Session } from './session.ts';
import { openSession } from './session.ts';
import { severalBuilders, TWO } from './severalBuilders.ts';

describe(
  'what is not clear is asked, and what is set up wrong is mended by the button beside the words',
  { timeout: 240_000 },
  () => {
    let session: Session;

    before(async () => {
      session = await openSession({
        study: { epochs: 1, seeds: 1, judge: { maxSeeds: 2 } },
        settings: { 'cortex.baselineCheck': 'skip' },
      });
      await writeFile(join(session.folder, 'two.ts'), TWO);
      await session.workbench.ready();
    });
    after(() => session.close());

    void severalBuilders(() => session);

    test('a wrong value opens the study file at its line, and is no red error', async () => {
      const { workbench, folder } = session;
      await workbench.openFile('model.ts');
      const path = join(folder, 'cortex.json');
      const text = await readFile(path, 'utf8');
      await writeFile(path, text.replace(/"epochs": *1/, '"epochs": "many"'));
      await workbench.clickCodeLens('Train');
      const told = await workbench.notification(/epochs/);
      assert.equal(await told.locator('.codicon-error').count(), 0);
      await workbench.screenshots('mending-value');
      await told.locator('.monaco-button', { hasText: 'Open the File' }).click();
      await workbench.tab('cortex.json').waitFor();
      const line = text.split('\n').findIndex((each) => each.includes('"epochs"')) + 1;
      await until('the cursor on the line', async () =>
        (await workbench.statusBar()).some((item) => item.includes(`Ln ${line},`)),
      );
      await writeFile(path, text);
      await workbench.runCommand('Notifications: Clear All Notifications');
    });

    test('a folder without a repository becomes one, and what was asked goes on', async () => {
      const { workbench, folder } = session;
      await rm(join(folder, '.git'), { recursive: true });
      const path = join(folder, 'cortex.json');
      const config = JSON.parse(await readFile(path, 'utf8')) as Readonly<Record<string, object>>;
      const objective = { ...config['objective'], at: 'best' };
      await writeFile(path, JSON.stringify({ ...config, objective }));
      await workbench.tab('model.ts').click();
      await workbench.clickCodeLens('Train');
      const told = await workbench.notification(/git repository/);
      await told.locator('.monaco-button', { hasText: 'Initialize Repository…' }).click();
      await workbench.clickDialogButton('Initialize Repository');
      await until(
        'the baseline that was asked for',
        async () => (await session.verdicts().catch((): string[] => [])).includes('baseline'),
        120,
      );
    });

    test('what of a run counts is as the study file says, and its page says it', async () => {
      const { workbench } = session;
      await workbench.openContainer('Cortex');
      // What was recorded before the repository was new is gone.
      await workbench.runCommand('Cortex: Refresh History');
      const row = workbench.treeRows('Attempts').filter({ hasText: '#0 ' });
      await until('the baseline alone', async () => (await row.count()) === 1, 60);
      await workbench.idle();
      await row.click();
      const page = await workbench.webview('Attempt');
      await page.getByText('counts as that of the best epoch.').first().waitFor();
    });

    test('a comment and white space make no other model: Train gives it one seed more', async () => {
      const { workbench } = session;
      await workbench.openFile('model.ts');
      await until('the comment in the file', async () => {
        if ((await session.modelOnDisk()).includes('// no news')) return true;
        if (!(await workbench.editorText()).includes('// no news'))
          await workbench.typeBehind('return model', '   // no news');
        await workbench.page.keyboard.press('Control+S');
        return false;
      });
      await workbench.clickCodeLens('Train');
      await until('what was trained', async () => (await session.verdicts()).length === 2, 120);
      const record = JSON.parse(
        await session.git('show', 'cortex/digits:.cortex/attempt.json'),
      ) as Attempt;
      assert.equal(record.parents.length, 1, 'it stands under the baseline');
      assert.deepEqual(
        record.trials.map(({ seed }) => seed),
        [1, 2],
      );
      await workbench.idle();
      const rows = workbench.treeRows('Attempts');
      await rows.filter({ hasText: '#1 ' }).waitFor({ timeout: 60_000 });
      const first = (await workbench.treeItems('Attempts')).filter((label) =>
        /^(best|baseline), /.test(label),
      );
      assert.ok(
        first.length > 0 && first.every((label) => label.includes('Attempt 0')),
        first.join('\n'),
      );
    });
  },
);
