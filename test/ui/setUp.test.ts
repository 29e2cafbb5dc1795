import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { until } from '../until.ts';
import { openSession } from './session.ts';

test(
  'a model and a table that nothing joins: one form, filled, and what was asked goes on to its verdict',
  { timeout: 400_000 },
  async () => {
    const session = await openSession({
      project: 'unset',
      settings: { 'cortex.baselineCheck': 'skip' },
    });
    try {
      const { workbench, folder } = session;
      await workbench.ready();
      await workbench.openFile('network.js');
      await workbench.clickCodeLens('Improve Architecture');
      const form = workbench.page.locator('.quick-input-widget:visible');
      const rows = form.locator('.monaco-list-row');
      await rows
        .filter({ hasText: 'Write cortex.json and Continue' })
        .waitFor({ timeout: 120_000 });
      await workbench.screenshots('set-up');
      const shown = (await rows.allInnerTexts()).join('\n').replaceAll('\u00a0', ' ');
      for (const words of [
        /Function: createModel/,
        /Data: flowers\.csv/,
        /Target: kind/,
        /Task: classification/,
        /Epochs: 20\s*nobody says it: this is taken/,
        /Batch: 32/,
        /Objective: val_loss/,
      ])
        assert.match(shown, words);
      await workbench.pick('Write cortex.json and Continue');
      await workbench.codeLens('Accept All and Train').waitFor({ timeout: 200_000 });
      const written: unknown = JSON.parse(await readFile(join(folder, 'cortex.json'), 'utf8'));
      assert.deepEqual(written, {
        model: 'network.js',
        builder: 'createModel',
        data: { csv: 'flowers.csv', target: 'kind', task: 'classification' },
        epochs: 20,
        batchSize: 32,
        objective: { metric: 'val_loss', direction: 'minimize' },
      });
      await workbench.clickCodeLens('Accept All and Train');
      await until('the verdict', async () => (await session.verdicts()).length === 2, 200);
    } finally {
      await session.close();
    }
  },
);
