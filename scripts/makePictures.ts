/** `node scripts/makePictures.ts`: the README's pictures, of the real views on the folder that `npm run demo` leaves. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../src/files/cacheFolder.ts';
import { Workbench } from '../test/ui/workbench.ts';
import { launchVsCode } from '../test/vscode/launch.ts';

const root = process.cwd();
const pictures = join(root, 'media', 'readme');
await mkdir(pictures, { recursive: true });

const code = await launchVsCode({ cache: cacheFolder(), workspaceFolder: join(root, '.demo', 'digits'), extensionDevelopmentPath: root });
const workbench = new Workbench(code.page);
const { page } = workbench;
await workbench.ready();
await page.setViewportSize({ width: 1280, height: 720 });
await workbench.openFile('model.ts');
await workbench.openContainer('Cortex');
await widenSidebar(170);
const rows = workbench.treeRows('Attempts');
await rows.nth(1).click();
await page.keyboard.press('ArrowRight');
await page.waitForTimeout(1500);
await page.screenshot({ path: join(pictures, 'history.png') });

await page.keyboard.press('ArrowLeft');
await workbench.clickCodeLens('Improve Architecture');
await workbench.tab('Review of model.ts').waitFor({ timeout: 90_000 });
await workbench.codeLens('Accept All').first().waitFor({ timeout: 30_000 });
await page.waitForTimeout(1500);
await page.screenshot({ path: join(pictures, 'review.png') });
await workbench.openFile('train_log.txt');
await workbench.clickCodeLens('Diagnose');
await workbench.treeRows('Diagnosis').nth(6).waitFor({ timeout: 60_000 });
await foldOthers();
await page.waitForTimeout(1500);
await page.screenshot({ path: join(pictures, 'log.png') });
await code.close();

/** Leaves the sidebar to the Diagnosis view. */
async function foldOthers(): Promise<void> {
  for (const view of ['Attempts', 'Curves']) {
    const header = page.locator('.part.sidebar .pane-header.expanded', { hasText: view });
    if ((await header.count()) > 0) await header.locator('.title').click();
  }
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
