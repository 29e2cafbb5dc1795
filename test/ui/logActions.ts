import type { Locator } from 'playwright-core';
import type { Session } from './session.ts';
import { until } from '../until.ts';

/** What a person sees and does around a log; `current` gives the session once it is open. */
export function logActions(current: () => Session) {
  const finding = (): Locator =>
    current()
      .workbench.treeRows('Diagnosis')
      .filter({ hasText: 'overfitting since epoch 9' })
      .first();

  const inView = async (wanted: RegExp): Promise<boolean> =>
    (await current().workbench.treeItems('Diagnosis')).some((item) => wanted.test(item));

  const activeTab = (): Promise<string | null> =>
    current()
      .workbench.page.locator('.editor-group-container.active .tab.active')
      .first()
      .getAttribute('data-resource-name');

  async function cursorAt(file: string, line: number): Promise<void> {
    await until(
      `the cursor in line ${line} of ${file}`,
      async () =>
        (await activeTab()) === file &&
        (await current().workbench.statusBar()).some((text) => text.includes(`Ln ${line},`)),
    );
  }

  async function editorMenu(entry: string): Promise<void> {
    const { page } = current().workbench;
    await page
      .locator(
        '.editor-group-container.active .editor-actions .action-label[aria-label^="More Actions"]',
      )
      .click();
    const item = page.locator('.context-view .action-label', { hasText: entry }).first();
    await item.waitFor();
    await current().workbench.chooseFromMenu(item);
  }

  async function inTerminal(command: string): Promise<void> {
    const { workbench } = current();
    const screen = workbench.page.locator('.terminal.xterm').first();
    if (!(await screen.isVisible())) await workbench.runCommand('Terminal: Create New Terminal');
    await screen.waitFor();
    await screen.click();
    await workbench.page.keyboard.type(`${command}\n`);
  }

  return { finding, inView, activeTab, cursorAt, editorMenu, inTerminal };
}
