import { afterEach } from 'node:test';
import type { Workbench } from './workbench.ts';

const open = new Set<Workbench>();

/** Where a message, a question or a lost tab would be seen. */
const PLACES = {
  dialog: '.monaco-dialog-box',
  'quick input': '.quick-input-widget:visible',
  tabs: '.tabs-container .tab',
  lenses: '.part.editor .codelens-decoration a',
  notifications: '.notification-list-item',
  'status bar': '.part.statusbar .statusbar-item.left',
};

/** Until it is taken back, a failed test says what this window shows, and leaves a picture. */
export function tellAtFailure(workbench: Workbench): () => void {
  open.add(workbench);
  return () => open.delete(workbench);
}

afterEach(async (context) => {
  if (!('passed' in context) || context.passed) return;
  for (const workbench of open) {
    console.error(`“${context.name}” failed. The window showed:\n${await shownIn(workbench)}`);
    await workbench.screenshot(`failed-${context.name.replace(/\W+/g, '-').slice(0, 60)}`);
  }
});

async function shownIn({ page }: Workbench): Promise<string> {
  const lines = Object.entries(PLACES).map(async ([name, place]) => {
    const texts = await page.locator(place).allInnerTexts();
    return `  ${name}: ${texts.map((text) => text.replace(/\s+/g, ' ')).join(' | ')}`;
  });
  return (await Promise.all(lines)).join('\n');
}
