/**
 * `node scripts/makePictures.ts`: the pictures of README and walkthrough, of the real views on the
 * folder that `npm run demo` leaves.
 */
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder } from '../src/adapters/files/cacheFolder.ts';
import { Workbench } from '../test/ui/workbench.ts';
import { launchVsCode, writeSettings } from '../test/vscode/launch.ts';
import { palettePng } from './palettePng.ts';

const root = process.cwd();
const folder = join(root, 'media', 'readme');
const size = { width: 1440, height: 860 };
await mkdir(folder, { recursive: true });

const settings = {
  'editor.fontSize': 12,
  'editor.minimap.enabled': false,
  'editor.stickyScroll.enabled': false,
};
const dataFolder = await mkdtemp(join(tmpdir(), 'cortex-pictures-'));
const code = await launchVsCode({
  dataFolder,
  settings,
  cache: cacheFolder(),
  workspaceFolder: join(root, '.demo', 'digits'),
  extensionDevelopmentPath: root,
});
const setTheme = (theme: string): Promise<void> =>
  writeSettings(dataFolder, { ...settings, 'workbench.colorTheme': theme });
const workbench = new Workbench(code.page, setTheme);
const { page } = workbench;
await workbench.ready();
await page.setViewportSize(size);
await workbench.openFile('model.ts');
await workbench.openContainer('Cortex');
await widenSidebar(150);
const curves = await workbench.webview('Curves');
await curves.locator('canvas').first().waitFor({ timeout: 60_000 });
await page.locator('.part.editor', { hasText: 'FLOPs' }).waitFor({ timeout: 60_000 });
await workbench.codeLens('best val_loss').waitFor({ timeout: 60_000 });
await fold('Diagnosis');
await pictures('lens');

await fold('Curves');
await workbench.treeRows('Attempts').nth(1).click();
await page.keyboard.press('ArrowRight');
await pictures('history');
await page.keyboard.press('ArrowLeft');

await workbench.runCommand('Cortex: Show Study');
const study = await workbench.webview('Study');
await study.getByRole('tab', { name: 'Progress' }).click();
await study.locator('[role=tabpanel]:not([hidden]) canvas').first().waitFor();
await picture('study');
await workbench.runCommand('View: Close Editor');

await workbench.openFile('model.ts');
await workbench.clickCodeLens('Improve Architecture');
await workbench.tab('Review of model.ts').waitFor({ timeout: 180_000 });
await workbench.codeLens('Accept All').first().waitFor({ timeout: 30_000 });
await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
await pictures('review');
await workbench.openContainer('Cortex');

await workbench.openFile('train_log.txt');
await workbench.clickCodeLens('Diagnose');
await workbench.treeRows('Diagnosis').nth(6).waitFor({ timeout: 60_000 });
await fold('Attempts');
await picture('log');

await page.locator('.part.sidebar .pane-header', { hasText: 'Attempts' }).locator('.title').click();
await workbench.runCommand('Cortex: Apply to My File');
await workbench.pick('better');
await workbench.tab('model.ts').waitFor();
await fold('Diagnosis');
await pictures('applied');
await drawIcon();
await code.close();

/** The same in both kinds of theme; what the walkthrough shows has to suit the user's. */
async function pictures(name: string): Promise<void> {
  await setTheme('Light Modern');
  await page.locator('.monaco-workbench.vs').waitFor();
  await picture(`${name}-light`);
  await setTheme('Dark Modern');
  await page.locator('.monaco-workbench.vs-dark').waitFor();
  await picture(name);
}

/** With the mouse where nothing answers it, and after everything that moves has come to rest. */
async function picture(name: string): Promise<void> {
  await page.mouse.move(size.width - 100, size.height - 60);
  await page.waitForTimeout(2500);
  await writeFile(join(folder, `${name}.png`), palettePng(await page.screenshot()));
}

/** Leaves the sidebar to the other views. */
async function fold(view: string): Promise<void> {
  const header = page.locator('.part.sidebar .pane-header.expanded', { hasText: view });
  if ((await header.count()) > 0) await header.locator('.title').click();
}

/** Drags the border between sidebar and editor. */
async function widenSidebar(by: number): Promise<void> {
  const box = await page.locator('.part.sidebar').boundingBox();
  if (!box) throw new Error('The sidebar is not on the screen.');
  const [x, y] = [box.x + box.width, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + by, y, { steps: 8 });
  await page.mouse.up();
}

/** The icon of the Marketplace, out of the one of the activity bar. */
async function drawIcon(): Promise<void> {
  const svg = await readFile(join(root, 'media', 'cortex.svg'), 'utf8');
  await page.setViewportSize({ width: 256, height: 256 });
  const style = 'body{margin:24px;background:#10243e;color:#7cc4ff}svg{width:208px;height:208px}';
  await page.setContent(`<style>${style}</style>${svg}`);
  await page.screenshot({ path: join(root, 'media', 'icon.png') });
}
