import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { until } from '../until.ts';
import type { Session } from './session.ts';

/** Clicks again, should a click be lost, until what it brings is there. */
export const clickUntil = (button: Locator, brought: Locator): Promise<boolean> =>
  until(
    'what a click brings',
    async () => {
      if (!(await brought.isVisible()))
        await button.click({ timeout: 10_000 }).catch(() => undefined);
      return brought.waitFor({ timeout: 10_000 }).then(
        () => true,
        () => false,
      );
    },
    90,
  );

/** An entry of the list of formats. */
export interface Format {
  readonly label: string;
  readonly format: 'tfjs' | 'keras' | 'torch';
}

/** Answers the open list of formats and the question for a folder; returns what was written. */
export async function exportAs(session: Session, { label, format }: Format): Promise<string> {
  const { workbench, temporary } = session;
  await workbench.pick(label);
  await workbench.typePath(temporary, 'Export Into This Folder');
  const written = new RegExp(`^[\\w-]+-\\d+-${format}$`);
  const name = await until(
    'the export',
    async () => (await readdir(temporary)).find((each) => written.test(each)),
    300,
  );
  assert.equal((await session.git('status', '--porcelain')).includes(name), false);
  return join(temporary, name);
}

/** Exports the attempt whose page is open by its button, and looks at what was written. */
export async function exportByButton(session: Session): Promise<void> {
  const { workbench } = session;
  const attempt = await workbench.webview('Attempt');
  await clickUntil(
    attempt.getByRole('button', { name: 'Export Model…' }),
    workbench.page.locator('.quick-input-widget .monaco-list-row', { hasText: '8 bits' }).first(),
  );
  const folder = await exportAs(session, { label: 'TensorFlow.js, 8 bits', format: 'tfjs' });
  assert.deepEqual((await readdir(folder)).sort(), [
    'MODEL_CARD.md',
    'group1-shard1of1.bin',
    'model.json',
    'preprocessing.json',
  ]);
  const card = await readFile(join(folder, 'MODEL_CARD.md'), 'utf8');
  assert.match(card, /Format tfjs, weights uint8[\s\S]*compared on 100 rows/);
}

/** Opens the card of the last export from its notification. */
export async function openCard({ workbench }: Session): Promise<void> {
  await clickUntil(
    (await workbench.notifications()).getByRole('button', { name: 'Show the Card' }).first(),
    workbench.tab('MODEL_CARD.md'),
  );
}
