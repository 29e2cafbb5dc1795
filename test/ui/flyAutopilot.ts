import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import type { Locator } from 'playwright-core';
import { autopilotStateSchema, type AutopilotState } from '../../src/record/autopilotState.ts';
import { until } from '../until.ts';
import type { Session } from './session.ts';

/** Starts an autopilot, says all its words by clicks, and closes the window meanwhile. */
export async function flyAutopilot(session: Session): Promise<void> {
  const { workbench } = session;
  const model = await session.modelOnDisk();
  await openView(session);
  await row(session, /does not run|not started/).waitFor();
  await workbench.runCommand('Cortex: Start Autopilot');
  await answer(session, 'Start Autopilot on digits', '8');
  await row(session, /measure: The model file as it is was not trained/).waitFor({
    timeout: 120_000,
  });
  const first = await atWork(session, null);
  await workbench.runCommand('Cortex: Pause Autopilot');
  await row(session, /paused/).waitFor();
  await workbench.runCommand('Cortex: Resume Autopilot');
  await row(session, /measure: /).waitFor();
  await workbench.expand(row(session, /measure: /));
  await row(session, /cycle 1: measure/).waitFor();
  await workbench.screenshots('autopilot');
  await closeWindow(session, first);
  await atWork(session, first);
  await openView(session);
  await row(session, /measure: /).waitFor({ timeout: 120_000 });
  await workbench.runCommand('Cortex: Stop Autopilot');
  await row(session, /does not run/).waitFor({ timeout: 120_000 });
  const { cycles } = await stateOf(session);
  assert.equal(cycles[0]?.end, 'interrupted', 'the window took it along');
  assert.equal(cycles.at(-1)?.end, 'stopped');
  await workbench.runCommand('Cortex: Show Autopilot Report');
  await workbench.page.locator('.tab', { hasText: 'Autopilot Report' }).waitFor();
  await until('the page to tell of the cycles', async () => {
    const texts = workbench.page.frames().map((frame) =>
      frame
        .locator('body')
        .innerText({ timeout: 1000 })
        .catch(() => ''),
    );
    return /Autopilot of digits[\s\S]*interrupted[\s\S]*stopped/.test(
      (await Promise.all(texts)).join(),
    );
  });
  await workbench.screenshots('autopilot-report');
  assert.equal(await session.modelOnDisk(), model);
  assert.equal(await session.git('status', '--porcelain'), '', 'the folder is as it was');
}

/** Closes the window, as one that takes its tasks along, and opens it again. */
async function closeWindow(session: Session, owner: string): Promise<void> {
  const { page } = session.workbench;
  const url = page.url();
  await page.goto('about:blank');
  await until('the window to be gone', () => extensionHosts(session).length === 0, 60);
  const { pid } = JSON.parse(owner) as { readonly pid: number };
  if (processes().some((each) => each.pid === pid)) process.kill(pid, 'SIGKILL');
  await until('the task to be gone', () => processes().every((each) => each.pid !== pid), 60);
  await page.goto(url);
  await session.workbench.page.locator('.monaco-workbench .part.statusbar').waitFor();
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

const processes = (): readonly Process[] =>
  execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .flatMap((found) =>
      found ? [{ pid: Number(found[1]), parent: Number(found[2]), command: found[3] ?? '' }] : [],
    );

/** Those of the session's own server. */
function extensionHosts({ temporary }: Session): readonly Process[] {
  const all = processes();
  const servers = all.filter(({ command }) => command.includes(temporary)).map(({ pid }) => pid);
  return all.filter(
    ({ parent, command }) => servers.includes(parent) && command.includes('extensionHost'),
  );
}

const row = ({ workbench }: Session, text: RegExp): Locator =>
  workbench.treeRows('Autopilot').filter({ hasText: text }).first();

/** Opens the sidebar and the view in it, which is shut at first. */
async function openView({ workbench }: Session): Promise<void> {
  await workbench.openContainer('Cortex');
  const header = workbench.page.locator('.pane-header', { hasText: 'Autopilot' });
  await until('the view to be open', async () => {
    if ((await header.getAttribute('aria-expanded')) === 'true') return true;
    await header.click({ timeout: 5000 }).catch(() => undefined);
    return false;
  });
}

/** Answers the question of this title, until it is taken; no word of the palette is like it. */
async function answer(
  { workbench: { page } }: Session,
  title: string,
  text: string,
): Promise<void> {
  const box = page.locator('.quick-input-widget:visible', { hasText: title });
  await box.waitFor();
  await until('the answer to be taken', async () => {
    if (!(await box.isVisible())) return true;
    await box
      .locator('input[type=text]')
      .fill(text, { timeout: 5000 })
      .catch(() => undefined);
    await page.keyboard.press('Enter');
    return box.waitFor({ state: 'hidden', timeout: 3000 }).then(
      () => true,
      () => false,
    );
  });
}

async function stateOf({ git }: Session): Promise<AutopilotState> {
  const text = await git('show', 'refs/cortex/autopilot/digits:autopilot.json');
  return autopilotStateSchema.parse(JSON.parse(text));
}

/** Waits for a process, another than `before`, that has begun a trial; in its own words. */
const atWork = (session: Session, before: string | null): Promise<string> =>
  until(
    'an autopilot at work',
    async () => {
      const state = await stateOf(session).catch(() => null);
      const cycle = state?.cycles.at(-1);
      const isNew = state !== null && state.owner !== null && state.owner !== before;
      return isNew && cycle?.end === 'running' && cycle.attempts.length > 0
        ? state.owner
        : undefined;
    },
    120,
  );
