import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { until } from '../until.ts';
import { logActions } from './logActions.ts';
import { epochs, lowest, overfitValues } from './logTexts.ts';
import type { Session } from './session.ts';

/** Its names say nothing. */
function lineOf(epoch: number): string {
  const [, fit = '', check = ''] =
    /loss: ([\d.]+) .* val_loss: ([\d.]+)/.exec(overfitValues(epoch)) ?? [];
  return `epoch ${epoch}/${epochs} fit=${fit} chk=${check} took 1.2s`;
}

const lines = Array.from({ length: epochs }, (_, index) => `${lineOf(index + 1)}\n`);

/** The log of a program that nobody knows. */
export const UNKNOWN = lines.join('');

/** `current` gives a session whose folder holds {@link UNKNOWN} as `unknown.log`. */
export const unknownLog = (current: () => Session): Promise<void> =>
  describe('a log whose numbers have names that nobody knows', () => {
    const { inView } = logActions(current);
    const studyFile = (): Promise<string> =>
      readFile(join(current().folder, 'cortex.json'), 'utf8');

    /** Clicks the number in the log and says what it is, again until the study file says so. */
    async function name(label: string, series: string): Promise<void> {
      const { workbench } = current();
      const { page } = workbench;
      const line = page.locator('.part.editor .view-line', {
        hasText: `epoch ${lowest}/${epochs} `,
      });
      const number = line.locator('span span', { hasText: label }).last();
      const entry = page.locator('.context-view .action-label', {
        hasText: 'This Number of the Log',
      });
      const row = page.locator(
        `.quick-input-widget:visible .monaco-list-row[aria-label="${series}"]`,
      );
      await until(`${label} to be ${series} in cortex.json`, async () => {
        if ((await studyFile()).includes(`(?<${series}>`)) return true;
        await page.keyboard.press('Escape');
        await number.click({ button: 'right' });
        const isThere = await entry
          .first()
          .waitFor()
          .then(
            () => true,
            () => false,
          );
        if (!isThere) return false;
        await workbench.chooseFromMenu(entry.first());
        await row.first().click();
        return undefined;
      });
    }

    test('is read by its shape, and says under which names', async () => {
      const { workbench } = current();
      await workbench.openContainer('Cortex');
      await workbench.openFile('unknown.log');
      await workbench.codeLens('fit, chk by epoch').waitFor();
      await until('its series', () => inView(/^chk, last/));
      await workbench.screenshots('log-unknown');
    });

    test('a click on a number names it; the study file and the view say so', async () => {
      const { workbench } = current();
      const [, check = ''] = / chk=([\d.]+)/.exec(lineOf(lowest)) ?? [];
      await name(check, 'val_loss');
      await workbench.codeLens('val_loss by epoch').waitFor();
      await until('the series', () => inView(/^val_loss, last/));
      const { logPattern } = JSON.parse(await studyFile()) as { readonly logPattern: string };
      const found = new RegExp(logPattern).exec(lineOf(lowest));
      assert.equal(found?.groups?.['val_loss'], check);
      assert.equal(found.groups['epoch'], String(lowest));
    });

    test('a second number is named beside the first, and the log is judged by both', async () => {
      const { workbench } = current();
      const [, fit = ''] = / fit=([\d.]+)/.exec(lineOf(lowest)) ?? [];
      await name(fit, 'loss');
      await until('its finding', () => inView(new RegExp(`overfitting since epoch ${lowest}`)), 60);
      await workbench.screenshots('log-named');
    });
  });
