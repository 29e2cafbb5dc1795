import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { run } from '../vscode/run.ts';
import type { Session } from './session.ts';
import { openSession } from './session.ts';
import { until } from '../until.ts';

/** Somebody new, who does what the walkthrough says and nothing else. */
describe('the walkthrough', { timeout: 600_000 }, () => {
  let session: Session;
  let example = '';

  before(async () => {
    session = await openSession();
    await session.workbench.ready();
    example = join(session.temporary, 'somewhere', 'cortex-digits');
    await mkdir(join(example, '..'));
  });
  after(() => session.close());

  test('opens the example in a place of one’s own, and is there again beside its model', async () => {
    const { workbench } = session;
    await workbench.runCommand('Welcome: Open Walkthrough');
    await workbench.pick('From a sample to a first improvement');
    await clickStep('Open the Digits Example');
    await workbench.typePath(join(example, '..'), 'Put the Example Here');
    await workbench.ready();
    await workbench.tab('model.ts').waitFor();
    await stepButton('Improve Architecture').waitFor();
    const git = (...args: string[]): Promise<string> => run('git', args, { cwd: example });
    assert.equal((await git('log', '--format=%s')).trim(), 'The digits example');
    assert.equal(await git('status', '--porcelain'), '');
    await workbench.screenshots('walkthrough');
  });

  test('Improve Architecture brings a proposal to review, beside the walkthrough', async () => {
    const { workbench } = session;
    await clickStep('Improve Architecture');
    await workbench.codeLens('Accept All').first().waitFor({ timeout: 180_000 });
    assert.equal(await stepButton('Improve Architecture').isVisible(), true);
  });

  test('what is accepted is trained, and judged better', async () => {
    const { workbench } = session;
    await openStep('Accept and train');
    await workbench.clickCodeLens('Accept All');
    await until('its verdict', async () => /^#2 better/.test(await lastCommit()), 180);
    await workbench.screenshot('walkthrough-trained-dark');
  });

  test('Apply to My File writes the best attempt, and one undo takes it back', async () => {
    const { workbench } = session;
    const original = await onDisk();
    await openStep('Apply what was better');
    await clickStep('Apply to My File');
    await workbench.pick('#2');
    await until('the change in the editor', async () =>
      /adam\(0\.01\)/.test(await workbench.editorText()),
    );
    await workbench.screenshot('walkthrough-applied-dark');
    assert.equal(
      await workbench.page
        .locator(
          '.gettingStarted .step-list-container .codicon.complete:visible, .gettingStarted ' +
            '.codicon-getting-started-step-checked:visible',
        )
        .count(),
      4,
    );
    await workbench.page.keyboard.press('Control+Z');
    await until('the original in the editor', async () =>
      /adam\(0\.001\)/.test(await workbench.editorText()),
    );
    assert.equal(await onDisk(), original);
  });

  test('the last step goes on with a model of one’s own', async () => {
    await openStep('Your own model');
    await stepButton('Open Folder…').waitFor();
    await stepButton('New Model from Data…').waitFor();
    await session.workbench.screenshots('walkthrough-own');
  });

  const onDisk = (): Promise<string> => readFile(join(example, 'model.ts'), 'utf8');
  const stepButton = (text: string) =>
    session.workbench.page.locator('.gettingStarted .monaco-button:visible', { hasText: text });
  const clickStep = (text: string): Promise<void> => stepButton(text).click();
  const openStep = (title: string): Promise<void> =>
    session.workbench.page.locator('.gettingStarted .step-title', { hasText: title }).click();
  const lastCommit = (): Promise<string> =>
    run('git', ['log', '-1', '--format=%s', '--branches=cortex/*'], { cwd: example }).catch(
      () => '',
    );
});
