import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame, Locator, Page } from 'playwright-core';
import { until } from '../until.ts';

/**
 * The three kinds of theme every view has to look right in: how settings name them, and how the
 * workbench shows which it has.
 */
const themes = {
  light: { name: 'Light Modern', shown: 'vs' },
  contrast: { name: 'Default High Contrast', shown: 'hc-black' },
  dark: { name: 'Dark Modern', shown: 'vs-dark' },
} as const;

/** The window of a session, and those in which a view has to be whole, too. */
const WHOLE = { width: 1400, height: 900 };
const sizes = {
  zoomed: { width: WHOLE.width / 2, height: WHOLE.height / 2 },
  narrow: { width: 620, height: WHOLE.height },
} as const;

/**
 * The part of a DOM element that is looked at here: the tests are compiled without the DOM's types.
 */
interface Styled {
  readonly style: { readonly top: string };
}

/** For a click that found nothing: whoever asks looks at its effect, and clicks again. */
const ignore = (): void => undefined;

/** How a person sees and uses VS Code: every method is a click, a key or a look at the screen. */
export class Workbench {
  readonly page: Page;
  readonly #setTheme: (name: string) => Promise<void>;

  /** `setTheme` writes the user's settings: the theme picker takes the focus, and longer. */
  constructor(page: Page, setTheme: (name: string) => Promise<void>) {
    this.page = page;
    this.#setTheme = setTheme;
  }

  /** Waits until the workbench stands and its extension host answers. */
  async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor();
    await this.page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
  }

  /** Runs a command by its palette title. */
  async runCommand(title: string): Promise<void> {
    await this.choose(`>${title}`, title);
  }

  /** Whether the palette has a command of this title now. */
  async offersCommand(title: string): Promise<boolean> {
    await this.quickOpen(`>${title}`);
    const row = this.quickInput.locator('.monaco-list-row', { hasText: title }).first();
    const others = this.quickInput.locator('.monaco-list-row', {
      hasText: /similar commands|No matching/,
    });
    await row.or(others).first().waitFor();
    const isOffered = await row.isVisible();
    await this.page.keyboard.press('Escape');
    return isOffered;
  }

  /** Opens a file of the workspace by its name. */
  async openFile(name: string): Promise<void> {
    await this.choose(name, name);
    await this.tab(name).waitFor();
  }

  /** Asks the quick input, and takes what it finds; again, should an editor that opens close it. */
  private async choose(text: string, label: string): Promise<void> {
    await until(
      `"${label}" to be chosen`,
      async () => {
        await this.quickOpen(text);
        return this.entry(label)
          .click({ timeout: 6000 })
          .then(
            () => true,
            () => false,
          );
      },
      180,
    );
  }

  /**
   * Opens the quick input by a click in the title bar, which works wherever the focus is; again,
   * should something take the focus away. One that is open covers what opens it.
   */
  private async quickOpen(text: string): Promise<void> {
    const input = this.quickInput.locator('input[type=text]');
    await until(`the quick input to stay open for "${text}"`, async () => {
      if (!(await input.isVisible()))
        await this.page.locator('.command-center-center').click({ timeout: 10_000 }).catch(ignore);
      return input.fill(text, { timeout: 3000 }).then(
        () => true,
        () => false,
      );
    });
  }

  private get quickInput(): Locator {
    return this.page.locator('.quick-input-widget:visible');
  }

  /** Chooses the first entry of the open quick input that contains `label`. */
  async pick(label: string): Promise<void> {
    await this.entry(label).click();
  }

  private entry(label: string): Locator {
    return this.quickInput.locator('.monaco-list-row', { hasText: label }).first();
  }

  /**
   * Answers the open question for a file or folder with a path and the button's label; again, as
   * long as the list still changes under it.
   */
  async typePath(path: string, button: string): Promise<void> {
    const input = this.quickInput.locator('input[type=text]');
    const accept = this.quickInput.locator('.monaco-button', { hasText: button });
    await accept.waitFor();
    await until('the answer to be taken', async () => {
      if ((await accept.count()) === 0) return true;
      await input.fill(`${path}/`);
      await this.page.waitForTimeout(1500);
      if ((await input.inputValue()) !== `${path}/`) return false;
      await accept.click();
      return accept.waitFor({ state: 'hidden', timeout: 3000 }).then(
        () => true,
        () => false,
      );
    });
  }

  /** A tab by its label. */
  tab(label: string): Locator {
    return this.page.locator(`.tabs-container .tab[data-resource-name="${label}"]`);
  }

  /** Closes the tab in front, once it is the one whose label holds `words`. */
  async closeTab(words: string | RegExp): Promise<void> {
    const front = '.editor-group-container.active .tabs-container .tab.active';
    await this.page.locator(front, { hasText: words }).waitFor();
    const tabs = this.page.locator('.tabs-container .tab');
    const count = await tabs.count();
    await this.runCommand('View: Close Editor');
    await until(`the tab "${words}" closed`, async () => (await tabs.count()) < count);
  }

  /** Clicks the nth CodeLens that contains `text`. */
  async clickCodeLens(text: string, index = 0): Promise<void> {
    await this.codeLens(text).nth(index).click();
  }

  /** The CodeLens links that contain `text`. */
  codeLens(text: string | RegExp): Locator {
    return this.page.locator('.part.editor .codelens-decoration a', { hasText: text });
  }

  /** Types at the end of the last line that holds `line`. */
  async typeBehind(line: string, text: string): Promise<void> {
    await this.page.locator('.part.editor .view-line', { hasText: line }).last().click();
    await this.page.keyboard.press('End');
    await this.page.keyboard.type(text);
  }

  /** The visible lines of the active editor, top to bottom. */
  async editorText(): Promise<string> {
    const lines = this.page.locator('.editor-group-container.active .monaco-editor .view-line');
    const placed = await lines.evaluateAll((nodes) =>
      nodes.map((node) => ({
        top: parseFloat((node as unknown as Styled).style.top),
        text: node.textContent,
      })),
    );
    return placed
      .sort((a, b) => a.top - b.top)
      .map(({ text }) => text.replaceAll('\u00a0', ' '))
      .join('\n');
  }

  /** The rows of a tree view, as assistive technology reads them. */
  async treeItems(view: string): Promise<string[]> {
    const rows = this.treeRows(view);
    return rows.evaluateAll((nodes) =>
      nodes.map((node) => node.getAttribute('aria-label') ?? node.textContent),
    );
  }

  /** The rows of a tree view; it has to be visible. */
  treeRows(view: string): Locator {
    return this.page
      .locator('.pane', { has: this.page.locator('.pane-header', { hasText: view }) })
      .locator('.monaco-list-row');
  }

  /** Opens the children of a tree row; again, should the tree be drawn anew under the click. */
  async expand(row: Locator): Promise<void> {
    await until('the row to be expanded', async () => {
      if ((await row.getAttribute('aria-expanded')) === 'true') return true;
      await row.locator('.monaco-tl-twistie').click({ timeout: 5000 }).catch(ignore);
      return false;
    });
  }

  /** The page of a webview by its title, however VS Code nests it. */
  async webview(title: string): Promise<Frame> {
    return until(`the webview "${title}"`, async () => {
      for (const frame of this.page.frames()) {
        const found = await frame
          .locator(`main[aria-label="${title}"]`)
          .count()
          .catch(() => 0);
        if (found > 0) return frame;
      }
      return undefined;
    });
  }

  /** Waits until a rendered preview holds a text; it is a webview, and not the only one. */
  async preview(text: string): Promise<void> {
    await until(`“${text}” on a page`, async () => {
      const counts = await Promise.all(
        this.page.frames().map((frame) =>
          frame
            .getByText(text)
            .count()
            .catch(() => 0),
        ),
      );
      return counts.some((count) => count > 0);
    });
  }

  /** Opens the context menu of a tree row and chooses an entry. */
  async treeMenu(row: Locator, entry: string): Promise<void> {
    const item = this.page.locator('.context-view .action-label', { hasText: entry }).first();
    // A row that moves as the tree is drawn again takes no menu, or another row's opens: one closes
    // it and asks again.
    await until(`the menu entry "${entry}"`, async () => {
      await row.click({ button: 'right' });
      const isThere = await item.waitFor({ timeout: 4000 }).then(
        () => true,
        () => false,
      );
      if (!isThere) await this.page.keyboard.press('Escape');
      return isThere;
    });
    await this.chooseFromMenu(item);
  }

  /**
   * Chooses from the menu of a row until what it brings is there. Where the row was drawn anew
   * meanwhile, VS Code passes none, and the command asks which is meant.
   */
  async treeMenuFor(row: Locator, entry: string, brought: Locator): Promise<void> {
    const asked = this.page.locator('.quick-input-widget:visible', { hasText: `${entry} –` });
    await until(
      `what "${entry}" brings`,
      async () => {
        await this.treeMenu(row, entry);
        await brought.or(asked).first().waitFor({ timeout: 120_000 });
        if (await brought.first().isVisible()) return true;
        await this.page.keyboard.press('Escape');
        return false;
      },
      300,
    );
  }

  /**
   * Clicks an entry of an open menu until the menu is gone: one that has just opened takes a click
   * for the end of the one that opened it.
   */
  async chooseFromMenu(item: Locator): Promise<void> {
    await until('the menu to be gone', async () => {
      await item.click({ timeout: 2000 }).catch(ignore);
      return item.waitFor({ state: 'hidden', timeout: 1000 }).then(
        () => true,
        () => false,
      );
    });
  }

  /** Texts of the status bar, left to right. */
  async statusBar(): Promise<string[]> {
    return this.page
      .locator('.part.statusbar .statusbar-item')
      .evaluateAll((nodes) =>
        nodes.map((node) => node.getAttribute('aria-label') ?? node.textContent),
      );
  }

  /** Waits until nothing of Cortex runs or waits: its item in the status bar is gone. */
  async idle(): Promise<void> {
    await until('Cortex to be idle', async () =>
      (await this.statusBar()).every((text) => !text.includes('Cortex')),
    );
  }

  /** The notifications, in their centre: with its test driver on, VS Code shows no toasts. */
  async notifications(): Promise<Locator> {
    const centre = this.page.locator('.notifications-center.visible');
    const bell = this.page.locator('.statusbar-item[id="status.notifications"]');
    await until('the centre of the notifications', async () => {
      if (await centre.isVisible()) return true;
      await bell.click({ timeout: 5000 }).catch(ignore);
      // A second click too soon would shut it again.
      return centre.waitFor({ timeout: 5000 }).then(
        () => true,
        () => false,
      );
    });
    // The tooltip of the bell stays while the mouse is on it, and lies on the buttons.
    await this.page.mouse.move(0, 0);
    return centre.locator('.notification-list-item');
  }

  /** A notification by its words; the centre is opened again, should it close meanwhile. */
  async notification(words: RegExp): Promise<Locator> {
    return until(
      `the notification ${words}`,
      async () => {
        const told = (await this.notifications()).filter({ hasText: words }).first();
        return (await told.count()) > 0 ? told : undefined;
      },
      60,
    );
  }

  /** Clicks a button of an open dialog. */
  async clickDialogButton(text: string): Promise<void> {
    await this.page.locator('.monaco-dialog-box .monaco-button', { hasText: text }).first().click();
  }

  /** Opens a view container from the activity bar, unless it is open. */
  async openContainer(title: string): Promise<void> {
    const icon = this.page.locator('.activitybar .action-item', {
      has: this.page.locator(`a[aria-label^="${title}"]`),
    });
    const opened = this.page.locator('.activitybar .action-item.checked', {
      has: this.page.locator(`a[aria-label^="${title}"]`),
    });
    await until(`the view container "${title}"`, async () => {
      if ((await opened.count()) > 0) return true;
      await icon.click();
      // A second click too soon would shut it again.
      return opened.waitFor({ timeout: 5000 }).then(
        () => true,
        () => false,
      );
    });
  }

  /**
   * Saves a picture to `.screenshots/<name>-<theme>.png`: in each kind of theme, at 200 % and in a
   * narrow window where they are asked for (`CORTEX_THEMES=all`), else in the dark one, which all
   * sessions have.
   */
  async screenshots(name: string): Promise<void> {
    if (process.env['CORTEX_THEMES'] !== 'all') return this.screenshot(`${name}-dark`);
    for (const kind of ['light', 'contrast', 'dark'] as const) {
      await this.#wear(kind);
      // The colours change one after the other.
      await this.page.waitForTimeout(700);
      await this.screenshot(`${name}-${kind}`);
    }
    for (const [kind, size] of Object.entries(sizes)) {
      await this.page.setViewportSize(size);
      await this.page.waitForTimeout(700);
      await this.screenshot(`${name}-${kind}`);
    }
    await this.page.setViewportSize(WHOLE);
  }

  /** Looks at something in high contrast, and goes back to the dark theme of all sessions. */
  async inContrast(look: () => Promise<void>): Promise<void> {
    await this.#wear('contrast');
    await look();
    await this.#wear('dark');
  }

  async #wear(kind: keyof typeof themes): Promise<void> {
    await this.#setTheme(themes[kind].name);
    await this.page.locator(`.monaco-workbench.${themes[kind].shown}`).waitFor();
  }

  /** Saves a picture to `.screenshots/<name>.png`. */
  async screenshot(name: string): Promise<void> {
    const folder = join(process.cwd(), '.screenshots');
    await mkdir(folder, { recursive: true });
    await this.page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
  }
}
