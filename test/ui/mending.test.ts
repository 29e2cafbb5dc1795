import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { until } from '../until.ts';
import type { Session } from './session.ts';
import { openSession } from './session.ts';

describe(
  'what is set up wrong is mended by the button beside the words',
  { timeout: 240_000 },
  () => {
    let session: Session;

    before(async () => {
      session = await openSession({
        study: { epochs: 1, seeds: 1, judge: { maxSeeds: 2 } },
        settings: { 'cortex.baselineCheck': 'skip' },
      });
      await session.workbench.ready();
      await session.workbench.openFile('model.ts');
    });
    after(() => session.close());

    test('a wrong value opens the study file at its line, and is no red error', async () => {
      const { workbench, folder } = session;
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
  },
);
