import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { until } from '../until.ts';
import type { Session } from './session.ts';

/** A person with a table, a mouse, and nothing else; `current` gives the session. */
export const newModel = (current: () => Session): Promise<void> =>
  describe('from a table to a proposal by buttons alone', () => {
    /** An entry of the open list; looking at data takes its time. */
    const choose = async (label: string): Promise<void> => {
      const { page } = current().workbench;
      const row = page.locator('.quick-input-widget:visible .monaco-list-row', { hasText: label });
      await row.first().waitFor({ timeout: 90_000 });
      await until(`"${label}" to be taken`, async () => {
        if ((await row.count()) === 0) return true;
        await row
          .first()
          .click({ timeout: 5000 })
          .catch(() => undefined);
        return row
          .first()
          .waitFor({ state: 'hidden', timeout: 5000 })
          .then(
            () => true,
            () => false,
          );
      });
    };

    test('the menu of a table asks for target, language and model', async () => {
      const { workbench } = current();
      await workbench.openContainer('Explorer');
      const row = workbench.page.locator('.explorer-folders-view .monaco-list-row', {
        hasText: 'flowers.csv',
      });
      await workbench.treeMenu(row, 'New Model from Data');
      await workbench.page
        .locator('.quick-input-widget:visible .monaco-list-row', { hasText: 'likeliest' })
        .first()
        .waitFor({ timeout: 90_000 });
      await workbench.screenshot('new-model-target');
      await choose('likeliest');
      await choose('TypeScript');
      await choose('Try all three');
      await workbench.tab('model.ts').waitFor({ timeout: 180_000 });
      await workbench.screenshot('new-model-made');
    });

    test('what it wrote is a study that the terminal and the editor know', async () => {
      const folder = join(current().folder, 'flowers-model');
      const config: unknown = JSON.parse(await readFile(join(folder, 'cortex.json'), 'utf8'));
      assert.equal((config as { readonly data: unknown }).data, 'data.ts');
      assert.match(await readFile(join(folder, 'data.ts'), 'utf8'), /\.\.\/flowers\.csv/);
      assert.match(await readFile(join(folder, 'DATA.md'), 'utf8'), /chosen/);
      assert.ok(existsSync(join(folder, 'model.ts')));
    });

    test('and a proposal follows from its lens', async () => {
      const { workbench } = current();
      await workbench.tab('model.ts').click();
      await workbench.clickCodeLens('Improve Architecture');
      await workbench.codeLens('Reject All').waitFor({ timeout: 180_000 });
      await workbench.screenshot('new-model-review');
    });
  });
