import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { until } from '../until.ts';
import type { Session } from './session.ts';

/** Waits until the first attempt of the tree and the lens above the builder tell one best. */
export async function oneBest({ workbench }: Session): Promise<void> {
  await until('one best, in the tree and above the builder', async () => {
    const first = await textOf(workbench.treeRows('Attempts').nth(1));
    const [value] = /[\d.]+ ± [\d.e-]+/.exec(first) ?? [''];
    const shown = await textOf(workbench.codeLens('best val_loss').first());
    return value !== '' && shown.includes(value);
  });
}

/** The Effects of the open Study page: which operators helped, and which numbers of a search. */
export async function effectsTold({ workbench }: Session): Promise<void> {
  const study = await workbench.webview('Study');
  await study.getByRole('tab', { name: 'Effects' }).click();
  await study.locator('.heat thead th', { hasText: 'on the whole' }).waitFor();
  const bars = study.locator('.importance');
  await bars.first().waitFor();
  assert.match(await bars.first().innerText(), /learning rate\s+9\d %/);
  await workbench.screenshots('study-effects');
}

/** Its text, whatever spaces stand in it. */
const textOf = async (place: Locator): Promise<string> =>
  (await place.innerText()).replaceAll(/\s/g, ' ');
